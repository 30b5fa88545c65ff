"""What every request says beside its own fields: who asks and why, and how fresh a read must be."""

from __future__ import annotations

from contextvars import ContextVar

from domain.purposes import PURPOSES
from husret.v1 import core_pb2 as core
from services.api.fields import Fields
from services.facts.fields import FieldErrors
from services.facts.recording import Context
from services.instance.instance import Instance
from services.log import known_on

calling_system: ContextVar[str] = ContextVar("calling_system", default="")
"""The system that calls, by its certificate; "" on a loopback without TLS."""

LONGEST_LEGAL_BASIS = 200


def context(message: core.RequestContext, wrong: FieldErrors) -> Context:
    """Read who asks and why."""
    fields = Fields(wrong, "context")
    if message.purpose not in PURPOSES:
        fields.bad("purpose", f"must be one of {', '.join(PURPOSES)}")
    actor = fields.opaque("actor", message.actor) or ""
    system = calling_system.get()
    return Context(
        actor=f"{system}/{actor}" if system else actor,
        purpose=message.purpose,
        legal_basis=fields.text(
            "legal_basis", message.legal_basis, LONGEST_LEGAL_BASIS, optional=True
        )
        or "",
        correlation=fields.opaque("correlation", message.correlation, optional=True) or "",
    )


def consistency(
    message: core.Consistency, instance: Instance, wrong: FieldErrors
) -> dict[str, int]:
    """Read how fresh a read must be, as keyword arguments of `Instance.view`."""
    name = message.WhichOneof("requirement")
    if name is None:
        return {}
    if name == "known_on":
        try:
            return {"at": known_on.position(instance.log, message.known_on)}
        except known_on.NotKnownOn as error:
            wrong.add("consistency.known_on", str(error))
            return {}
    position: int = getattr(message, name)
    if position < 1:
        wrong.add(f"consistency.{name}", "must be a position, 1 or more")
        return {}
    return {"at" if name == "at_position" else "at_least": position}
