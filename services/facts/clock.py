"""The way out for an operator after a wall clock that could not be trusted."""

from __future__ import annotations

from uuid import UUID

from domain import events, facts
from husret_verify.event import event_id
from services.facts.recording import Context, InvariantBroken
from services.instance.instance import Instance
from services.log.event import Event, metadata
from services.log.port import EventIdReused


def accept(instance: Instance, context: Context, request_id: UUID, reason: str) -> int:
    """Trust the wall clock as it is now, and record why; return the event's position.

    Erasures that waited for it are completed. Raises InvariantBroken when the clock is not in
    doubt, EventIdReused when the request id stands for another reason.
    """
    known_as = event_id(instance.log_id, request_id, 0)
    known = instance.log.event_by_id(known_as)
    if known is not None:
        is_ours = known.type == events.BY_FACT[facts.ClockAccepted].name
        fact = events.decode_fact(known.type, known.schema_version, known.data) if is_ours else None
        if not isinstance(fact, facts.ClockAccepted) or fact.reason != reason:
            raise EventIdReused(0, known.position)
        return known.position
    if not instance.log.clock_problem():
        raise InvariantBroken("the clock is not in doubt: nothing has to be accepted")
    fact = facts.ClockAccepted(reason=reason, clock=instance.log.wall_time())
    [position] = instance.writer.accept_clock(
        [
            Event(
                type=events.BY_FACT[facts.ClockAccepted].name,
                data=events.encode_fact(fact),
                tags=events.open_tags(fact),
                event_id=known_as,
                metadata=metadata(context._asdict()),
            )
        ]
    )
    instance.erasures.complete(instance.view())
    return position
