"""What the demo ends with: an answer on the first screen, the verdict, and how to go on."""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from pathlib import Path

from rich.text import Text as Printed

from husret.v1 import eligibility_service_pb2 as eligibility
from services.demo.course import Course
from services.demo.expected import Text
from services.demo.show import answer_rows
from services.terminal import shell, show


def first_answer(course: Course, language: str) -> None:
    """Print the first answer, without the rules that were tried and not met."""
    words, first = course.words(language), course.answers[0]
    console = show.console()
    console.print(Printed(words.both(first.scenario.title), "bold"))
    console.print(words.both(first.scenario.why))
    print()
    show.print_rows(answer_rows(first, words, briefly=True))


def verdict(course: Course, language: str) -> None:
    """Say how much came out as expected, and what did not."""
    words, checked = course.words(language), course.checked
    right, number = sum(not each.differences for each in checked), len(checked)
    print()
    print(
        words.say(
            f"{right} af {number} svar og efterregninger som ventet",
            f"{right} of {number} answers and replays as expected",
        )
    )
    for said in course.unexpected():
        show.console().print(Printed(f"{words.say('UVENTET', 'UNEXPECTED')} {said}", "bold red"))


def going_on(course: Course, language: str, kept: Path | None) -> None:
    """Print commands that can be typed next, each below what it does."""
    words = course.words(language)
    if kept is None:
        said = Text("Instansen er væk igen. Videre:", "The instance is gone again. Going on:")
    else:
        said = Text(f"Instansen er i {kept}. Videre:", f"The instance is in {kept}. Going on:")
    print()
    print(words.both(said))
    for what, command in _others(course, language) if kept is None else _with(kept, course):
        print(f"  # {words.both(what)}")
        print(f"  {shell.command()} {command}{' --language en' * _speaks(command, language)}")


def _speaks(command: str, language: str) -> bool:
    return language == "en" and command.startswith(("show", "replay", "check", "area", "record"))


def _others(course: Course, language: str) -> Iterator[tuple[Text, str]]:
    yield (
        Text("hele forløbet, dansk og engelsk", "the whole course, Danish and English"),
        ("demo --all"),
    )
    yield (
        Text("behold instansen, og arbejd med den", "keep the instance, and work with it"),
        ("demo --keep husret-demo"),
    )
    yield Text("andre husstande", "other households"), f"demo --seed {course.made.seed + 1}"
    yield Text("det hele som JSON", "all of it as JSON"), "demo --json"
    if language == "da":
        yield Text("på engelsk (in English)", "in English"), "demo --language en"


def _with(kept: Path, course: Course) -> Iterator[tuple[Text, str]]:
    question, decision = course.answers[0].scenario.question, course.answers[0].decision
    where = f" --dir {shlex.quote(str(kept))}"
    basis = eligibility.ReferralBasis.Name(question.basis).removeprefix("REFERRAL_BASIS_").lower()
    yield (
        Text(
            "svar over gRPC indtil Ctrl-C; de andre kommandoer går også uden",
            "answer over gRPC until Ctrl-C; the other commands go without it too",
        ),
        f"serve{where}",
    )
    yield (
        Text("første svar, med alt hvad det hviler på", "the first answer, with all it rests on"),
        f"show {decision.receipt_id}{where}",
    )
    yield Text("regn det efter", "compute it again"), f"replay {decision.receipt_id}{where}"
    yield (
        Text("stil spørgsmålet igen", "put the question again"),
        f"check referral --household {question.household_id} --dwelling {question.dwelling_id} "
        f"--basis {basis} --day {question.day}{where}",
    )
    yield (
        Text("områdets status den dag", "the area's status on that day"),
        f"area status {decision.area} --day {question.day}{where}",
    )
    yield (
        Text("en bolig af din egen: et eksempel", "a dwelling of your own: an example"),
        f"record --template dwellings{where}",
    )
    yield Text("loggens seneste hændelser", "the log's last events"), f"log tail{where}"
