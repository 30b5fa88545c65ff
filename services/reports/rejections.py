"""Whom recorded answers have rejected under combined letting, counted for the yearly report.

The answers are decided again, for what rejected a household is sealed; so each reading stands in
the access table, like any other.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import date
from uuid import UUID

from eventsourcing.dcb.api import DCBQuery, DCBQueryItem

from domain.law.kernel import Outcome, Status
from domain.reports.combined_letting import REJECTING, Rejected
from services.answers import stored
from services.answers.receipts import Receipts
from services.instance.instance import Instance
from services.persons.reading import Reader
from services.persons.sealing import KeyErased

_LETTINGS = DCBQuery(items=[DCBQueryItem(types=["decision.letting"])])


def rejected_in(
    instance: Instance,
    areas: Collection[str],
    first: date,
    last: date,
    upto: int,
    reader: Reader,
    check_time: Callable[[], None],
) -> dict[str, Rejected]:
    """Count, for each area, the households that answers of these days have rejected.

    `check_time` raises when the caller no longer waits.
    """
    receipts = Receipts(instance)
    households: dict[str, set[UUID]] = {area: set() for area in areas}
    unreadable = dict.fromkeys(areas, 0)
    for event in instance.log.read(_LETTINGS, upto=upto):
        stated = stored.answer(instance, event)
        if (
            stated.outcome is not Outcome.PROHIBITED
            or stated.area not in households
            or not first <= stated.day <= last
        ):
            continue
        check_time()
        try:
            decision = receipts.get(event, reader).decision
        except KeyErased:
            unreadable[stated.area] += 1
            continue
        if any(
            each.rule_id in REJECTING and each.finding.status is Status.MET
            for each in decision.examined
        ):
            households[stated.area].add(decision.question.household)
    return {area: Rejected(len(households[area]), unreadable[area]) for area in areas}
