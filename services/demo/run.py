"""Runs the demo: makes the instances, goes through the course, and prints what came out."""

from __future__ import annotations

import sys
import tempfile
from contextlib import nullcontext
from pathlib import Path

from rich.console import Console

from services.demo import ending, letting, town
from services.demo.course import Course
from services.demo.questions import make
from services.demo.serving import served
from services.demo.show import Show
from services.terminal import shell


def run(
    seed: int = 1,
    *,
    everything: bool = False,
    as_json: bool = False,
    language: str = "da",
    keep: Path | None = None,
) -> int:
    """Run the demo; returns 0 only when every expected outcome came out.

    everything: the whole course is printed, in Danish and English at once, in place of the first
    answer. keep: the directory in which the municipality's instance stays.

    Raises ServingError when an instance can't be made or served, and grpc.RpcError when the server
    refuses a call.
    """
    course = Course(make(seed), Show(quiet=as_json or not everything))
    waiting = Console(stderr=True).status("husret demo …")
    with (
        nullcontext() if everything else waiting,
        tempfile.TemporaryDirectory(prefix="husret-demo-") as made,
        served(keep or Path(made) / "town", town.CONTROLLER, "municipality") as server,
        served(Path(made) / "other", letting.ORGANISATION, "housing_organisation") as other,
    ):
        course.go(server, other)
    if as_json:
        print(shell.as_json(course.document(), sys.stdout, indent=2))
    else:
        language = "" if everything else language
        if not everything:
            ending.first_answer(course, language)
        ending.verdict(course, language)
        ending.going_on(course, language, keep)
    return 1 if course.unexpected() else 0
