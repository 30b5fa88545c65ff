"""What rests on the criterion of origin: areas on a day, and recorded answers by their open part.

Nothing is unsealed: what an answer would be without the criterion is told only as far as its
open part and the area's status as known then tell it.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from domain import calendar
from domain.facts import AreaRegistered
from domain.law.area import origin
from domain.law.area import status as area_law
from domain.law.area.categories import Category
from domain.law.edition import Edition
from domain.law.editions import CURRENT, edition_named
from domain.law.kernel import Effect, Status
from domain.questions import KINDS
from domain.reference import View
from husret.v1 import audit_service_pb2 as pb
from husret.v1 import core_pb2 as core
from services.answers import stored
from services.answers.stored import Stated, StatedAnswer, StatedPage
from services.api.decisions import OUTCOMES
from services.instance.instance import Instance
from services.log.event import RecordedEvent

_MAY_BE = (Status.MET, Status.UNKNOWN)


def areas(view: View, day: date) -> list[pb.OriginDependentArea]:
    """Return the areas that are, or without a suspension would be, what they are by origin."""
    suspended = origin.suspension(view, day) is not None
    found = []
    for area in view.keys(AreaRegistered):
        resting, without = _by_origin(CURRENT, view, area, day)
        if resting:
            found.append(
                pb.OriginDependentArea(
                    area=area,
                    categories=[each.value for each in resting],
                    without=[
                        each.category.value for each in without if each.finding.status is Status.MET
                    ],
                    suspended=suspended,
                )
            )
    return found


def answers(
    instance: Instance, events: Iterable[RecordedEvent], first_day: date
) -> list[pb.OriginDependentAnswer]:
    """Return those of the receipts that rest on the criterion, of days from `first_day` on.

    A page of a waiting list is one: its households share the area and the day.
    """
    found = []
    for event in events:
        stated = stored.stated(instance, event)
        day = stated.day
        if day < first_day:
            continue
        view = instance.view(at=stated.position)
        area = _area(stated, view)
        if area is None:
            continue
        edition = edition_named(stated.law)
        resting, without = _by_origin(edition, view, area, day)
        others = {each.category for each in without}
        reached = [
            each
            for each in resting
            # What reaches the area without the criterion stands as it was answered.
            if any(each in areas and not areas & others for areas in _reach(edition, stated))
        ]
        if not reached:
            continue
        refers = stated.kind == "referral"
        stale_after = view.instance().stale_after_months
        stale = day > calendar.months_after(edition.reviewed_through, stale_after)
        found.append(
            pb.OriginDependentAnswer(
                receipt_id=str(stated.id),
                area=area,
                day=day.isoformat(),
                recorded_position=event.position,
                known_at_position=stated.position,
                outcome=OUTCOMES[stated.outcome]
                if isinstance(stated, StatedAnswer)
                else core.OUTCOME_UNSPECIFIED,
                categories=[each.value for each in reached],
                outcome_without=core.OUTCOME_PERMITTED
                if refers and not stale
                else core.OUTCOME_UNSPECIFIED,
            )
        )
    return found


def _area(stated: StatedAnswer | StatedPage, view: View) -> str | None:
    """Return the area that was asked about; a page names the dwelling in the open instead."""
    if isinstance(stated, StatedAnswer):
        return stated.area
    dwelling = view.dwelling(stated.target["dwelling"], stated.day)
    return None if dwelling is None else dwelling.fact.area


def _by_origin(
    edition: Edition, view: View, area: str, day: date
) -> tuple[list[Category], list[area_law.Standing]]:
    """Return what the area is, or may be, by the criterion of origin, and what else it is or may
    be.
    """
    resting: list[Category] = []
    without: list[area_law.Standing] = []
    for standing in area_law.standings(edition, view, area, day):
        set_aside = "set_aside" in dict(standing.finding.values)
        if standing.rests_on_origin and (set_aside or standing.finding.status in _MAY_BE):
            resting.append(standing.category)
        elif standing.finding.status in _MAY_BE:
            without.append(standing)
    return resting, without


def _reach(edition: Edition, stated: Stated) -> list[set[str]]:
    """Return the categories of areas that each rule which the question asks reaches on the day.

    The bans on referral are one: stk. 6 holds every ground of stk. 7.
    """
    kind, day = stated.kind, stated.day
    if kind != "referral":
        asked = KINDS[kind].asks
        rules = (rule for rule in edition.rules.values() if rule.question in asked)
        return [set(rule.areas) for rule in rules if rule.in_force(day)]
    return [
        {
            area
            for rule in edition.rules.values()
            if rule.question == "referral" and rule.effect is Effect.BANS and rule.in_force(day)
            for area in rule.areas
        }
    ]
