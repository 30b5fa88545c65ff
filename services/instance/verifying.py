"""Verifying an instance: its log, and whatever of it must follow from the log."""

from __future__ import annotations

from collections.abc import Iterator

from husret_verify.checkpoint import Checkpoint
from services.instance.instance import Instance
from services.log import verifying
from services.log.finding import Finding


def findings(instance: Instance, checkpoint: Checkpoint | None = None) -> Iterator[Finding]:
    """Yield everything that does not follow from what it must follow from; it may be served.

    The log is held against a `checkpoint` whose signature the caller has verified. Raises
    StorageError.
    """
    yield from verifying.findings(instance.log, instance.vouch, checkpoint)
