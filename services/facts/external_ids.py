"""Whom, or what, the caller's own ids name here, and that none is given twice.

Those of persons and households are looked up in the key store, by a keyed hash that is erased with
them; those of dwellings and vacancies in the reference state. A dwelling may be recorded under an
external id in place of a UUID, which then names it as any other does.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple
from uuid import UUID

from eventsourcing.dcb.api import DCBQueryItem

from domain import external_ids, facts
from domain.data_classes import SubjectKind
from domain.events import BY_FACT
from domain.reference import View
from services.facts.fields import FieldErrors
from services.facts.validating import Checked, was_read
from services.instance.instance import Instance
from services.persons.reading import Reader

DWELLING, VACANCY = "dwelling", "vacancy"
SEALED = (facts.PersonExternalId, facts.HouseholdExternalId)
OPEN = (facts.DwellingExternalId, facts.VacancyExternalId)
KINDS = (*SEALED, *OPEN)


class Named(NamedTuple):
    """What an external id names: a person, household, dwelling or vacancy, and its own id."""

    kind: str
    id: str

    @property
    def subject(self) -> UUID | None:
        """The person or household that is named; None: it is a dwelling or a vacancy."""
        return None if self.kind in (DWELLING, VACANCY) else UUID(self.id)


def subject_named(instance: Instance, external_id: str) -> tuple[SubjectKind, UUID] | None:
    """Return the person or household that an external id names, or None."""
    subject = instance.keys.find_by_external_id(external_id)
    kind = None if subject is None else instance.keys.known(subject)
    return None if subject is None or kind is None else (kind, subject)


def named_openly(view: View, external_id: str) -> Named | None:
    """Return the dwelling or vacancy that an external id names, or None."""
    # What is asked of the view's history it doesn't keep in memory: the id may be a person's.
    for vacancy in view.history(facts.VacancyExternalId, external_id):
        if vacancy.stood_at(view.position):
            return Named(VACANCY, str(vacancy.fact.vacancy))
    for dwelling in view.history(facts.DwellingExternalId, external_id):
        if dwelling.stood_at(view.position):
            return Named(DWELLING, dwelling.fact.dwelling)
    register, value = external_ids.of_register(external_id)
    for id in (external_id, *((value,) if register == external_ids.DAR else ())):
        # A dwelling is recorded under the id of its address, or under one of the caller's.
        if any(each.stood_at(view.position) for each in view.history(facts.DwellingRecorded, id)):
            return Named(DWELLING, id)
    return None


def named(instance: Instance, view: View, external_id: str) -> Named | None:
    """Return what an external id names, of whatever kind, or None."""
    # The registers of dwellings name nobody.
    register, _ = external_ids.of_register(external_id)
    subject = None if register else subject_named(instance, external_id)
    if subject is not None:
        return Named(str(subject[0]), str(subject[1]))
    return named_openly(view, external_id)


def check(
    instance: Instance,
    view: View,
    new: Sequence[tuple[facts.Fact, str]],
    reader: Reader,
    wrong: FieldErrors,
    corrects: UUID | None,
) -> None:
    """Note each external id that is given already, with what it names; `new`: facts and paths."""

    def given_to(owner: Named) -> str:
        if owner.subject is not None:  # whoever is told so has looked it up
            instance.person_facts.note_looked_up([owner.subject], reader)
        return f"is given already, to the {owner.kind} {owner.id}"

    seen: dict[str, str] = {}
    for fact, path in new:
        field = Checked(path, wrong)
        if isinstance(fact, facts.VacancyExternalId) and was_read(fact.vacancy):
            event = instance.log.event_by_id(fact.vacancy.bytes)
            if event is None or event.type != BY_FACT[facts.VacancyRecorded].name:
                field.bad("vacancy_id", "no vacancy with this id is recorded here; record it first")
        id = stated(fact)
        if not id or not external_ids.has_form(id):
            continue
        if isinstance(fact, facts.DwellingRecorded):
            owner = named(instance, view, id)
            if owner is not None and owner != Named(DWELLING, fact.dwelling):
                field.bad("dwelling_id", given_to(owner))
            continue
        if external_ids.of_register(id)[0] and not isinstance(fact, facts.DwellingExternalId):
            field.bad("external_id", "is of a register of dwellings, and names a dwelling alone")
        owner = named(instance, view, id)
        if owner is not None and not _corrects_itself(instance, owner, corrects):
            field.bad("external_id", given_to(owner))
        first = seen.setdefault(id, path)
        if first != path:
            field.bad("external_id", f"is given already, by {first}")


def _corrects_itself(instance: Instance, owner: Named, corrects: UUID | None) -> bool:
    """Tell whether what names the owner is the fact that is corrected."""
    event = None if corrects is None else instance.log.event_by_id(corrects.bytes)
    if event is None:
        return False
    if owner.subject is None:
        return f"{owner.kind}:{owner.id}" in event.tags
    subject = instance.keys.subject_of(event.tags[0][2:])
    return subject is not None and subject[0] == owner.subject


def stated(fact: facts.Fact) -> str:
    """Return the id that a fact gives: an external id, or the dwelling's own; "": it gives none.

    A dwelling's own id that is a UUID is the id of its address.
    """
    if isinstance(fact, KINDS):
        return str(fact.external_id or "")
    if not isinstance(fact, facts.DwellingRecorded):
        return ""
    address = f"{external_ids.DAR}:{fact.dwelling}"
    return address if external_ids.has_form(address) else str(fact.dwelling or "")


def given(facts_and_subjects: Iterable[tuple[facts.Fact, UUID | None]]) -> dict[str, UUID]:
    """Return the external ids of persons and households that facts give, and to whom."""
    return {
        fact.external_id: subject
        for fact, subject in facts_and_subjects
        if isinstance(fact, SEALED) and subject is not None
    }


def given_openly(stating: Iterable[facts.Fact]) -> list[str]:
    """Return the external ids that facts give to dwellings and vacancies, and a person may have."""
    ids = (stated(fact) for fact in stating if not isinstance(fact, SEALED))
    return [id for id in ids if external_ids.has_form(id) and not external_ids.of_register(id)[0]]


def released(fact: Any) -> tuple[str, ...]:
    """Return the external id that names nobody any more when a fact is taken back or corrected."""
    return (fact.external_id,) if isinstance(fact, SEALED) else ()


def may_not_have_come(fact: facts.Fact) -> Iterable[DCBQueryItem]:
    """Return what must not have been recorded since an id was found to be free."""
    id = stated(fact)
    if id and external_ids.has_form(id):
        yield DCBQueryItem(types=[BY_FACT[kind].name for kind in OPEN], tags=[f"external-id:{id}"])
    if isinstance(fact, KINDS):
        register, value = external_ids.of_register(id)
        for dwelling in (id, *((value,) if register == external_ids.DAR else ())):
            tags = [f"dwelling:{dwelling}"]
            yield DCBQueryItem(types=[BY_FACT[facts.DwellingRecorded].name], tags=tags)
