"""Everything in an open instance that does not follow from what it must follow from."""

from __future__ import annotations

from collections.abc import Iterator

from husret_verify.checkpoint import Checkpoint
from services.instance.instance import Instance
from services.log import verifying as log
from services.log.finding import Finding
from services.persons import verifying as keys
from services.persons import verifying_accesses as accesses


def findings(instance: Instance, checkpoint: Checkpoint | None = None) -> Iterator[Finding]:
    """Yield what is found in the log, then in the key store, then in the access table.

    The log is held against a `checkpoint` whose signature the caller has verified. Raises
    StorageError, and DatabaseError.
    """
    yield from log.findings(instance.log, instance.vouch, checkpoint)
    yield from keys.findings(instance.log, instance.keys, instance.log_id.bytes)
    yield from accesses.findings(instance.log, instance.access)
