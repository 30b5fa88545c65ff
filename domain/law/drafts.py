"""Drafts: what the law could say instead. They are tried on answers that were given; none is given
under them.

A draft is an edition made of another in memory, so that all it changes is in its id too.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from domain.facts import ListKind, OriginCriterionSuspended
from domain.law.area import lists
from domain.law.area import status as area_law
from domain.law.area.origin import OWN_CRITERION_FROM
from domain.law.edition import Edition
from domain.law.kernel import Finding, Readings, Status
from domain.law.texts.kinds import Text, one
from domain.reference import View

FOUR_YEARS = 4


class Draft(NamedTuple):
    """A change of the law: what it says, and the edition that it makes of another."""

    says: Text
    of: Callable[[Edition], Edition]


def four_years(before: Edition) -> Edition:
    """Return the law with four years in the place of five: § 61 a, stk. 4, of lov nr. 2157.

    No list was published under it. So an area is a transformation area where the list says so, or
    where the lists of parallel societies named it four years in a row (lists are counted, as
    AMB-YEARS is read by default, on every reading of it).
    """
    years, published = before.rules["AREA-OMD-2021"], before.rules["AREA-PUBLISH"]

    def in_a_row(view: View, area: str, list_day: date, readings: Readings) -> Finding:
        return lists.run_of_lists(view, area, list_day, FOUR_YEARS)

    def on_list_or_run(view: View, area: str, kind: ListKind, day: date) -> Finding:
        found: Finding = published.evaluate(view, area, kind, day)
        if kind is not ListKind.TRANSFORMATION or day < area_law.RENAMED:
            return found
        if found.status is Status.MET:
            return found
        run = lists.run_of_lists(view, area, lists.list_day_due(kind, day), FOUR_YEARS)
        return run if run.status in (Status.MET, Status.UNKNOWN) else found

    title = before.texts.RULES[published.id]
    found = dict(title.findings)
    found[Status.MET] = (_BY_RUN, *found[Status.MET])
    return before.amended(
        rules=[
            replace(
                years,
                revision=years.revision + 1,
                evaluate=in_a_row,
                parameters={"years": FOUR_YEARS},
            ),
            replace(
                published,
                revision=published.revision + 1,
                evaluate=on_list_or_run,
                parameters={**published.parameters, "years": FOUR_YEARS},
            ),
        ],
        texts={"RULES": {published.id: title._replace(findings=found)}},
    )


_BY_RUN = one(
    "Området stod på {years} lister over parallelsamfund i træk, senest den af {last_list}.",
    "The area was on {years} lists of parallel societies in a row, last on that of {last_list}.",
)

FOUR_YEARS_DRAFT = "four-years"

DRAFTS = {
    FOUR_YEARS_DRAFT: Draft(
        Text(
            "fire år i stedet for fem på listen over parallelsamfund (§ 61 a, stk. 4)",
            "four years instead of five on the list of parallel societies (§ 61 a, stk. 4)",
        ),
        four_years,
    )
}
"""The drafts that can be tried, by name."""


def origin_suspended() -> OriginCriterionSuspended:
    """Return the fact that would suspend the criterion of origin for as long as it has stood alone.

    It is supposed, never recorded: nobody has decided it.
    """
    return OriginCriterionSuspended(
        first_day=OWN_CRITERION_FROM, decided_by="-", reason="-", legal_basis="-"
    )
