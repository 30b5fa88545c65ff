"""The made-up municipality of the demo: its dwellings, households, decisions and questions.

Everything follows from the seed: names, days and order. Nobody here exists, and the
municipality's code, 9999, belongs to none. No CPR number is used at all.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import NamedTuple
from uuid import UUID

from husret.v1 import core_pb2 as core
from husret.v1 import eligibility_service_pb2 as eligibility
from husret.v1 import fact_service_pb2 as facts

MUNICIPALITY = "9999"
CONTROLLER = "Prøvekøbing Kommune"

VULNERABLE = "9999-kastanjeparken"
PARALLEL_SOCIETY = "9999-lindevaenget"
TRANSFORMATION = "9999-elmehegnet"
FORMER_TRANSFORMATION = "9999-pilehaven"
VULNERABLE_IN_2023 = "9999-birkebo"
EXEMPTED = "9999-hasselvangen"
NOT_EXEMPTED = ("9999-tjoernemarken", "9999-roennebakken")
"""Areas of the made-up lists, by what they are; docs/data.md says since when."""

EXEMPTED_FROM = date(2025, 1, 15)
"""The day of the municipality's decision under § 59, stk. 8."""

_LONG_AGO = date(2010, 1, 1)
_SHARE_OVER = "34.7"
_GIVEN = (
    "Alma Asger Astrid Bertram Birk Carla Dagny Ebbe Edith Ellen Emil Esther Frida Gudrun "
    "Harald Holger Ingrid Johan Karen Karl Liv Ludvig Malthe Marie Merle Nanna Oskar Palle "
    "Ragnhild Rigmor Sigurd Signe Sofus Svend Thyra Tove Valdemar Vigga Viggo Ylva"
)
_FAMILY = (
    "Agerholt Bøgelund Dalsro Egebæk Fjordager Granly Havreholm Isbjerg Kløverdal Lyngskær "
    "Mosevang Nattergal Ovesholm Pilegård Rugmark Skovkilde Stenbro Sølyst Tangmose Ulvedal "
    "Vibeeng Ådalen"
)
_STREETS = (
    "Anemonevej Blåklokkevej Engkarsestien Fuglsangsvej Hyldestien Irisvænget Kornblomstvej "
    "Lærkestien Mælkebøttevej Nøddestien Okkergangen Solsikkevej Tusindfrydvej Valmuestien"
)


_PROPERTY = "made-up-property-7"
"""A private property that the municipality has an agreement about."""


class Text(NamedTuple):
    """Words of the demo itself, in Danish and in English."""

    da: str
    en: str


@dataclass(frozen=True)
class Expected:
    """What an answer must say; every part that is given is compared."""

    outcome: core.Outcome.ValueType
    met: tuple[str, ...] = ()
    """Rules that must be met."""
    missing: tuple[str, ...] = ()
    points: tuple[str, ...] = ()
    """Open points of which another reading must be listed."""
    decided_by: str = ""
    """The open point that must leave the answer undetermined."""
    other_outcome: core.Outcome.ValueType | None = None
    """An outcome that another reading must give."""
    duty: str = ""
    unsealed: int | None = None

    def differences(self, decision: core.Decision) -> list[str]:
        """Say how the answer differs from what is expected; nothing when it does not."""
        found = []
        if decision.outcome != self.outcome:
            expected, got = (core.Outcome.Name(each) for each in (self.outcome, decision.outcome))
            found.append(f"outcome: expected {expected}, got {got}")
        met = {f.rule_id for f in decision.findings if f.status == core.FINDING_STATUS_MET}
        found += _lacking("rules met", self.met, met)
        found += _lacking("missing", self.missing, {m.kind for m in decision.missing})
        listed = {point for each in decision.open_points for point in each.point_ids}
        found += _lacking("open points", self.points, listed)
        deciding = {p for each in decision.open_points if each.decides for p in each.point_ids}
        found += _lacking("deciding points", (self.decided_by,), deciding)
        found += _lacking("duties", (self.duty,), {duty.code for duty in decision.duties})
        others = {each.outcome for each in decision.open_points}
        if self.other_outcome is not None and self.other_outcome not in others:
            name = core.Outcome.Name(self.other_outcome)
            found.append(f"open points: no other reading gives {name}")
        if self.unsealed is not None and decision.unsealed != self.unsealed:
            found.append(f"unsealed: expected {self.unsealed}, got {decision.unsealed}")
        return found


def _lacking(what: str, wanted: Iterable[str], got: set[str]) -> list[str]:
    return [f"{what}: {each} is not there" for each in wanted if each and each not in got]


@dataclass(frozen=True)
class Scenario:
    """One question, why it is asked, and what must come out."""

    key: str
    title: Text
    why: Text
    question: eligibility.ReferralQuestion
    expected: Expected


@dataclass
class MadeUp:
    """What the demo records and asks, made from one seed."""

    seed: int
    scenarios: list[Scenario] = field(default_factory=list)
    reference: list[facts.Fact] = field(default_factory=list)
    """Dwellings, counts, plan and the municipality's decision: nothing about persons."""
    households: dict[str, list[facts.Fact]] = field(default_factory=dict)
    """The facts of each household, by the household's id."""
    names: dict[str, str] = field(default_factory=dict)
    """Names of persons, households and dwellings, by id: the log never holds them openly."""
    wrong_period: facts.Fact = field(default_factory=facts.Fact)
    """The period of benefit that a later step corrects."""
    official: str = ""
    """The person who decides for the municipality."""
    person_without_record: str = ""
    """The person whose benefits a later step supplies."""

    def scenario(self, key: str) -> Scenario:
        """Return the scenario of that key."""
        return next(each for each in self.scenarios if each.key == key)


def make(seed: int) -> MadeUp:
    """Make up the municipality of a seed."""
    builder = _Builder(seed)
    builder.reference_facts()
    groups = []
    for ask in (
        builder.ordinary_area,
        builder.fallback,
        builder.citizenship,
        builder.six_months,
        builder.former_transformation,
        builder.facts_missing,
        builder.no_ground,
        builder.released,
        builder.refugee,
        builder.private_flat,
        builder.share_over_30_undecided,
        builder.older_run,
        builder.youth_dwelling,
        builder.fallback_order,
        builder.household_lists,
        builder.split_department,
        builder.elderly_dwelling,
        builder.before_the_prevention_lists,
        builder.exempted,
        builder.not_exempted,
    ):
        before = len(builder.made.scenarios)
        ask()
        groups.append(builder.made.scenarios[before:])
    builder.put_in_order(groups)
    return builder.made


class Period(NamedTuple):
    """A benefit and the days that it was received for."""

    benefit: facts.Benefit.ValueType
    first_day: date
    last_day: date | None


@dataclass(frozen=True)
class _Member:
    benefits: tuple[Period, ...] = ()
    benefits_known: bool = True
    """A source attests that nothing else was received."""
    citizenship: facts.CitizenshipCondition.ValueType = facts.CITIZENSHIP_CONDITION_MET
    released_on: date | None = None
    refugee: bool = False
    declared: bool = True
    registered: bool = True


_WORKS = _Member()


class _Builder:
    def __init__(self, seed: int) -> None:
        self.made = MadeUp(seed)
        self._random = random.Random(seed)
        self._given = self._shuffled(_GIVEN)
        self._family = self._shuffled(_FAMILY)
        self._streets = self._shuffled(_STREETS)
        self._dwellings = 0
        self.made.official = f"{self._given.pop()} {self._family.pop()}"

    def _shuffled(self, words: str) -> list[str]:
        return self._random.sample(words.split(), len(words.split()))

    def put_in_order(self, groups: Sequence[list[Scenario]]) -> None:
        """Put the questions in an order of the seed, the ordinary area first."""
        first, *others = groups
        self._random.shuffle(others)
        self.made.scenarios = [each for group in (first, *others) for each in group]

    # -- days

    def _day(self, first: date, last: date) -> date:
        return first + timedelta(days=self._random.randint(0, (last - first).days))

    # -- facts about nobody

    def reference_facts(self) -> None:
        """Count dwellings, approve a plan and exempt a prevention area."""
        counts = ((2021, 2_702, 9_731), (2024, 3_391, 9_772))
        self.made.reference += [
            facts.Fact(
                family_dwellings_counted=facts.FamilyDwellingsCounted(
                    municipality=MUNICIPALITY,
                    counted_on=f"{year}-01-01",
                    in_listed_areas=inside,
                    in_municipality=total,
                )
            )
            for year, inside, total in counts
        ]
        self.made.reference += [
            facts.Fact(
                referral_right_decided=facts.ReferralRightDecided(
                    municipality=MUNICIPALITY,
                    right=right,
                    decision_day=_LONG_AGO.isoformat(),
                    decided_by=self.made.official,
                )
            )
            for right in (facts.REFERRAL_RIGHT_STK_1, facts.REFERRAL_RIGHT_STK_3)
        ]
        self.made.reference += [
            facts.Fact(
                private_referral_agreed=facts.PrivateReferralAgreed(
                    municipality=MUNICIPALITY,
                    property=_PROPERTY,
                    agreed_on="2022-03-01",
                    owners_invited=True,
                    share="25",
                    flats=48,
                )
            ),
            facts.Fact(
                plan_approved=facts.PlanApproved(
                    area=FORMER_TRANSFORMATION,
                    kind=facts.PLAN_KIND_JOINT,
                    approved_on=self._day(date(2019, 5, 1), date(2019, 6, 1)).isoformat(),
                )
            ),
            facts.Fact(
                exemption_decided=facts.ExemptionDecided(
                    municipality=MUNICIPALITY,
                    decision_day=EXEMPTED_FROM.isoformat(),
                    areas=[EXEMPTED],
                    share_used=_SHARE_OVER,
                    decided_by=self.made.official,
                )
            ),
        ]

    def _dwelling(
        self,
        area: str,
        kind: core.DwellingKind.ValueType = core.DWELLING_KIND_FAMILY,
        department_areas: Sequence[str] = (),
    ) -> str:
        self._dwellings += 1
        department = self._random.randint(1, 40)
        private = kind == core.DWELLING_KIND_PRIVATE
        id = f"0999-{department:03d}-{self._dwellings:02d}"
        self.made.reference.append(
            facts.Fact(
                dwelling_recorded=facts.DwellingRecorded(
                    dwelling_id=id,
                    municipality=MUNICIPALITY,
                    kind=kind,
                    area=area,
                    outside_areas=not area,
                    first_day=_LONG_AGO.isoformat(),
                    organisation="" if private else "0999",
                    department="" if private else f"{department:03d}",
                    department_areas=department_areas,
                    property=_PROPERTY if private else "",
                )
            )
        )
        street = self._random.choice(self._streets)
        self.made.names[id] = f"{street} {self._random.randint(1, 120)}"
        return id

    # -- facts about persons

    def _id(self) -> str:
        return str(UUID(int=self._random.getrandbits(128), version=4))

    def _household(self, day: date, members: Sequence[_Member]) -> tuple[str, list[str]]:
        household, family = self._id(), self._family.pop()
        self.made.names[household] = f"husstanden {family}"
        start = date(day.year - 3, 1, 1)
        found = [
            facts.Fact(
                household_registered=facts.HouseholdRegistered(
                    household_id=household, registered_on=start.isoformat()
                )
            )
        ]
        persons = []
        for member in members:
            person, name = self._id(), f"{self._given.pop()} {family}"
            persons.append(person)
            self.made.names[person] = name
            found += _about(household, person, name, member, start, day)
        found += [
            facts.Fact(
                members_attested=facts.MembersAttested(
                    household_id=household, member_list=each, first_day=start.isoformat()
                )
            )
            for each in (facts.MEMBER_LIST_DECLARED, facts.MEMBER_LIST_REGISTERED)
        ]
        self.made.households[household] = found
        return household, persons

    def _decide_fallback(
        self, household: str, day: date, prevention_area: facts.Assessment.ValueType
    ) -> None:
        self.made.households[household].append(
            facts.Fact(
                fallback_decided=facts.FallbackDecided(
                    household_id=household,
                    decision_day=(day - timedelta(days=self._random.randint(1, 9))).isoformat(),
                    decided_by=self.made.official,
                    reasons="Ingen ledig bolig uden for områderne; nabokommunerne er spurgt.",
                    party_heard=True,
                    prevention_area=prevention_area,
                    other_municipalities_tried=True,
                )
            )
        )

    # -- asking

    def _ask(
        self,
        key: str,
        title: Text,
        why: Text,
        household: str,
        dwelling: str,
        day: date,
        expected: Expected,
        basis: eligibility.ReferralBasis.ValueType = eligibility.REFERRAL_BASIS_STK_1,
    ) -> None:
        question = eligibility.ReferralQuestion(
            household_id=household, dwelling_id=dwelling, basis=basis, day=day.isoformat()
        )
        self.made.scenarios.append(Scenario(key, title, why, question, expected))

    def ordinary_area(self) -> None:
        """A dwelling outside every area: the bans don't reach it, whoever asks."""
        day = self._day(date(2024, 2, 1), date(2025, 11, 28))
        household, _ = self._household(day, (_on_kontanthjaelp(_first(day, -9), day), _WORKS))
        self._ask(
            "ordinary_area",
            Text("En bolig uden for områderne", "A dwelling outside every area"),
            Text(
                "Boligen er ikke omfattet af forbuddene, så ingen oplysninger om personer åbnes.",
                "The bans do not reach the dwelling, so nothing about persons is opened.",
            ),
            household,
            self._dwelling(""),
            day,
            Expected(core.OUTCOME_PERMITTED, unsealed=0),
        )

    def fallback(self) -> None:
        """Nothing outside is possible, as the municipality has decided: it must refer inside."""
        day = self._day(date(2024, 2, 1), date(2025, 6, 28))
        household, _ = self._household(day, (_on_kontanthjaelp(_first(day, -8), day),))
        self._decide_fallback(household, day, facts.ASSESSMENT_NOT_POSSIBLE)
        self._ask(
            "fallback",
            Text(
                "Ingen bolig uden for områderne",
                "No dwelling outside the areas",
            ),
            Text(
                "Kommunens egen begrundede vurdering ophæver forbuddet og giver en pligt.",
                "The municipality's own reasoned decision lifts the ban and brings a duty.",
            ),
            household,
            self._dwelling(VULNERABLE),
            day,
            Expected(core.OUTCOME_PERMITTED, met=("REF-FALLBACK",), duty="MUST_REFER_INSIDE"),
        )

    def citizenship(self) -> None:
        """One member does not meet nr. 4; benefits are then never read."""
        day = self._day(date(2024, 2, 1), date(2025, 11, 28))
        other = _Member(citizenship=facts.CITIZENSHIP_CONDITION_NOT_MET)
        household, _ = self._household(day, (_WORKS, other))
        self._ask(
            "citizenship",
            Text("Betingelsen om statsborgerskab", "The condition of citizenship"),
            Text(
                "Et medlem opfylder den ikke og er ikke studerende; ydelser hentes da slet ikke.",
                "One member does not meet it and is no student; benefits are then never read.",
            ),
            household,
            self._dwelling(TRANSFORMATION),
            day,
            Expected(core.OUTCOME_PROHIBITED, met=("REF-UDS-N4",)),
        )

    def six_months(self) -> None:
        """Kontanthjælp for six months up to the last full month; a later step corrects it."""
        day = self._day(date(2024, 3, 2), date(2025, 6, 28))
        months = self._random.randint(7, 11)
        on_benefit = _on_kontanthjaelp(_first(day, -months), day)
        household, _ = self._household(day, (_WORKS, on_benefit, _WORKS))
        found = self.made.households[household]
        self.made.wrong_period = next(f for f in found if f.HasField("benefit_period"))
        self._ask(
            "six_months",
            Text("Kontanthjælp i seks måneder", "Cash benefit for six months"),
            Text(
                "Ét medlem af husstanden er nok.",
                "One member of the household is enough.",
            ),
            household,
            self._dwelling(PARALLEL_SOCIETY),
            day,
            Expected(core.OUTCOME_PROHIBITED, met=("REF-UDS-N5",)),
        )

    def former_transformation(self) -> None:
        """Off the lists since 2021, but the plan runs: stk. 6 still holds there."""
        day = self._day(date(2024, 2, 1), date(2024, 11, 28))
        pension = Period(facts.BENEFIT_FOERTIDSPENSION, date(day.year - 2, 1, 1), None)
        household, _ = self._household(day, (_Member((pension,)),))
        self._ask(
            "former_transformation",
            Text(
                "Et tidligere omdannelsesområde med plan",
                "A former transformation area under a plan",
            ),
            Text(
                "Området er udgået af listen, men har en udviklingsplan; medlemmet modtager "
                "førtidspension.",
                "The area is off the list, but its plan runs; the member has disability pension.",
            ),
            household,
            self._dwelling(FORMER_TRANSFORMATION),
            day,
            Expected(core.OUTCOME_PROHIBITED, met=("PLAN-FORMER-LETTING", "REF-UDS-N6")),
        )

    def facts_missing(self) -> None:
        """Nobody has said anything about benefits; a later step supplies it."""
        day = self._day(date(2024, 3, 2), date(2025, 6, 28))
        household, [person] = self._household(day, (_Member(benefits_known=False),))
        self.made.person_without_record = person
        self._ask(
            "facts_missing",
            Text("En oplysning mangler", "A fact is missing"),
            Text(
                "Intet om ydelser er ikke det samme som ingen ydelser.",
                "Nothing known about benefits is not the same as no benefits.",
            ),
            household,
            self._dwelling(VULNERABLE),
            day,
            Expected(core.OUTCOME_UNDETERMINED, missing=("benefits_attested",)),
        )

    def no_ground(self) -> None:
        """Every fact is there, and no ground is met."""
        day = self._day(date(2024, 1, 2), date(2024, 11, 28))
        household, _ = self._household(day, (_WORKS, _WORKS))
        self._ask(
            "no_ground",
            Text("Ingen i husstanden er omfattet", "The bans cover nobody in the household"),
            Text(
                "Alle syv grunde er prøvet, og oplysningerne er bekræftet for hver af dem.",
                "All seven grounds were tried, and the sources have vouched for each of them.",
            ),
            household,
            self._dwelling(VULNERABLE_IN_2023),
            day,
            Expected(core.OUTCOME_PERMITTED),
        )

    def released(self) -> None:
        """A member was released within six months; nothing later is then read."""
        day = self._day(date(2024, 3, 2), date(2025, 6, 28))
        released = day - timedelta(days=self._random.randint(20, 150))
        household, _ = self._household(day, (_WORKS, _Member(released_on=released)))
        self._ask(
            "released",
            Text("Løsladt inden for seks måneder", "Released within six months"),
            Text(
                "Medlemmet er dømt, løsladt efter afsoning, og en handleplan er tilbudt og lavet.",
                "The member is convicted, released after a sentence, and due an action plan.",
            ),
            household,
            self._dwelling(VULNERABLE),
            day,
            Expected(core.OUTCOME_PROHIBITED, met=("REF-UDS-N1",)),
        )

    def refugee(self) -> None:
        """The fallback lifts the bans of § 59 and not the Integration Act's."""
        day = self._day(date(2024, 2, 1), date(2025, 6, 28))
        member = _Member(citizenship=facts.CITIZENSHIP_CONDITION_NOT_MET, refugee=True)
        household, _ = self._household(day, (member,))
        self._decide_fallback(household, day, facts.ASSESSMENT_NOT_POSSIBLE)
        self._ask(
            "refugee",
            Text("En nyankommen flygtning", "A newly arrived refugee"),
            Text(
                "Integrationslovens forbud har ingen undtagelse, når intet andet er muligt.",
                "The integration act's ban has no exception for when nothing else is possible.",
            ),
            household,
            self._dwelling(VULNERABLE),
            day,
            Expected(core.OUTCOME_PROHIBITED, met=("REF-FALLBACK", "REF-REFUGEE")),
        )

    def private_flat(self) -> None:
        """The bans are about social dwellings; an agreed private flat is none."""
        day = self._day(date(2024, 2, 1), date(2025, 11, 28))
        other = _Member(citizenship=facts.CITIZENSHIP_CONDITION_NOT_MET)
        household, _ = self._household(day, (other,))
        self._ask(
            "private_flat",
            Text("En aftalt privat lejlighed", "A private flat by agreement"),
            Text(
                "Forbuddene gælder almene boliger; kommunen har en aftale om ejendommen.",
                "The bans are about social dwellings; there is an agreement about the property.",
            ),
            household,
            self._dwelling("", core.DWELLING_KIND_PRIVATE),
            day,
            Expected(core.OUTCOME_PERMITTED, met=("PRIV-ANV-2022",), unsealed=0),
            eligibility.REFERRAL_BASIS_PRIVATE_AGREEMENT,
        )

    def share_over_30_undecided(self) -> None:
        """Over 30 per cent, and no decision taken: the act doesn't say what then holds."""
        day = self._day(date(2024, 2, 1), date(2024, 12, 20))
        benefit = facts.BENEFIT_SELVFORSOERGELSES_OG_HJEMREJSEYDELSE
        member = _Member((Period(benefit, _first(day, -8), _end_of_last_month(day)),))
        household, _ = self._household(day, (member,))
        self._ask(
            "share_over_30_undecided",
            Text(
                "Et fortolkningsspørgsmål afgør svaret", "An open point of law decides the answer"
            ),
            Text(
                "Andelen er over 30 procent, men kommunen har ikke besluttet noget endnu.",
                "The share is over 30 per cent, but the municipality has decided nothing yet.",
            ),
            household,
            self._dwelling(self._random.choice((EXEMPTED, *NOT_EXEMPTED))),
            day,
            Expected(
                core.OUTCOME_UNDETERMINED,
                decided_by="AMB-30PCT-UNDECIDED",
                other_outcome=core.OUTCOME_PERMITTED,
            ),
        )

    def older_run(self) -> None:
        """The six months ended a while before the day: the act doesn't say whether they count."""
        day = self._day(date(2024, 4, 2), date(2025, 6, 28))
        ended = self._random.randint(2, 4)
        member = _on_kontanthjaelp(_first(day, -ended - 8), _first(day, -ended))
        household, _ = self._household(day, (member,))
        self._ask(
            "older_run",
            Text("Seks måneder, der er forbi", "Six months that are over"),
            Text(
                "Loven siger ikke, om perioden skal nå frem til anvisningen.",
                "The act does not say whether the run must reach up to the referral.",
            ),
            household,
            self._dwelling(VULNERABLE),
            day,
            Expected(
                core.OUTCOME_UNDETERMINED,
                decided_by="AMB-WINDOW",
                other_outcome=core.OUTCOME_PROHIBITED,
            ),
        )

    def youth_dwelling(self) -> None:
        """Prohibited as the act is read by default; another reading would permit."""
        day = self._day(date(2024, 3, 2), date(2025, 6, 28))
        benefit = facts.BENEFIT_UDDANNELSESHJAELP
        member = _Member((Period(benefit, _first(day, -9), _end_of_last_month(day)),))
        household, _ = self._household(day, (member,))
        self._ask(
            "youth_dwelling",
            Text("En ungdomsbolig i et udsat boligområde", "A youth dwelling in a vulnerable area"),
            Text(
                "Ikke tilladt, som loven fortolkes her; efter en anden fortolkning ville det være.",
                "Prohibited as the act is read here; another reading would permit it.",
            ),
            household,
            self._dwelling(VULNERABLE, core.DWELLING_KIND_YOUTH),
            day,
            Expected(
                core.OUTCOME_PROHIBITED,
                met=("REF-UDS-N5",),
                points=("AMB-YOUTH",),
                other_outcome=core.OUTCOME_PERMITTED,
            ),
            eligibility.REFERRAL_BASIS_STK_3,
        )

    def fallback_order(self) -> None:
        """A prevention area was possible: the fallback doesn't reach a vulnerable area."""
        day = self._day(date(2024, 2, 1), date(2025, 6, 28))
        household, _ = self._household(day, (_on_kontanthjaelp(_first(day, -10), day),))
        self._decide_fallback(household, day, facts.ASSESSMENT_POSSIBLE)
        self._ask(
            "fallback_order",
            Text("Et forebyggelsesområde først", "A prevention area first"),
            Text(
                "Der kan ikke anvises uden for områderne, men i et forebyggelsesområde.",
                "Nothing outside can be referred, but a dwelling in a prevention area can.",
            ),
            household,
            self._dwelling(PARALLEL_SOCIETY),
            day,
            Expected(
                core.OUTCOME_PROHIBITED,
                met=("REF-UDS-N5",),
                points=("AMB-FALLBACK-ORDER",),
                other_outcome=core.OUTCOME_PERMITTED,
            ),
        )

    def household_lists(self) -> None:
        """Who moves in is not who was registered: which of them is the household?"""
        day = self._day(date(2024, 3, 2), date(2025, 6, 28))
        on_benefit = _on_kontanthjaelp(_first(day, -7), day, registered=False)
        household, _ = self._household(day, (_WORKS, on_benefit))
        self._ask(
            "household_lists",
            Text("Hvem hører til husstanden?", "Who belongs to the household?"),
            Text(
                "Den, der modtager kontanthjælp, flytter med ind, men var ikke registreret.",
                "The one on cash benefit will move in, but was not registered.",
            ),
            household,
            self._dwelling(VULNERABLE),
            day,
            Expected(core.OUTCOME_PROHIBITED, met=("REF-UDS-N5",), points=("AMB-HOUSEHOLD",)),
        )

    def split_department(self) -> None:
        """The department has plots in an area, the dwelling's own plot lies outside."""
        day = self._day(date(2024, 2, 1), date(2025, 11, 28))
        household, _ = self._household(day, (_on_kontanthjaelp(_first(day, -9), day),))
        self._ask(
            "split_department",
            Text("En delt afdeling", "A split department"),
            Text(
                "Afdelingen ligger delvis i et udsat boligområde; denne bolig ligger uden for det.",
                "The department has plots in a vulnerable area; this dwelling lies outside.",
            ),
            household,
            self._dwelling("", department_areas=(VULNERABLE,)),
            day,
            Expected(core.OUTCOME_PERMITTED, points=("AMB-DEPT-DWELLING",), unsealed=0),
        )

    def elderly_dwelling(self) -> None:
        """§ 59, stk. 1-5 doesn't speak of dwellings for the elderly."""
        day = self._day(date(2024, 2, 1), date(2025, 11, 28))
        household, _ = self._household(day, (_WORKS,))
        self._ask(
            "elderly_dwelling",
            Text("En ældrebolig", "A dwelling for the elderly"),
            Text(
                "Bestemmelsen omfatter ikke ældreboliger, og husret svarer derfor ikke ja.",
                "The section does not speak of it, and husret then does not say yes.",
            ),
            household,
            self._dwelling(TRANSFORMATION, core.DWELLING_KIND_ELDERLY),
            day,
            Expected(core.OUTCOME_UNDETERMINED, unsealed=0),
        )

    def before_the_prevention_lists(self) -> None:
        """The same household and dwelling, before and after the rule's first day."""
        after = self._day(date(2021, 12, 1), date(2021, 12, 20))
        member = _on_kontanthjaelp(date(2019, self._random.randint(2, 10), 1), after)
        household, _ = self._household(after, (member,))
        dwelling = self._dwelling(NOT_EXEMPTED[0])
        self._ask(
            "rule_not_in_force",
            Text("Dagen før reglen trådte i kraft", "The day before the rule was in force"),
            Text(
                "Den 29. november 2021 fandtes forebyggelsesområder ikke.",
                "On 29 November 2021 there were no prevention areas.",
            ),
            household,
            dwelling,
            date(2021, 11, 29),
            Expected(core.OUTCOME_PERMITTED, unsealed=0),
        )
        self._ask(
            "rule_in_force",
            Text("Da reglen var trådt i kraft", "Once the rule was in force"),
            Text(
                "Samme husstand og samme bolig efter den første liste den 1. december 2021.",
                "The same household and dwelling after the first list, of 1 December 2021.",
            ),
            household,
            dwelling,
            after,
            Expected(core.OUTCOME_PROHIBITED, met=("REF-FORE-24",)),
        )

    def exempted(self) -> None:
        """The municipality has exempted this prevention area."""
        day = self._day(EXEMPTED_FROM, date(2025, 6, 28))
        household, _ = self._household(day, (_on_kontanthjaelp(date(day.year - 3, 2, 1), day),))
        self._ask(
            "exempted",
            Text("Et undtaget forebyggelsesområde", "An exempted prevention area"),
            Text(
                "Over 30 procent af boligerne ligger i områderne; kommunen har undtaget dette.",
                "Over 30 per cent of the dwellings lie in the areas; this one was exempted.",
            ),
            household,
            self._dwelling(EXEMPTED),
            day,
            Expected(core.OUTCOME_PERMITTED, met=("REF-FORE-30PCT",)),
        )

    def not_exempted(self) -> None:
        """A prevention area that the decision doesn't name, after the reform of July 2025."""
        day = self._day(date(2026, 1, 2), date(2026, 1, 24))
        benefit = facts.BENEFIT_KONTANTHJAELP_16_2
        member = _Member((Period(benefit, date(2025, 7, 1), date(2025, 12, 31)),))
        household, _ = self._household(day, (_WORKS, member))
        self._ask(
            "not_exempted",
            Text("Et forebyggelsesområde, der ikke er undtaget", "A prevention area not exempted"),
            Text(
                "Seks måneder med kontanthjælp efter § 16, stk. 2.",
                "Six months on cash benefit under section 16(2).",
            ),
            household,
            self._dwelling(self._random.choice(NOT_EXEMPTED)),
            day,
            Expected(core.OUTCOME_PROHIBITED, met=("REF-FORE-SHO",)),
        )


# --- Days and facts -------------------------------------------------------------------------


def _first(day: date, months: int) -> date:
    """Return the first day of the month that lies `months` after that of `day`."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, 1)


def _end_of_last_month(day: date) -> date:
    return day.replace(day=1) - timedelta(days=1)


def _on_kontanthjaelp(first_day: date, before: date, *, registered: bool = True) -> _Member:
    """Someone on kontanthjælp from a day to the end of the last full month before another."""
    period = Period(facts.BENEFIT_KONTANTHJAELP, first_day, _end_of_last_month(before))
    return _Member((period,), registered=registered)


def corrected_period(period: facts.BenefitPeriod) -> facts.Fact:
    """Return the period as it should have been recorded: its last five months only."""
    last = date.fromisoformat(period.last_day)
    return facts.Fact(
        benefit_period=facts.BenefitPeriod(
            person_id=period.person_id,
            benefit=period.benefit,
            first_day=_first(last, -4).isoformat(),
            last_day=period.last_day,
        )
    )


def supplied(scenario: Scenario) -> Scenario:
    """Return the question to ask again once the missing benefits were supplied."""
    return replace(
        scenario,
        key=f"{scenario.key}, supplied",
        title=Text("Da oplysningen var der", "Once the fact was there"),
        why=Text("Samme spørgsmål som før.", "The same question as before."),
        expected=Expected(core.OUTCOME_PROHIBITED, met=("REF-UDS-N5",)),
    )


def corrected(scenario: Scenario) -> Scenario:
    """Return the question to ask again after the correction."""
    return replace(
        scenario,
        key=f"{scenario.key}, corrected",
        title=Text("Efter rettelsen", "After the correction"),
        why=Text(
            "Fem måneder er ikke nok, og det gamle svar står stadig.",
            "Five months are not enough, and the old answer still stands.",
        ),
        expected=Expected(core.OUTCOME_PERMITTED),
    )


def reading_chosen(scenario: Scenario) -> Scenario:
    """Return the question to ask again once a reading was chosen."""
    return replace(
        scenario,
        key=f"{scenario.key}, reading chosen",
        title=Text("Efter valget af fortolkning", "Once a reading was chosen"),
        why=Text(
            "Fortolkningen gælder kun i denne kommunes instans.",
            "The reading holds in this municipality's instance alone.",
        ),
        expected=Expected(core.OUTCOME_PERMITTED, points=("AMB-30PCT-UNDECIDED",), unsealed=0),
    )


def erased(scenario: Scenario) -> Scenario:
    """Return the question to ask again after the erasure."""
    return replace(
        scenario,
        key=f"{scenario.key}, erased",
        title=Text("Efter sletningen", "After the erasure"),
        why=Text(
            "Hvad der er slettet, kan ikke oplyses, og det er ikke det samme som et nej.",
            "What is erased cannot be told, and that is not the same as a no.",
        ),
        expected=Expected(core.OUTCOME_UNDETERMINED, missing=("erased",)),
    )


def supplied_benefits(person: str, day: date) -> list[facts.Fact]:
    """Return what the municipality's benefits office supplies: a year of kontanthjælp."""
    member = _on_kontanthjaelp(_first(day, -12), day)
    return _benefit_facts(person, member, day)


def chosen_reading(day: date, chosen_by: str) -> facts.Fact:
    """Return the municipality's choice of a reading for AMB-30PCT-UNDECIDED, valid on `day`."""
    return facts.Fact(
        reading_chosen=facts.ReadingChosen(
            point="AMB-30PCT-UNDECIDED",
            reading="b",
            first_day=day.replace(day=1).isoformat(),
            chosen_by=chosen_by,
            reason="Forbuddet gælder ikke, før kommunen har valgt, hvor det skal gælde.",
        )
    )


def _about(
    household: str, person: str, name: str, member: _Member, start: date, day: date
) -> list[facts.Fact]:
    found = [
        facts.Fact(person_registered=facts.PersonRegistered(person_id=person, name=name)),
        facts.Fact(
            citizenship_attested=facts.CitizenshipAttested(
                person_id=person, condition=member.citizenship, first_day=start.isoformat()
            )
        ),
        facts.Fact(
            enrolment_attested=facts.EnrolmentAttested(
                person_id=person,
                enrolment=facts.ENROLMENT_NOT_ENROLLED,
                first_day=start.isoformat(),
            )
        ),
    ]
    lists = {
        facts.MEMBER_LIST_DECLARED: member.declared,
        facts.MEMBER_LIST_REGISTERED: member.registered,
    }
    found += [
        facts.Fact(
            household_member=facts.HouseholdMember(
                household_id=household,
                person_id=person,
                member_list=each,
                first_day=start.isoformat(),
            )
        )
        for each, stands in lists.items()
        if stands
    ]
    found += _attested_facts(person, member, day)
    return [*found, *(_benefit_facts(person, member, day) if member.benefits_known else [])]


def _attested_facts(person: str, member: _Member, day: date) -> list[facts.Fact]:
    """Return a release, if there was one, and that nothing else of the kind is to be told."""
    first, last = _LONG_AGO.isoformat(), day.isoformat()
    found = [
        facts.Fact(
            releases_attested=facts.ReleasesAttested(
                person_id=person, first_day=first, last_day=last
            )
        ),
        facts.Fact(
            terminations_attested=facts.TerminationsAttested(
                person_id=person, first_day=first, last_day=last
            )
        ),
        facts.Fact(
            refugee_attested=facts.RefugeeAttested(
                person_id=person,
                allocated=facts.ANSWER_YES if member.refugee else facts.ANSWER_NO,
                first_day=first,
            )
        ),
    ]
    if member.released_on is not None:
        found.append(
            facts.Fact(
                release_recorded=facts.ReleaseRecorded(
                    person_id=person,
                    released_on=member.released_on.isoformat(),
                    released_from=facts.RELEASED_FROM_PRISON_SENTENCE,
                    convicted=facts.CONVICTED_YES,
                    action_plan=facts.ACTION_PLAN_DUTY_AND_MADE,
                )
            )
        )
    return found


def _benefit_facts(person: str, member: _Member, day: date) -> list[facts.Fact]:
    return [
        *(
            facts.Fact(
                benefit_period=facts.BenefitPeriod(
                    person_id=person,
                    benefit=period.benefit,
                    first_day=period.first_day.isoformat(),
                    last_day="" if period.last_day is None else period.last_day.isoformat(),
                )
            )
            for period in member.benefits
        ),
        facts.Fact(
            benefits_attested=facts.BenefitsAttested(person_id=person, last_day=day.isoformat())
        ),
    ]
