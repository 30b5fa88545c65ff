"""The steps of the demo: lists, facts, questions, and what changes the answers.

It is a client and does everything over gRPC. It knows what must come out, and says what did not.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from husret.v1 import area_service_pb2 as areas
from husret.v1 import audit_service_pb2 as audit
from husret.v1 import core_pb2 as core
from husret.v1 import fact_service_pb2 as facts
from services.api.bearer import Endpoint
from services.area_lists import shipped
from services.area_lists.reading import parse
from services.demo import afterwards, letting, termination, town
from services.demo.client import Client
from services.demo.expected import Answered, Replayed, Scenario
from services.demo.made_up import MadeUp
from services.demo.show import Show
from services.terminal.output import plain
from services.terminal.show import Words

COMPARED_YEARS = ("2018", "2019", "2020")
"""The years whose published transformation lists are compared with what runs of lists give."""


class Course:
    """The steps of the demo on the two instances, and what came out of them."""

    def __init__(self, made: MadeUp, show: Show) -> None:
        self.made = made
        self.show = show
        self.lists: list[areas.AreaListSummary] = []
        self.types: Mapping[int, str] = {}
        """The types of the municipality's events, by position."""
        self.answers: list[Answered] = []
        self.replays: list[Replayed] = []
        self.about_areas: list[str] = []
        """What was said of lists and areas and is not as expected."""
        self.of_organisation: list[str] = []
        """What the second instance answered and is not as expected."""
        self._wrong_period_id = ""

    def go(self, server: Endpoint, organisation: Endpoint | None = None) -> None:
        """Do every step on the new instance that the server serves.

        `organisation`: where a housing organisation's new instance is served, which then lets
        a dwelling, and checks a termination.
        """
        self.show.step(
            "Kommunens egen instans",
            "The municipality's own instance",
            "Én dataansvarlig, én log: husret init laver den, husret serve svarer på loopback.",
            "One controller, one log: husret init makes it, husret serve answers on loopback.",
        )
        self.show.instance(town.CONTROLLER, town.MUNICIPALITY, server.address)
        seed = self.made.seed
        with Client(server, f"requests of {seed}") as self._client:
            self.import_lists()
            self.record()
            self.ask()
            self.what_changes()
        if organisation is not None:
            self.of_organisation = [
                *letting.go(self.show, server, organisation, seed),
                *termination.go(self.show, organisation, seed),
            ]
        self.show.summary(self.answers)

    def words(self, language: str = "") -> Words:
        """Return what names the households and events of this course."""
        return Words(language, self.made.names, self.types)

    @property
    def checked(self) -> list[Answered | Replayed]:
        """The municipality's answers, and what was computed again."""
        return [*self.answers, *self.replays]

    def unexpected(self) -> list[str]:
        """Name everything that didn't come out as expected."""
        found = [f"areas: {each}" for each in self.about_areas]
        found += self.of_organisation
        for each in self.checked:
            found += [f"{each.key}: {difference}" for difference in each.differences]
        return found

    def document(self) -> dict[str, Any]:
        """Return everything as one JSON document."""
        return {
            "seed": self.made.seed,
            "municipality": town.MUNICIPALITY,
            "made_up": True,
            "names": self.made.names,
            "area_lists": [plain(each) for each in self.lists],
            "answers": [each.document() for each in self.answers],
            "replays": [each.document() for each in self.replays],
            "unexpected": self.unexpected(),
        }

    # -- lists

    def import_lists(self) -> None:
        """Import the published lists, compare them with themselves, then the made-up ones."""
        self.show.step(
            "Ministeriets lister",
            "The ministry's lists",
            "Et områdes status følger af den offentliggjorte liste; hullerne i listerne er kendt.",
            "An area's status follows from the published list; the gaps in the lists are known.",
        )
        self._import(shipped.PUBLISHED)
        published = list(self._client.lists())
        self.show.lists(published)
        self._compare(published)
        self._import(shipped.MADE_UP)
        self.lists = list(self._client.lists())
        made_up = parse(shipped.read(shipped.MADE_UP), shipped.MADE_UP)
        self.show.made_up_lists(len(made_up.lists), list(self._client.lists(town.MUNICIPALITY)))

    def _import(self, name: str) -> None:
        content = shipped.read(name)
        with self.show.progress(name) as advance:
            checked = self._client.import_lists(name, content, validate_only=True)
            advance(checked.rows, checked.rows * 2)
            done = self._client.import_lists(name, content)
            advance(done.rows, done.rows * 2)
        self.show.imported(name, done)

    def _compare(self, published: Sequence[areas.AreaListSummary]) -> None:
        compared = [
            each
            for each in published
            if each.kind == core.LIST_KIND_TRANSFORMATION and each.list_day[:4] in COMPARED_YEARS
        ]
        for each in compared:
            if set(each.areas) != set(each.computed_areas):
                self.about_areas.append(
                    f"{each.list_day}: five lists in a row give other areas than were published"
                )
        if len(compared) != len(COMPARED_YEARS):
            self.about_areas.append("a transformation list of 2018 to 2020 is not held")
        names = {
            area: self._client.area_status(area, each.list_day).name
            for each in compared
            for area in (*each.areas, *each.computed_areas)
        }
        self.show.transformation_areas(compared, names)

    # -- facts

    def record(self) -> None:
        """Record dwellings, decisions and households."""
        self.show.step(
            "Kommunens oplysninger",
            "The municipality's facts",
            "Boliger, husstande, oplysninger om dem og kommunens egne beslutninger; alt er "
            "opdigtet.",
            "Dwellings, households, attestations and the municipality's decisions; all made up.",
        )
        self._record(self.made.reference)
        for found in self.made.households.values():
            self._record(found)
        self.types = self._client.event_types()
        self.show.recorded(self.made, self.types)

    def _record(self, new: Sequence[facts.Fact]) -> None:
        ids = self._client.record(*new)
        if self.made.wrong_period in new:
            self._wrong_period_id = ids[list(new).index(self.made.wrong_period)]

    # -- questions

    def ask(self) -> None:
        """Ask every question."""
        self.show.step(
            "Må husstanden anvises til boligen?",
            "May the household be referred to the dwelling?",
            "Hvert svar siger hvorfor, på hvilke oplysninger, og hvad der ville ændre det.",
            "Each answer says why, on which facts, and what would change it.",
        )
        for scenario in self.made.scenarios:
            self._ask(scenario)
            if scenario.key == "rule_not_in_force":
                self._show_rule_not_in_force(scenario.question.day)

    def _ask(self, scenario: Scenario) -> None:
        answered = Answered(scenario, self._client.check(scenario.question))
        self.answers.append(answered)
        self.types = self._client.event_types()
        self.show.answer(len(self.answers), answered, self.words())

    def _show_rule_not_in_force(self, day: str) -> None:
        status = self._client.area_status(town.NOT_EXEMPTED[0], day)
        [category] = [each for each in status.categories if each.category == "prevention"]
        self.show.category(status, category)
        if core.FINDING_STATUS_NOT_IN_FORCE not in {each.status for each in category.findings}:
            self.about_areas.append(f"{day}: the rule on prevention areas is said to be in force")

    def _first_answer(self, key: str) -> core.Decision:
        return next(each.decision for each in self.answers if each.key == key)

    def _replay(self, key: str, expected: audit.ReplayVerdict.ValueType) -> None:
        first = self._first_answer(key)
        replayed = Replayed(key, first, expected, self._client.replay(first.receipt_id))
        self.replays.append(replayed)
        self.show.replay(replayed)

    # -- what changes, and what does not

    def what_changes(self) -> None:
        """Supply, correct, choose a reading, erase; and replay what was answered before."""
        self.show.step(
            "Nye oplysninger, nye svar",
            "New facts, new answers",
            "Loggen vokser kun: et gammelt svar kan altid regnes efter, som det blev givet.",
            "The log only grows: an old answer can always be computed again as it was given.",
        )
        self._supply()
        self._correct()
        self._choose_reading()
        self._erase()

    def _supply(self) -> None:
        self.show.event(
            "Ydelseskontoret oplyser det, der manglede.",
            "The benefits office supplies what was missing.",
        )
        scenario = self.made.scenario("facts_missing")
        day = date.fromisoformat(scenario.question.day)
        self._record(afterwards.supplied_benefits(self.made.person_without_record, day))
        self._ask(afterwards.supplied(scenario))

    def _correct(self) -> None:
        self.show.event(
            "En periode med kontanthjælp var registreret for lang; den rettes til fem måneder.",
            "A period of cash benefit was recorded too long; it is corrected to five months.",
        )
        wrong = self.made.wrong_period.benefit_period
        self._client.correct(self._wrong_period_id, afterwards.corrected_period(wrong))
        self._ask(afterwards.corrected(self.made.scenario("six_months")))
        self._replay("six_months", audit.REPLAY_VERDICT_EQUAL)

    def _choose_reading(self) -> None:
        self.show.event(
            "Kommunen vælger en fortolkning, med navn og begrundelse.",
            "The municipality chooses a reading of the open point, with a name and a reason.",
        )
        scenario = self.made.scenario("share_over_30_undecided")
        day = date.fromisoformat(scenario.question.day)
        self._record([afterwards.chosen_reading(day, self.made.official)])
        self._ask(afterwards.reading_chosen(scenario))
        self._replay("share_over_30_undecided", audit.REPLAY_VERDICT_EQUAL)

    def _erase(self) -> None:
        position = self._client.erase(self.made.wrong_period.benefit_period.person_id)
        self.show.event(
            f"Den, der modtog kontanthjælp, slettes (færdigt ved position {position}).",
            f"The one who received cash benefit is erased (done at position {position}).",
        )
        self._replay("six_months", audit.REPLAY_VERDICT_EQUAL_BUT_ERASED)
        self._ask(afterwards.erased(self.made.scenario("six_months")))
