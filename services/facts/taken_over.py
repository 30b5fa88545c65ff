"""Tenancies that began before they were kept here, beside what is kept of their dwellings."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from eventsourcing.dcb.api import DCBQuery, DCBQueryItem

from domain import facts, tenancy
from domain.events import BY_FACT
from domain.reference import View
from domain.tenancy import State
from services.facts.fields import FieldErrors
from services.facts.validating import Checked, was_read
from services.instance.instance import Instance
from services.log.event import RecordedEvent
from services.persons.reading import Reader

_VACANCY, _ENDED = (BY_FACT[kind].name for kind in (facts.VacancyRecorded, facts.TenancyEnded))
_BEGUN = tuple(BY_FACT[kind].name for kind in tenancy.BEGINNINGS)


def steps_of(dwelling: str) -> DCBQueryItem:
    """Return what selects the steps of a dwelling."""
    return DCBQueryItem(types=list(tenancy.STEPS), tags=[f"dwelling:{dwelling}"])


def check(
    instance: Instance,
    view: View,
    new: Sequence[tuple[facts.Fact, str]],
    reader: Reader,
    wrong: FieldErrors,
) -> None:
    """Note each tenancy that another stands in the way of; `new`: facts and paths."""
    seen: dict[str, str] = {}
    for fact, path in new:
        if not isinstance(fact, facts.TenancyTakenOver):
            continue
        field = Checked(path, wrong)
        first = seen.setdefault(fact.dwelling, path)
        if first != path:
            field.bad("dwelling_id", f"is let already, by {first}")
        life = instance.log.read(DCBQuery(items=[steps_of(fact.dwelling)]), upto=view.position)
        steps = life.all()
        if any(step.type == _VACANCY for step in steps):
            field.bad(
                "dwelling_id",
                "has vacancies that are recorded here, so that its tenancies begin by a contract "
                "(CommenceTenancy)",
            )
        elif tenancy.state_of(step.type for step in steps) is not State.FREE:
            standing = next(step for step in reversed(steps) if step.type in _BEGUN)
            field.bad("dwelling_id", f"is let already, by {UUID(bytes=standing.event_id)}")
        elif steps and was_read(fact.first_day):
            _check_after(instance, steps[-1], fact, field, reader)


def _check_after(
    instance: Instance,
    last: RecordedEvent,
    fact: facts.TenancyTakenOver,
    field: Checked,
    reader: Reader,
) -> None:
    """Check that a tenancy does not begin before the one that has ended."""
    subject = None if last.type != _ENDED else instance.keys.subject_of(last.tags[0][2:])
    if subject is None:
        return
    instance.person_facts.note([(subject[1], last.tags[0][2:])], reader)
    ended = instance.person_facts.unsealed(last).fact
    if isinstance(ended, facts.TenancyEnded) and ended.last_day >= fact.first_day:
        field.bad("first_day", f"the tenancy before it lasted through {ended.last_day}")
