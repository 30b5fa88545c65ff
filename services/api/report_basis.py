"""What stands at the head of every report: where it lies in the log, and how to have it again."""

from __future__ import annotations

import shlex
from collections.abc import Iterable
from contextlib import suppress

import msgspec

from domain.law.edition import Edition
from domain.reference import View
from domain.reports.said import basis
from domain.shown import Showing
from husret.v1 import report_service_pb2 as pb
from services.api.facts_back import moment
from services.instance import checkpoints
from services.instance.instance import Instance
from services.log.port import LogAltered

CHECKS = ("log verify",)
"""What checks the log that a report rests on, whatever it is of."""


def head(
    instance: Instance, edition: Edition, view: View, least: int, commands: Iterable[str]
) -> pb.ReportBasis:
    """Return what a report made of this view rests on.

    `commands` are what give it again and what check it, without the word `husret`.
    """
    made = pb.ReportBasis(**msgspec.to_builtins(basis(edition, view)))
    event, showing = instance.log.event_at(view.position), Showing(view, least)
    if event is not None:
        made.known_at.CopyFrom(moment(event.recorded_at))
        made.leaf_hash = showing.leaf_hash(event.position, event.leaf_hash)
    with suppress(LogAltered):
        # Of a log that was altered the rest is said all the same: an auditor asks just then.
        made.root_hash = checkpoints.inclusion(instance, view.position, view.position).root
    made.commands.extend(f"husret {each}" for each in (*commands, *CHECKS))
    return made


def command(*words: str, **options: str | int | bool) -> str:
    """Return a command as it is typed: an option that is empty or False is left out."""
    typed = list(words)
    for name, value in options.items():
        if value in ("", False):
            continue
        typed.append(f"--{name.replace('_', '-')}")
        if value is not True:
            typed.append(str(value))
    return shlex.join(typed)
