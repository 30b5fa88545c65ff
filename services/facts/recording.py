"""Commands: recording, correcting and retracting facts, and erasing persons.

What a sealed event shows of itself: its type, one class's tokens, its purpose, and a sealed
payload. Actor, legal basis and correlation are sealed with it (section 1 of the event), so that
none of them can link two classes of one person; an open event has them in its metadata. The
request id is never stored: event ids are derived from it and the log's random id.
"""

from __future__ import annotations

import base64
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple
from uuid import UUID

import msgspec
from eventsourcing.dcb.api import DCBAppendCondition, DCBQuery, DCBQueryItem

from domain import canonical, controllers, cpr, events, facts
from domain.data_classes import DataClass, SubjectKind
from domain.reference import View
from domain.statements import STATED
from husret_verify.event import event_id
from services.facts import checks as fact_checks
from services.facts import completeness, external_ids, inventories, taken_over
from services.facts.checks import NewFact
from services.facts.fields import FieldErrors
from services.facts.validating import refers
from services.instance.instance import Instance, recorded
from services.log.event import Event, RecordedEvent, metadata
from services.log.port import AppendConflict, EventIdReused, LogFull, StorageError
from services.persons.access import Access
from services.persons.erasing import Erasure
from services.persons.keys import ExternalIdTaken, NumberTaken, UnknownSubject
from services.persons.reading import Erased, Reader, is_personal, tag
from services.persons.sealing import METADATA_SECTION, Binding, ClassKey, period_of

ATTEMPTS = 5
"""How often a command is checked anew when something it rests on has moved."""

_RETRACTED = events.BY_FACT[facts.Retracted].name
_ERASURE_BEGUN = events.BY_FACT[facts.ErasureBegun].name
_REGISTRATIONS = (facts.PersonRegistered, facts.HouseholdRegistered)


class FactUnknown(LookupError):
    """No fact has this id."""


class SubjectUnknown(LookupError):
    """No person or household with this id is registered here."""


class InvariantBroken(ValueError):
    """Recording it would break an invariant; the message says which."""


class IdTaken(InvariantBroken):
    """An external id was given to another since it was found to be free: check again.

    The check says to whom, and notes that it was looked up.
    """

    def __init__(self) -> None:
        super().__init__("an external id is given already; send the same again to be told to whom")


class NotForThisController(ValueError):
    """An instance of this kind may not hold such facts; `paths` names them."""

    def __init__(self, kind: facts.ControllerKind, paths: Sequence[str]) -> None:
        super().__init__(
            f"an instance of a {kind.replace('_', ' ')} may not hold such facts: {', '.join(paths)}"
        )
        self.paths = list(paths)


class Context(NamedTuple):
    """Who acts, why, on what legal basis, and the opaque id that joins the calls of one case."""

    actor: str
    purpose: str
    legal_basis: str = ""
    correlation: str = ""

    def reader(self) -> Reader:
        """Return what the access table keeps of a reading in this context."""
        return Reader(self.actor, self.purpose, self.legal_basis, self.correlation)


class Kept(NamedTuple):
    """What events keep of a context: its values, and the same as the metadata of an event."""

    values: dict[str, str]
    metadata: bytes

    @classmethod
    def of(cls, context: Context) -> Kept:
        """Return what is kept of a context."""
        values = {
            "actor": context.actor,
            "correlation": context.correlation,
            "legal_basis": context.legal_basis,
            "purpose": context.purpose,
        }
        return cls(values, metadata(values))


class Written(NamedTuple):
    """A fact as it was recorded: its event id and position."""

    fact_id: UUID
    position: int


def _in_time() -> None:
    """Accept any delay: the default of a caller without a deadline."""


# --- Recording ------------------------------------------------------------------------------


def record(
    instance: Instance,
    context: Context,
    request_id: UUID,
    new: Sequence[NewFact],
    *,
    validate_only: bool = False,
    accept_implausible: bool = False,
    accept_new: bool = False,
    wrong: FieldErrors | None = None,
    in_time: Callable[[], None] = _in_time,
) -> list[Written]:
    """Record all facts or none; a repeat of the request returns the first positions.

    `wrong` holds what the caller found wrong already. `in_time` is called before anything is
    written, and raises when the caller's deadline has passed. With `validate_only` nothing is
    written, and nothing returned unless the request was recorded before. `accept_implausible`:
    figures that are implausible have been confirmed; `accept_new`: names of areas that are near
    others have been.

    Raises InvalidFields with every wrong field; NotForThisController; EventIdReused when the
    request id was used for other content; Erased when a repeated request's facts are erased;
    AppendConflict when others keep changing what the facts rest on; and what the log raises.
    """
    wrong = wrong or FieldErrors()
    refuse_foreign(instance, new)
    command = Command(instance, context, request_id, in_time)

    def prepare() -> Prepared:
        view = instance.view()
        fact_checks.check(
            instance,
            view,
            new,
            context.reader(),
            wrong,
            accept_implausible=accept_implausible,
            accept_new=accept_new,
        )
        wrong.raise_if_any()
        return Prepared(view.position)

    return command.run([Draft.of(item) for item in new], prepare, validate_only, wrong)


def correct(
    instance: Instance,
    context: Context,
    request_id: UUID,
    fact_id: UUID,
    item: NewFact,
    *,
    validate_only: bool = False,
    accept_implausible: bool = False,
    accept_new: bool = False,
    wrong: FieldErrors | None = None,
    in_time: Callable[[], None] = _in_time,
) -> list[Written]:
    """Put a fact of the same kind, about the same subject, in the place of one that stands.

    Raises what `record` raises; FactUnknown; InvariantBroken when the fact does not stand any
    more or cannot be corrected; Erased.
    """
    wrong = wrong or FieldErrors()
    refuse_foreign(instance, [item])
    item = msgspec.structs.replace(item, fact=msgspec.structs.replace(item.fact, corrects=fact_id))
    command = Command(instance, context, request_id, in_time)

    def prepare() -> Prepared:
        view = instance.view()
        original = _correctable(instance, fact_id)
        standing = _require_standing(instance, original, view.position, context.reader())
        if original.type != item.event_type.name:
            wrong.add(item.path, "is of another kind than the fact that it corrects")
        fact_checks.check(
            instance,
            view,
            [item],
            context.reader(),
            wrong,
            corrects=fact_id,
            accept_implausible=accept_implausible,
            accept_new=accept_new,
        )
        wrong.raise_if_any()
        tags = _tags(instance, Draft.of(item))
        about = len(tags) if is_personal(tags) else 1
        if tags[:about] != original.tags[:about]:
            wrong.add(item.path, "is about another subject than the fact that it corrects")
            wrong.raise_if_any()
        if getattr(standing, "cpr", "") and not getattr(item.fact, "cpr", ""):
            wrong.add(f"{item.path}.cpr", "can't be taken away by a correction; erase the class")
            wrong.raise_if_any()
        also, beside = _fallen(instance, view, original, standing, context.reader(), item.fact)
        rests_on = (_moved(original), *fact_checks.may_rest_on(item.fact), *beside)
        released = external_ids.released(standing)
        return Prepared(view.position, rests_on, also=also, released=released)

    return command.run([Draft.of(item)], prepare, validate_only, wrong)


def retract(
    instance: Instance,
    context: Context,
    request_id: UUID,
    fact_id: UUID,
    *,
    validate_only: bool = False,
    in_time: Callable[[], None] = _in_time,
) -> list[Written]:
    """Take back a fact that should not have been recorded.

    Raises FactUnknown; InvariantBroken when the fact does not stand any more or cannot be
    retracted; Erased; EventIdReused; AppendConflict; and what the log raises.
    """
    original = _correctable(instance, fact_id)
    if events.BY_NAME[original.type].fact in _REGISTRATIONS:
        raise InvariantBroken("a registration is not retracted; correct it, or erase the subject")
    draft = Draft(facts.Retracted(retracts=fact_id), tags=tuple(original.tags))
    if is_personal(original.tags):
        subject, data_class = _subject_of(instance, original.tags[0])
        draft = Draft(draft.fact, subject, data_class, tags=draft.tags)
    command = Command(instance, context, request_id, in_time)

    def prepare() -> Prepared:
        view = instance.view()
        fact = _require_standing(instance, original, view.position, context.reader())
        resting = fact_checks.resting_on(instance, view, fact, fact_id)
        if resting:
            raise InvariantBroken(f"{resting} rests on it: take that back first, or correct it")
        also, beside = _fallen(instance, view, original, fact, context.reader())
        rests_on = (_moved(original), *fact_checks.may_rest_on(fact), *beside)
        released = external_ids.released(fact)
        return Prepared(view.position, rests_on, also=also, released=released)

    return command.run([draft], prepare, validate_only, FieldErrors())


def _fallen(
    instance: Instance,
    view: View,
    event: RecordedEvent,
    fact: facts.Fact,
    reader: Reader,
    now: facts.Fact | None = None,
) -> tuple[tuple[Draft, ...], tuple[DCBQueryItem, ...]]:
    """Return what falls with a fact that is taken back, and what that rests on.

    `now`: what a correction puts in its place.
    """
    if isinstance(fact, facts.AreaListed):
        kinds = (facts.AreaListed, facts.AreaListPublished)
        rests_on = DCBQueryItem(
            types=[events.BY_FACT[kind].name for kind in kinds],
            tags=[f"list:{fact.list_day.isoformat()}"],
        )
        return tuple(Draft(each) for each in completeness.without_row(view, fact)), (rests_on,)
    if not is_personal(event.tags):
        return (), ()
    # Of a membership the household's tag, which is the last: its list is what was attested.
    of = event.tags[-1] if isinstance(fact, facts.HouseholdMember) else event.tags[0]
    subject, data_class = _subject_of(instance, of)
    if isinstance(fact, facts.HouseholdMember):
        standing = instance.person_facts.membership(subject, view.position, reader).attested
    else:
        standing = tuple(instance.person_facts.standing(subject, data_class, view.position, reader))
    since = _first_recorded(instance, event, fact)
    fallen = [
        item
        for item in completeness.attested_beside(fact, standing, now)
        if _recorded_at(instance, item.position) >= since
    ]
    drafts = [
        Draft(facts.Retracted(retracts=item.event_id), subject, data_class, tags=(of,))
        for item in fallen
    ]
    types = {events.BY_FACT[type(item.fact)].name for item in fallen}
    rests_on = DCBQueryItem(types=[*sorted(types), _RETRACTED], tags=[of])
    return tuple(drafts), (rests_on,)


def _first_recorded(instance: Instance, event: RecordedEvent, fact: facts.Fact) -> int:
    """Return when a fact, or the first that it corrects in turn, was recorded.

    One append has one time: what is attested in it counts what is recorded in it, in any order.
    """
    while fact.corrects is not None:
        before = instance.log.event_by_id(fact.corrects.bytes)
        if before is None:
            break
        event, fact = before, instance.person_facts.unsealed(before).fact
    return event.recorded_at


def _recorded_at(instance: Instance, position: int) -> int:
    event = instance.log.event_at(position)
    return 0 if event is None else event.recorded_at


def refuse_foreign(instance: Instance, new: Iterable[NewFact]) -> None:
    """Raise NotForThisController for facts that this kind of instance may not hold."""
    kind = instance.created.controller_kind
    foreign = [item.path for item in new if not controllers.may_hold(kind, type(item.fact))]
    if foreign:
        raise NotForThisController(kind, foreign)


def _correctable(instance: Instance, fact_id: UUID) -> RecordedEvent:
    event = instance.log.event_by_id(fact_id.bytes)
    if event is None:
        raise FactUnknown("no fact has this id")
    event_type = events.BY_NAME.get(event.type)
    held = controllers.FACTS[instance.created.controller_kind]
    if event_type is None or event_type.fact not in held:
        raise InvariantBroken(f"an event of the type {event.type} can't be corrected or retracted")
    if event_type.step:
        raise InvariantBroken(
            "a step of a dwelling's life is not corrected or retracted: take the next step"
        )
    return event


def _require_standing(
    instance: Instance, event: RecordedEvent, position: int, reader: Reader
) -> facts.Fact:
    if is_personal(event.tags):
        subject, data_class = _subject_of(instance, event.tags[0])
        history = instance.person_facts.standing(subject, data_class, position, reader)
    else:
        read = instance.log.read(DCBQuery(items=[_moved(event)]), upto=position)
        history = [
            recorded(one, events.decode_fact(one.type, one.schema_version, one.data))
            for one in read
        ]
    for item in events.standing(history):
        if item.event_id.bytes == event.event_id:
            fact: facts.Fact = item.fact
            return fact
    raise InvariantBroken(
        "the fact does not stand any more: it was corrected or retracted; use the one that does"
    )


def _moved(event: RecordedEvent) -> DCBQueryItem:
    """Return what would correct or retract this fact."""
    return DCBQueryItem(types=[event.type, _RETRACTED], tags=[event.tags[0]])


def _subject_of(instance: Instance, personal_tag: str) -> tuple[UUID, DataClass]:
    found = instance.keys.subject_of(personal_tag[2:])
    if found is None:
        raise Erased("what this fact is about has been erased")
    return found


# --- Writing --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Draft:
    """A fact on its way into the log; `tags` are given when they are not the fact's own."""

    fact: facts.Fact
    subject: UUID | None = None
    data_class: DataClass | None = None
    household: UUID | None = None
    tags: tuple[str, ...] = ()

    @classmethod
    def of(cls, item: NewFact) -> Draft:
        """Return the draft of a fact that a request states."""
        return cls(item.fact, item.subject, item.event_type.data_class, item.household)

    @property
    def event_type(self) -> events.EventType:
        """How the fact is written in the log."""
        return events.BY_FACT[type(self.fact)]


class Prepared(NamedTuple):
    """A command that was found right, on what stood at `position`; what else it rests on."""

    position: int
    rests_on: tuple[DCBQueryItem, ...] = ()
    conditions: tuple[DCBAppendCondition, ...] = ()
    """What was read at other positions, and must not have moved since either."""
    also: tuple[Draft, ...] = ()
    """What is recorded with it: what falls with a fact that is taken back."""
    released: tuple[str, ...] = ()
    """External ids of a person or household that name nobody any more."""


def _tags(instance: Instance, draft: Draft, key: ClassKey | None = None) -> list[str]:
    """Return the tags of a fact; `key`: the one it is sealed with, where it is at hand."""
    if draft.tags:
        return list(draft.tags)
    if draft.data_class is None or draft.subject is None:
        return events.open_tags(draft.fact)
    token = key.token if key else instance.keys.token(draft.subject, draft.data_class)
    if draft.event_type.of_household:
        whose = tag(SubjectKind.HOUSEHOLD, token)
        if isinstance(draft.fact, facts.TenancyTakenOver):
            return [whose, f"dwelling:{draft.fact.dwelling}"]
        return [whose]
    tags = [tag(SubjectKind.PERSON, token)]
    if draft.household is not None:
        other = instance.keys.token(draft.household, draft.data_class)
        tags.append(tag(SubjectKind.HOUSEHOLD, other))
    return tags


class Command:
    """One request that writes: found as a repeat, or checked, sealed and appended."""

    def __init__(
        self, instance: Instance, context: Context, request_id: UUID, in_time: Callable[[], None]
    ) -> None:
        self._instance = instance
        self._context = context
        self._request_id = request_id
        self._in_time = in_time
        self._kept = Kept.of(context)

    def run(
        self,
        drafts: Sequence[Draft],
        prepare: Callable[[], Prepared],
        validate_only: bool,
        wrong: FieldErrors,
    ) -> list[Written]:
        """Carry the command out; `prepare` finds it right on what stands, each time anew.

        Raises what `prepare` raises, and what `record` says.
        """
        readable = not wrong.found
        keys = self._instance.keys
        if keys.in_doubt():
            keys.settle(self._instance.has_event)
        attempts = 0
        while True:
            repeated = self._repeated(drafts) if readable else None
            if repeated is not None:
                return repeated
            try:
                prepared = prepare()
            except (ValueError, LookupError):
                # A twin of this request may have been recorded since, and be what is in the way.
                repeated = self._repeated(drafts) if readable else None
                if repeated is None:
                    raise
                return repeated
            if validate_only:
                return []
            try:
                return self._write([*drafts, *prepared.also], prepared)
            except AppendConflict as conflict:
                # Whose erasure it was shows when it is tried again; somebody else's counts for
                # nothing.
                attempts += conflict.type != _ERASURE_BEGUN
                if attempts == ATTEMPTS:
                    raise
            except IdTaken:
                # By a twin of this request, or the check says by whom.
                attempts += 1
                if attempts == ATTEMPTS:
                    raise

    def _id(self, index: int) -> bytes:
        return event_id(self._instance.log_id, self._request_id, index)

    def _repeated(self, drafts: Sequence[Draft]) -> list[Written] | None:
        """Return the first positions when the request is recorded; EventIdReused for another."""
        log, keys = self._instance.log, self._instance.keys
        if log.event_by_id(self._id(0)) is None:
            return None
        keys.made_for(self._id(0))
        made = []
        if isinstance(drafts[0].fact, facts.Retracted) or drafts[0].fact.corrects is not None:
            drafts = [*drafts, *self._fell_with_it()]
        for index, draft in enumerate(drafts):
            before = log.event_by_id(self._id(index))
            if before is None or is_personal(before.tags) != (draft.data_class is not None):
                raise EventIdReused(index, None if before is None else before.position)
            key = None
            if draft.data_class is not None and draft.subject is not None:
                _subject_of(self._instance, before.tags[0])
                try:
                    token = keys.token(draft.subject, draft.data_class)
                    key = keys.key(token, period_of(before.data))
                    tags = _tags(self._instance, draft)
                except UnknownSubject:
                    raise EventIdReused(index, before.position) from None
                if key is None:
                    raise EventIdReused(index, before.position)
            else:
                tags = _tags(self._instance, draft)
            made.append(self._event(index, draft, tags, key))
        # The first id is recorded, so this appends nothing: it compares.
        return self._written(self._instance.writer.append_batch(made))

    def _fell_with_it(self) -> Iterator[Draft]:
        """Return what was recorded with a retraction when it was first asked for."""
        log, person_facts = self._instance.log, self._instance.person_facts
        index = 1
        while (event := log.event_by_id(self._id(index))) is not None:
            if is_personal(event.tags):
                subject, data_class = _subject_of(self._instance, event.tags[0])
                fact = person_facts.unsealed(event).fact
                yield Draft(fact, subject, data_class, tags=tuple(event.tags))
            else:
                yield Draft(events.decode_fact(event.type, event.schema_version, event.data))
            index += 1

    def _write(self, drafts: Sequence[Draft], prepared: Prepared) -> list[Written]:
        self._in_time()
        sealed = [d for d in drafts if d.data_class is not None and d.subject is not None]
        named_openly = external_ids.given_openly(draft.fact for draft in drafts)
        if not sealed and not named_openly:
            return self._append(drafts, (), prepared)
        # What this request alone needs is made before its events, and taken back with them.
        instance = self._instance
        subjects, numbers = _new_subjects(drafts), _numbers(drafts)
        given = external_ids.given((draft.fact, draft.subject) for draft in drafts)
        with instance.keys.making(
            self._id(0),
            [*(s for s, _ in subjects), *numbers],
            numbers.values(),
            [*given, *named_openly, *prepared.released],
        ) as making:
            for each in named_openly:
                if instance.keys.find_by_external_id(each) is not None:
                    raise IdTaken
            wanted = [(d.subject, d.data_class) for d in sealed if d.subject and d.data_class]
            # Every answer about a subject is sealed under its class decisions: made now, the
            # first answer need not wait for it.
            wanted += [(subject, DataClass.DECISIONS) for subject, _ in subjects]
            try:
                keys = instance.keys.provide(
                    subjects, numbers, wanted, instance.period(), given, prepared.released
                )
            except NumberTaken:
                raise InvariantBroken("a CPR number belongs to another person here") from None
            except ExternalIdTaken:
                raise IdTaken from None
            try:
                return self._append(drafts, keys, prepared)
            except LogFull:
                raise
            except StorageError:
                # A disk that fails as the append is made durable may have it all the same.
                making.in_doubt = True
                raise

    def _append(
        self, drafts: Sequence[Draft], keys: Sequence[ClassKey], prepared: Prepared
    ) -> list[Written]:
        instance = self._instance
        made = iter(keys)
        batch = []
        invariants = list(prepared.rests_on)
        for index, draft in enumerate(drafts):
            key = next(made) if draft.data_class is not None else None
            tags = _tags(instance, draft, key)
            if any(instance.person_facts.is_erased(t[2:]) for t in tags if is_personal([t])):
                raise Erased("what this fact is about is being erased")
            batch.append(self._event(index, draft, tags, key))
            invariants += _invariants(draft, tags)
        if keys:
            # An erasure that began since may be of a subject of this request.
            invariants.append(DCBQueryItem(types=[_ERASURE_BEGUN]))
        conditions = prepared.conditions
        if invariants:
            query = DCBQuery(items=list(self._watched(invariants)))
            conditions += (DCBAppendCondition(query, prepared.position),)
        self._in_time()
        return self._written(instance.writer.append_batch(batch, *conditions))

    def _watched(self, items: Sequence[DCBQueryItem]) -> Sequence[DCBQueryItem]:
        """Return what an append is conditional on, of what its facts ask."""
        return items

    def _event(self, index: int, draft: Draft, tags: list[str], key: ClassKey | None) -> Event:
        return event_of(
            self._instance.log_id,
            self._id(index),
            draft.fact,
            tags,
            key,
            self._kept,
            self._instance.random,
        )

    def _written(self, positions: Iterable[int]) -> list[Written]:
        return [
            Written(UUID(bytes=self._id(index)), position)
            for index, position in enumerate(positions)
        ]


def event_of(
    log_id: UUID,
    id: bytes,
    fact: facts.Fact,
    tags: list[str],
    key: ClassKey | None,
    context: Kept,
    random: Callable[[int], bytes],
) -> Event:
    """Return the event that states a fact: sealed under `key`, or open where there is none."""
    event_type = events.BY_FACT[type(fact)]
    name, version = event_type.name, event_type.schema_version
    if key is None:
        return Event(
            type=name,
            data=events.encode_fact(fact),
            tags=tags,
            event_id=id,
            schema_version=version,
            metadata=context.metadata,
        )
    place = Binding(log_id.bytes, id, name, version)
    beside = Binding(log_id.bytes, id, name, version, METADATA_SECTION)
    hidden = base64.urlsafe_b64encode(key.seal(beside, context.metadata, random))
    shown = {"purpose": context.values["purpose"], "sealed": hidden.decode().rstrip("=")}
    request = [name, version, tags, fact, context.values]
    return Event(
        type=name,
        data=key.seal(place, events.encode_fact(fact), random),
        tags=tags,
        event_id=id,
        schema_version=version,
        metadata=metadata(shown),
        fingerprint=key.fingerprint(log_id.bytes, canonical.encode(request)),
    )


def _new_subjects(drafts: Sequence[Draft]) -> list[tuple[UUID, SubjectKind]]:
    """Return whom the request registers."""
    return [
        (d.subject, SubjectKind.HOUSEHOLD if d.event_type.of_household else SubjectKind.PERSON)
        for d in drafts
        if isinstance(d.fact, _REGISTRATIONS) and d.subject is not None
    ]


def _numbers(drafts: Sequence[Draft]) -> dict[UUID, cpr.Cpr]:
    """Return the CPR number of each person whom the request states one of."""
    return {
        d.subject: cpr.parse(d.fact.cpr, allow_test_numbers=True)
        for d in drafts
        if isinstance(d.fact, facts.PersonRegistered) and d.fact.cpr and d.subject
    }


def _invariants(draft: Draft, tags: Sequence[str]) -> Iterable[DCBQueryItem]:
    """Return what must not have been recorded since the fact was found right."""
    kind = type(draft.fact)
    if kind in _NAMING:
        # What it names may have been taken back.
        yield DCBQueryItem(types=[_RETRACTED])
    yield from external_ids.may_not_have_come(draft.fact)
    if isinstance(draft.fact, facts.TenancyTakenOver):
        yield taken_over.steps_of(draft.fact.dwelling)
    if kind in fact_checks.HELD_AGAINST:
        held_against = fact_checks.HELD_AGAINST[kind]
        yield DCBQueryItem(types=[events.BY_FACT[each].name for each in held_against])
    elif kind in inventories.KINDS:
        # What happens to the dwellings of an area is compared within it.
        types = [events.BY_FACT[each].name for each in inventories.KINDS]
        yield DCBQueryItem(types=types, tags=[tags[0]])
    elif kind is facts.HouseholdMember:
        # Memberships are compared within the household, whose tag comes last.
        yield DCBQueryItem(types=[draft.event_type.name], tags=[tags[-1]])
    elif kind in STATED or kind in _REGISTRATIONS:
        # An open fact may be about several things, each of which has its tag.
        about = tags if draft.data_class is None else tags[:1]
        yield from (DCBQueryItem(types=[draft.event_type.name], tags=[each]) for each in about)


_NAMING = frozenset(
    kind.fact
    for kind in events.EVENT_TYPES
    if kind.step or any(refers(kind.fact, what) for what in ("area", "dwelling", "sale"))
)
"""Facts that name what another fact has recorded; a step names its dwelling."""


def append_open(
    instance: Instance,
    context: Context,
    request_id: UUID,
    new: Sequence[facts.Fact],
    position: int,
    types: Sequence[str],
    in_time: Callable[[], None] = _in_time,
) -> list[Written]:
    """Append open facts that were planned on what stood at `position`.

    Raises AppendConflict when an event of one of `types` is newer: plan again.
    """
    command = Command(instance, context, request_id, in_time)
    prepared = Prepared(position, (DCBQueryItem(types=list(types)),))
    return command._write([Draft(fact) for fact in new], prepared)


# --- Erasing --------------------------------------------------------------------------------


def erase(
    instance: Instance,
    context: Context,
    subject: UUID,
    kind: SubjectKind,
    data_class: DataClass | None,
    policy: str,
    *,
    in_time: Callable[[], None] = _in_time,
) -> Erasure:
    """Erase a subject, or one data class of it, for good.

    Each token has an event of its own, and the events say nothing of who asked for it (the
    access table does), so that no value links the classes of the subject afterwards. An erasure
    that failed after it had begun is completed by asking for it again, or by the next start.

    Raises SubjectUnknown, Erased when the class is erased already, and what the log raises.
    """
    erasures = instance.erasures
    with erasures.alone():
        asked = (subject, kind, data_class)
        completed = erasures.complete_begun()
        if asked in completed:
            return completed[asked]
        if instance.keys.known(subject) is not kind:
            raise SubjectUnknown(f"no {kind} with this id is registered here")
        held = instance.keys.tokens_of(subject)
        if not held:
            raise SubjectUnknown(f"no {kind} with this id is registered here")
        if data_class is not None and data_class not in held:
            raise Erased(f"the class {data_class} of this {kind} has been erased before")
        wanted = {c: token for c, token in held.items() if data_class in (None, c)}
        in_time()
        instance.access.record(
            Access(
                at=time.time_ns() // 1000,
                actor=context.actor,
                purpose=context.purpose,
                legal_basis=context.legal_basis,
                request_id=context.correlation,
                read=tuple(wanted.items()),
            )
        )
        return erasures.erase(asked, sorted(wanted.values()), policy)
