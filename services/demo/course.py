"""The demo: a newcomer sees what husret answers, and on what each answer rests.

It is a client: it makes an instance in a temporary directory, starts a server on it as anyone
would, and does everything else over gRPC. It knows what must come out, and says what did not.
"""

from __future__ import annotations

import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

import grpc
from google.protobuf.json_format import MessageToDict
from google.protobuf.message import Message

from husret.v1 import area_service_pb2 as areas
from husret.v1 import area_service_pb2_grpc as areas_grpc
from husret.v1 import audit_service_pb2 as audit
from husret.v1 import audit_service_pb2_grpc as audit_grpc
from husret.v1 import core_pb2 as core
from husret.v1 import eligibility_service_pb2 as eligibility
from husret.v1 import eligibility_service_pb2_grpc as eligibility_grpc
from husret.v1 import fact_service_pb2 as facts
from husret.v1 import fact_service_pb2_grpc as facts_grpc
from services.area_lists import shipped
from services.area_lists.reading import parse
from services.demo import data as demo_data
from services.demo import letting as demo_letting
from services.demo import termination as demo_termination
from services.demo.data import MadeUp, Scenario
from services.demo.show import Show
from services.log import ownership
from services.terminal import shell

START_TIMEOUT = 30.0
"""Seconds that the server is given to start, or to stop."""

CALL_TIMEOUT = 30.0
"""Seconds that a call may take."""

POLICY = "demo-erasure"
COMPARED_YEARS = ("2018", "2019", "2020")
"""The years whose published transformation lists are compared with what runs of lists give."""


class DemoError(Exception):
    """The demo can't be run; the message says why."""


def run(seed: int = 1, *, as_json: bool = False) -> int:
    """Run the demo; returns 0 only when every expected outcome came out.

    Raises grpc.RpcError when the server refuses a call.
    """
    demo = Demo(demo_data.make(seed), Show(quiet=as_json))
    started = time.monotonic()
    try:
        with (
            tempfile.TemporaryDirectory(prefix="husret-demo-") as directory,
            _server(Path(directory) / "instance") as address,
            _server(Path(directory) / "organisation", organisation=True) as other,
        ):
            demo.go(address, other)
    except DemoError as error:
        print(f"husret demo: {error}", file=sys.stderr)
        return 1
    if as_json:
        print(shell.as_json(demo.document(), sys.stdout, indent=2))
    demo.show.end(time.monotonic() - started, seed)
    return 1 if demo.unexpected() else 0


# --- The server, and calls to it ------------------------------------------------------------


@contextmanager
def _server(directory: Path, *, organisation: bool = False) -> Iterator[str]:
    """Make the instance, serve it in a process of its own, and give its address."""
    _command(
        "init",
        directory,
        "--controller",
        demo_letting.ORGANISATION if organisation else demo_data.CONTROLLER,
        "--kind",
        "housing_organisation" if organisation else "municipality",
        "--municipality",
        demo_data.MUNICIPALITY,
    )
    with tempfile.TemporaryFile() as log:
        process = subprocess.Popen(
            _arguments("serve", directory, "--listen", "127.0.0.1:0"),
            stdout=log,
            stderr=log,
            env=_environment(),
        )
        try:
            yield _address(process, directory, log)
        finally:
            process.terminate()
            try:
                process.wait(START_TIMEOUT)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _arguments(command: str, directory: Path, *more: str) -> list[str]:
    return [sys.executable, "-m", "services.cli", command, "--dir", str(directory), *more]


def _environment() -> dict[str, str]:
    """Leave out what would point at an instance of the user's own."""
    return {name: value for name, value in os.environ.items() if not name.startswith("HUSRET_")}


def _command(command: str, directory: Path, *more: str) -> None:
    done = subprocess.run(
        _arguments(command, directory, *more),
        env=_environment(),
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise DemoError(f"`husret {command}` failed: {done.stderr.strip()}")


def _address(process: subprocess.Popen[bytes], directory: Path, log: Any) -> str:
    deadline = time.monotonic() + START_TIMEOUT
    while time.monotonic() < deadline:
        address = ownership.owner(directory)
        if address:
            return address
        if process.poll() is not None:
            log.seek(0)
            raise DemoError(f"`husret serve` ended: {log.read().decode(errors='replace').strip()}")
        time.sleep(0.02)
    raise DemoError(f"`husret serve` was not up after {START_TIMEOUT:.0f} seconds")


class Client:
    """The four services over one channel, as a letting system would call them."""

    def __init__(self, address: str, seed: int) -> None:
        self._channel = grpc.insecure_channel(address)
        self._facts = facts_grpc.FactServiceStub(self._channel)
        self._areas = areas_grpc.AreaServiceStub(self._channel)
        self._audit = audit_grpc.AuditServiceStub(self._channel)
        self._eligibility = eligibility_grpc.EligibilityServiceStub(self._channel)
        self._random = random.Random(f"requests of {seed}")
        self._types: dict[int, str] = {}

    def close(self) -> None:
        """Close the channel."""
        self._channel.close()

    def _context(self) -> core.RequestContext:
        return core.RequestContext(
            actor="demo", purpose="demonstration", legal_basis="almenboligloven § 59"
        )

    def _request_id(self) -> str:
        return str(UUID(int=self._random.getrandbits(128), version=4))

    def import_lists(
        self, name: str, content: bytes, *, validate_only: bool = False
    ) -> areas.ImportAreaListsResponse:
        """Import a file of area lists, or only check it."""
        return self._areas.ImportAreaLists(
            areas.ImportAreaListsRequest(
                context=self._context(),
                request_id=self._request_id(),
                file_name=name,
                content=content,
                validate_only=validate_only,
            ),
            timeout=CALL_TIMEOUT,
        )

    def lists(self, municipality: str = "") -> Sequence[areas.AreaListSummary]:
        """Summarise the lists held."""
        request = areas.ListAreaListsRequest(municipality=municipality)
        return self._areas.ListAreaLists(request, timeout=CALL_TIMEOUT).lists

    def area_status(self, area: str, day: str) -> areas.GetAreaStatusResponse:
        """Ask what an area is on a day."""
        request = areas.GetAreaStatusRequest(area=area, day=day)
        return self._areas.GetAreaStatus(request, timeout=CALL_TIMEOUT)

    def record(self, new: Sequence[facts.Fact]) -> list[str]:
        """Record facts; returns their ids in the order given."""
        response = self._facts.RecordFacts(
            facts.RecordFactsRequest(
                context=self._context(), request_id=self._request_id(), facts=new
            ),
            timeout=CALL_TIMEOUT,
        )
        return [each.fact_id for each in response.recorded]

    def correct(self, fact_id: str, fact: facts.Fact) -> int:
        """Put a fact in the place of another; returns the position of the correction."""
        response = self._facts.CorrectFact(
            facts.CorrectFactRequest(
                context=self._context(),
                request_id=self._request_id(),
                fact_id=fact_id,
                fact=fact,
            ),
            timeout=CALL_TIMEOUT,
        )
        return response.recorded.position

    def erase(self, person: str) -> int:
        """Erase a person; returns the position at which it was done."""
        response = self._facts.EraseSubject(
            facts.EraseSubjectRequest(context=self._context(), person_id=person, policy=POLICY),
            timeout=CALL_TIMEOUT,
        )
        return response.done_position

    def check(self, question: eligibility.ReferralQuestion) -> core.Decision:
        """Ask a referral question; the answer is recorded."""
        response = self._eligibility.CheckReferral(
            eligibility.CheckReferralRequest(
                context=self._context(), request_id=self._request_id(), question=question
            ),
            timeout=CALL_TIMEOUT,
        )
        return response.decision

    def replay(self, receipt_id: str) -> audit.ReplayDecisionResponse:
        """Compute a recorded answer again."""
        request = audit.ReplayDecisionRequest(context=self._context(), receipt_id=receipt_id)
        return self._audit.ReplayDecision(request, timeout=CALL_TIMEOUT)

    def event_types(self) -> dict[int, str]:
        """Return the type of every event in the log, by position."""
        request = audit.ListEventsRequest(
            context=self._context(), page_size=1_000, after_position=max(self._types, default=0)
        )
        while True:
            page = self._audit.ListEvents(request, timeout=CALL_TIMEOUT)
            self._types.update((event.position, event.type) for event in page.events)
            if not page.next_page_token:
                return self._types
            request.page_token = page.next_page_token


# --- What came out --------------------------------------------------------------------------


@dataclass
class Answered:
    """A question's answer, and how it differs from what is expected."""

    scenario: Scenario
    decision: core.Decision
    differences: list[str] = field(init=False)

    def __post_init__(self) -> None:
        """Compare at once."""
        self.differences = self.scenario.expected.differences(self.decision)

    @property
    def key(self) -> str:
        """The key of the question."""
        return self.scenario.key

    def document(self) -> dict[str, Any]:
        """Return the answer as it stands in the JSON document."""
        return {
            "key": self.key,
            "title": self.scenario.title._asdict(),
            "question": _plain(self.scenario.question),
            "expected_outcome": core.Outcome.Name(self.scenario.expected.outcome),
            "outcome": core.Outcome.Name(self.decision.outcome),
            "differences": self.differences,
            "decision": _plain(self.decision),
        }


@dataclass
class Replayed:
    """A replay of an answer given before, and how it differs from what is expected."""

    key: str
    decision: core.Decision
    expected: audit.ReplayVerdict.ValueType
    replay: audit.ReplayDecisionResponse
    differences: list[str] = field(init=False)

    def __post_init__(self) -> None:
        """Compare the verdict, and the hash computed anew with the one of the answer."""
        self.differences = list(self.replay.differences)
        if self.replay.verdict != self.expected:
            expected, got = (
                audit.ReplayVerdict.Name(each) for each in (self.expected, self.replay.verdict)
            )
            self.differences.append(f"verdict: expected {expected}, got {got}")
        hashes = {
            self.replay.computed_hash,
            self.replay.stored_hash,
            self.decision.receipt_hash,
        }
        if len(hashes) > 1:
            self.differences.append("receipt hash: differs from the one first given")

    def document(self) -> dict[str, Any]:
        """Return the replay as it stands in the JSON document."""
        return {
            "key": self.key,
            "receipt_id": self.decision.receipt_id,
            "expected_verdict": audit.ReplayVerdict.Name(self.expected),
            "differences": self.differences,
            "replay": _plain(self.replay),
        }


def _plain(message: Message) -> dict[str, Any]:
    plain: dict[str, Any] = MessageToDict(
        message, preserving_proto_field_name=True, always_print_fields_with_no_presence=True
    )
    return plain


# --- The steps ------------------------------------------------------------------------------


class Demo:
    """The steps of the demo, and what came out of them."""

    def __init__(self, made: MadeUp, show: Show) -> None:
        self.made = made
        self.show = show
        self.lists: list[areas.AreaListSummary] = []
        self.answers: list[Answered] = []
        self.replays: list[Replayed] = []
        self.about_areas: list[str] = []
        """What was said of lists and areas and is not as expected."""
        self.of_organisation: list[str] = []
        """What the second instance answered and is not as expected."""
        self._wrong_period_id = ""

    def go(self, address: str, organisation: str = "") -> None:
        """Do every step on the new instance that the server at `address` serves.

        `organisation`: where a housing organisation's new instance is served, which then lets
        a dwelling, and checks a termination.
        """
        self.show.step(
            "Kommunens egen instans",
            "The municipality's own instance",
            "Én dataansvarlig, én log: husret init laver den, husret serve svarer på loopback.",
            "One controller, one log: husret init makes it, husret serve answers on loopback.",
        )
        self.show.instance(demo_data.CONTROLLER, demo_data.MUNICIPALITY, address)
        self._client = Client(address, self.made.seed)
        try:
            self.import_lists()
            self.record()
            self.ask()
            self.what_changes()
            if organisation:
                seed = self.made.seed
                self.of_organisation = [
                    *demo_letting.go(self.show, address, organisation, seed),
                    *demo_termination.go(self.show, organisation, seed),
                ]
        finally:
            self._client.close()
        self.show.summary(self.answers, self.replays, self.unexpected())

    def unexpected(self) -> list[str]:
        """Name everything that didn't come out as expected."""
        found = [f"areas: {each}" for each in self.about_areas]
        found += self.of_organisation
        checked: list[Answered | Replayed] = [*self.answers, *self.replays]
        for each in checked:
            found += [f"{each.key}: {difference}" for difference in each.differences]
        return found

    def document(self) -> dict[str, Any]:
        """Return everything as one JSON document."""
        return {
            "seed": self.made.seed,
            "municipality": demo_data.MUNICIPALITY,
            "made_up": True,
            "names": self.made.names,
            "area_lists": [_plain(each) for each in self.lists],
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
        self.show.made_up_lists(
            len(made_up.lists), list(self._client.lists(demo_data.MUNICIPALITY))
        )

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
            "Boliger, husstande, attester og kommunens egne beslutninger; alt er opdigtet.",
            "Dwellings, households, attestations and the municipality's decisions; all made up.",
        )
        self._record(self.made.reference)
        for found in self.made.households.values():
            self._record(found)
        self.show.recorded(self.made, self._client.event_types())

    def _record(self, new: Sequence[facts.Fact]) -> None:
        ids = self._client.record(new)
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
        self.show.answer(len(self.answers), answered, self.made, self._client.event_types())

    def _show_rule_not_in_force(self, day: str) -> None:
        status = self._client.area_status(demo_data.NOT_EXEMPTED[0], day)
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
        self._record(demo_data.supplied_benefits(self.made.person_without_record, day))
        self._ask(demo_data.supplied(scenario))

    def _correct(self) -> None:
        self.show.event(
            "En periode med kontanthjælp var registreret for lang; den rettes til fem måneder.",
            "A period of cash benefit was recorded too long; it is corrected to five months.",
        )
        wrong = self.made.wrong_period.benefit_period
        self._client.correct(self._wrong_period_id, demo_data.corrected_period(wrong))
        self._ask(demo_data.corrected(self.made.scenario("six_months")))
        self._replay("six_months", audit.REPLAY_VERDICT_EQUAL)

    def _choose_reading(self) -> None:
        self.show.event(
            "Kommunen vælger en læsning af det åbne punkt, med navn og begrundelse.",
            "The municipality chooses a reading of the open point, with a name and a reason.",
        )
        scenario = self.made.scenario("share_over_30_undecided")
        day = date.fromisoformat(scenario.question.day)
        self._record([demo_data.chosen_reading(day, self.made.official)])
        self._ask(demo_data.reading_chosen(scenario))
        self._replay("share_over_30_undecided", audit.REPLAY_VERDICT_EQUAL)

    def _erase(self) -> None:
        position = self._client.erase(self.made.wrong_period.benefit_period.person_id)
        self.show.event(
            f"Den, der fik kontanthjælp, slettes (færdigt ved position {position}).",
            f"The one who received cash benefit is erased (done at position {position}).",
        )
        self._replay("six_months", audit.REPLAY_VERDICT_EQUAL_BUT_ERASED)
        self._ask(demo_data.erased(self.made.scenario("six_months")))
