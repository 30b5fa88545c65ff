"""An attestation of completeness falls with what it counted.

A list is attested complete, or a person's record, and what is not recorded is then taken as
absent. Once something that it counted is taken back, or turns out otherwise, nobody has attested
what is left: what is not recorded is unknown again until somebody attests it anew. Every way in
which such a fact can go asks here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import Any

import msgspec

from domain import facts
from domain.calendar import covers
from domain.events import Recorded
from domain.facts import AreaListed, AreaListPublished, Listing, ListKind
from domain.law.area.lists import listing
from domain.reference import View
from services.facts.municipalities import MADE_UP_MUNICIPALITY, municipalities

Lost = Mapping[tuple[ListKind, date], Collection[str]]
"""By list: the municipalities for which a row is no longer what an attestation counted."""


def lost(view: View, rows: Mapping[tuple[str, date], AreaListed | None]) -> Lost:
    """Say of which lists `rows` change what was counted; None: the row is taken back.

    An area without a row was counted as one that the list does not name.
    """
    found: defaultdict[tuple[ListKind, date], set[str]] = defaultdict(set)
    for (area, day), now in rows.items():
        standing = view.listed(area, day)
        registered = view.area(area)
        municipality = area[:4] if registered is None else registered.fact.municipality
        for kind in ListKind:
            before = Listing.OFF if standing is None else listing(standing.fact, kind)
            after = Listing.UNKNOWN if now is None else listing(now, kind)
            if standing is None and after is not Listing.ON:
                continue
            if before in (Listing.ON, Listing.OFF) and after is not before:
                found[kind, day].add(municipality)
    return found


def left(fact: AreaListPublished, fallen: Collection[str]) -> AreaListPublished:
    """Return a list without what it attests for these municipalities.

    A list of the whole country that is found to have miscounted in one place may lack an area in
    any other: nothing of it is left. The areas of the made-up municipality stand on none.
    """
    if not fallen:
        return fact
    remains = fact.complete_for
    if fact.complete_nationwide and set(fallen) == {MADE_UP_MUNICIPALITY}:
        remains = tuple(sorted(municipalities()))
    remains = tuple(code for code in remains if code not in fallen)
    return msgspec.structs.replace(fact, complete_nationwide=False, complete_for=remains)


def without_row(view: View, row: AreaListed) -> list[AreaListPublished]:
    """Return the corrections of lists that the retraction of a row brings with it."""
    corrections = []
    for (kind, day), fallen in lost(view, {(row.area, row.list_day): None}).items():
        published = view.published(kind, day)
        if published is None:
            continue
        after = left(published.fact, fallen)
        if after != published.fact:
            corrections.append(msgspec.structs.replace(after, corrects=published.event_id))
    return corrections


def attested_beside(
    gone: facts.Fact, standing: Iterable[Recorded[Any]], now: facts.Fact | None = None
) -> list[Recorded[Any]]:
    """Return the attestations among the standing facts of a subject that counted one of them.

    `now`: what a correction puts in its place. Where that is counted as well, nothing is gone.
    """
    return [
        item
        for item in standing
        if _counted(gone, item.fact) and (now is None or not _counted(now, item.fact))
    ]


def _counted(gone: facts.Fact, attested: facts.Fact) -> bool:
    match gone, attested:
        case facts.BenefitPeriod(), facts.BenefitsAttested():
            named = not attested.benefits or gone.benefit in attested.benefits
            return named and _meet(gone.first_day, gone.last_day, attested)
        case facts.ReleaseRecorded(), facts.ReleasesAttested():
            return _meet(gone.released_on, gone.released_on, attested)
        case facts.TerminationRecorded(), facts.TerminationsAttested():
            return _meet(gone.ended_on, gone.ended_on, attested)
        case facts.JudgmentInCase(), facts.JudgmentsAttested():
            return _meet(gone.judgment_day, gone.judgment_day, attested)
        case facts.HouseholdMember(), facts.MembersAttested():
            same = gone.member_list is attested.member_list
            return same and _meet(gone.first_day, gone.last_day, attested)
        case _:
            return False


def _meet(first: date, last: date | None, attested: Any) -> bool:
    since = attested.first_day or date.min
    return covers(since, attested.last_day, first) or covers(first, last, since)
