"""A log in memory as a follower sees it, and made-up facts about a few areas."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import date
from uuid import UUID

from hypothesis import strategies as st

from domain import facts
from domain.events import BY_FACT, Recorded
from domain.facts import Figures, Listing, ListKind
from domain.law.open_points import OPEN_POINTS
from projections import area_status

LOG_ID = "0b1f5a3e-7a55-4d3e-9c55-1f8f3a2b4c5d"
AREAS = ("9999-birkely", "9999-elmehaven", "9998-granparken")
READ = tuple(p.id for p in OPEN_POINTS.values() if {"a", "b"} <= set(p.readings))
LIST_DAYS = tuple(date(year, 12, 1) for year in range(2018, 2023))


def recorded(position: int, fact: facts.Fact) -> Recorded[facts.Fact]:
    """Return a fact at its place, with an id and a leaf hash that follow from them."""
    seen = hashlib.sha256(f"{position} {fact!r}".encode()).digest()
    return Recorded(position, id_at(position), seen, fact)


def id_at(position: int) -> UUID:
    return UUID(int=position)


class Log:
    """A log of open facts; positions may be skipped, where other events stand."""

    types = area_status.VIEW.types
    """What the view reads that follows this log."""

    def __init__(self, listed: Sequence[facts.Fact | None] = (), log_id: str = LOG_ID) -> None:
        self.log_id = log_id
        self.events: list[Recorded[facts.Fact] | None] = []
        self.read_up_to = 0
        for fact in listed:
            self.append(fact)

    def append(self, fact: facts.Fact | None) -> None:
        """Append a fact; None stands for a receipt, or another event of no interest."""
        position = len(self.events) + 1
        self.events.append(None if fact is None else recorded(position, fact))

    def head(self) -> int:
        return len(self.events)

    def read(self, after: int, upto: int) -> list[Recorded[facts.Fact]]:
        self.read_up_to = max(self.read_up_to, upto)
        found = [event for event in self.events[after:upto] if event is not None]
        return [event for event in found if BY_FACT[type(event.fact)].name in self.types]


def registered(area: str, name: str = "Opdigtet") -> facts.AreaRegistered:
    return facts.AreaRegistered(area=area, name=name, municipality=area[:4])


def listed(area: str, list_day: date, said: Listing = Listing.ON) -> facts.AreaListed:
    return facts.AreaListed(
        area=area,
        list_day=list_day,
        vulnerable=said,
        parallel_society=said,
        transformation=Listing.UNKNOWN,
        prevention=Listing.UNKNOWN,
        figures=Figures(residents=1200),
        source="made up",
        confidence="high",
    )


def published(kind: ListKind, list_day: date, **complete: object) -> facts.AreaListPublished:
    return facts.AreaListPublished(kind=kind, list_day=list_day, source="made up", **complete)  # type: ignore[arg-type]  # names as in the fact


_areas = st.sampled_from(AREAS)
_days = st.sampled_from(LIST_DAYS)
_facts: st.SearchStrategy[facts.Fact | None] = st.one_of(
    st.none(),
    st.builds(registered, _areas, st.sampled_from(("Skovly", "Lunden"))),
    st.builds(listed, _areas, _days, st.sampled_from(Listing)),
    st.builds(
        published,
        st.sampled_from(ListKind),
        _days,
        complete_nationwide=st.booleans(),
        complete_for=st.sampled_from(((), ("9999",), ("9998",))),
    ),
    st.builds(
        facts.PlanApproved,
        area=_areas,
        kind=st.sampled_from(facts.PlanKind),
        approved_on=st.dates(date(2019, 1, 1), date(2024, 1, 1)),
    ),
    st.builds(
        facts.PlanCarriedOut,
        area=_areas,
        carried_out_on=st.dates(date(2019, 1, 1), date(2027, 1, 1)),
    ),
    st.builds(
        facts.AreaFigures,
        area=_areas,
        reference_day=_days,
        figures=st.builds(Figures, residents=st.sampled_from((900, 1100))),
        source=st.just("made up"),
    ),
    st.builds(facts.AreaRenamed, area=_areas, name=st.just("Nyt navn"), first_day=_days),
    st.builds(
        facts.AreaChangeApproved,
        area=_areas,
        change=st.sampled_from(facts.AreaChange),
        parts=st.lists(st.builds(facts.AreaPart, area=_areas), min_size=1, max_size=2).map(tuple),
        approved_on=st.dates(date(2018, 6, 1), date(2022, 1, 1)),
        source=st.just("made up"),
    ),
    st.builds(
        facts.GroupingApproved,
        area=_areas,
        approved_on=st.dates(date(2021, 6, 1), date(2023, 1, 1)),
        source=st.just("made up"),
    ),
    st.builds(
        facts.OriginCriterionSuspended,
        first_day=st.dates(date(2019, 1, 1), date(2026, 1, 1)),
        last_day=st.one_of(st.none(), st.dates(date(2026, 1, 1), date(2027, 1, 1))),
        decided_by=st.just("made up"),
        reason=st.just("made up"),
        legal_basis=st.just("made up"),
    ),
    st.builds(
        facts.ReadingChosen,
        point=st.sampled_from(READ),
        reading=st.sampled_from(("a", "b")),
        first_day=st.dates(date(2018, 1, 1), date(2026, 1, 1)),
        chosen_by=st.just("made up"),
        reason=st.just("made up"),
    ),
    st.builds(
        facts.DwellingRecorded,
        dwelling=st.just("B-1"),
        municipality=st.just("9999"),
        kind=st.sampled_from(facts.DwellingKind),
        area=_areas,
        first_day=_days,
    ),
    st.builds(facts.ErasureDone, tokens=st.just(("ab" * 16,)), policy=st.just("made-up")),
)


@st.composite
def logs(draw: st.DrawFn) -> Log:
    """Draw a log in which facts are also corrected and retracted, sometimes more than once."""
    log = Log([registered(area) for area in AREAS[:2]])
    for fact in draw(st.lists(_facts, min_size=4, max_size=25)):
        log.append(fact)
        if draw(st.integers(0, 4)):
            continue
        gone = id_at(draw(st.integers(1, log.head())))
        before = log.events[gone.int - 1]
        if before is None:
            continue
        if draw(st.booleans()) or not isinstance(before.fact, facts.AreaListed):
            log.append(facts.Retracted(retracts=gone))
        else:
            other = listed(before.fact.area, draw(_days), draw(st.sampled_from(Listing)))
            log.append(_correcting(other, gone))
    return log


def _correcting(fact: facts.AreaListed, gone: UUID) -> facts.AreaListed:
    values = {name: getattr(fact, name) for name in fact.__struct_fields__}
    return facts.AreaListed(**{**values, "corrects": gone})
