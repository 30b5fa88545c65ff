"""The command: reads a bundle and what the caller holds, says the verdict, ends with its code."""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from husret_verify import bundle, texts
from husret_verify.note import VerifierKey
from husret_verify.problems import Problem, Unreadable
from husret_verify.receipt import Page, Receipt
from husret_verify.verifying import Refused, Valid, stated, verify

VALID = 0
NOT_VALID = 1
UNREADABLE = 2

EXIT_CODES = f"""exit codes:
  {VALID}  valid
  {NOT_VALID}  not valid; what is said names everything that is wrong
  {UNREADABLE}  the file, the key or the command line can't be read"""

_HASH = re.compile("[0-9a-f]{64}")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what the command takes, but for the language."""
    parser.add_argument(
        "bundle", metavar="BUNDLE", help="the file that proves an answer; - is stdin"
    )
    parser.add_argument(
        "--vkey",
        required=True,
        metavar="KEY",
        help="the log's verifier key, as its operator publishes it: name+id+key",
    )
    parser.add_argument(
        "--checkpoint",
        type=Path,
        metavar="FILE",
        help="a checkpoint that you have from elsewhere: the answer's must be of the same history",
    )
    parser.add_argument(
        "--hash", default="", metavar="HASH", help="the hash that you were given with the answer"
    )
    parser.add_argument(
        "--witness",
        action="append",
        default=[],
        metavar="KEY",
        help="verifier key of a witness that must have cosigned; once for each",
    )
    parser.add_argument("--json", action="store_true", help="print one JSON document")


def run(options: argparse.Namespace) -> int:
    """Verify, print the verdict in the language of the options, and return the exit code."""
    try:
        proved = _verified(options)
    except Refused as refused:
        problems, code = refused.problems, NOT_VALID if refused.readable else UNREADABLE
    except Unreadable as problem:
        problems, code = (problem,), UNREADABLE
    else:
        _put(_json(stated(proved)) if options.json else _said(proved, options.language))
        return VALID
    if options.json:
        _put(_json(_refused(problems, code)))
        return code
    heading = "not_valid" if code == NOT_VALID else "unreadable"
    said = [f"  {texts.problem(each, options.language)}" for each in problems]
    _put([texts.label(heading, options.language), *said])
    return code


def _verified(options: argparse.Namespace) -> Valid:
    log = VerifierKey.parse(options.vkey)
    witnesses = [VerifierKey.parse(each) for each in options.witness]
    given = options.hash.lower()
    if given and not _HASH.fullmatch(given):
        raise Unreadable("hash_form")
    kept = None if options.checkpoint is None else _note(options.checkpoint)
    read = bundle.read(_bytes(options.bundle))
    return verify(read, log, witnesses, kept, bytes.fromhex(given) if given else None)


def _bytes(file: str) -> bytes:
    most = bundle.MOST_BYTES + 1  # one more shows that it is too long
    try:
        if file == "-":
            return sys.stdin.buffer.read(most)
        with open(file, "rb") as opened:
            return opened.read(most)
    except (OSError, ValueError) as error:
        raise _unread(file, error) from None


def _note(file: Path) -> str:
    try:
        return _bytes(str(file)).decode("utf-8")
    except UnicodeDecodeError:
        raise Unreadable("note_text") from None


def _unread(file: str, error: Exception) -> Unreadable:
    reason = getattr(error, "strerror", None) or str(error)
    return Unreadable("file", file=file, reason=reason)


def _refused(problems: Iterable[Problem], code: int) -> dict[str, Any]:
    said = [
        {
            "code": each.code,
            **each.values_of,
            "da": texts.problem(each, texts.DANISH),
            "en": texts.problem(each, texts.ENGLISH),
        }
        for each in problems
    ]
    return {"valid": False, "readable": code == NOT_VALID, "problems": said}


def _said(proved: Valid, language: str) -> list[str]:
    rows = list(_rows(proved, language))
    width = max(len(texts.label(name, language)) for name, _ in rows) + 2
    said = [f"{texts.label(name, language):<{width}}{value}" for name, value in rows]
    return [texts.label("valid", language), *said]


def _rows(proved: Valid, language: str) -> Iterator[tuple[str, str]]:
    def phrase(name: str, **values: str | int) -> str:
        return texts.label(name, language, **values)

    frame, answer = proved.frame, proved.answer
    yield "receipt", str(proved.receipt_id)
    yield "hash", proved.hash.hex()
    yield "log", str(proved.log)
    recorded = phrase("recorded", time=_moment(proved.recorded_at / 1_000_000))
    yield "place", f"{proved.position}, {recorded}; {phrase('known', known=answer.known_at)}"
    asked = [frame.kind]
    if isinstance(answer, Page):
        asked.append(phrase("page", page=answer.number))
    yield "question", ", ".join(asked)
    days = [frame.day.isoformat()]
    if frame.asked is not None:
        days.append(phrase("asked_on", day=frame.asked.isoformat()))
    if frame.judged is not None:
        days.append(phrase("judged_on", day=frame.judged.isoformat()))
    yield "day", ", ".join(days)
    if frame.target is not None:
        yield "target", frame.target
    else:
        yield "area", frame.area or phrase("no_area")
    yield "law", frame.law
    if frame.chosen:
        yield "readings", ", ".join(f"{point} {reading}" for point, reading in frame.chosen)
    who = dict(proved.metadata)
    by = [who[name] for name in ("actor",) if name in who]
    by += [phrase("purpose", purpose=who["purpose"])] if "purpose" in who else []
    if by:
        yield "asked_by", ", ".join(by)
    if isinstance(answer, Receipt):
        yield "outcome", texts.outcome(answer.outcome, language)
        for each in answer.sections:
            whose = phrase("member", number=each.subject) if each.subject else phrase("household")
            held = texts.data_class(each.data_class, language)
            yield "sections", f"{whose}, {held}: {each.commitment.hex()}"
    else:
        yield "entries", str(len(answer.entries))
    head = proved.checkpoint
    yield "checkpoint", phrase("size", size=head.size, key=head.origin)
    for name, time in proved.witnesses:
        yield "witness", name if time is None else f"{name}, {_moment(time)}"
    for size, _ in proved.joined:
        yield "history", phrase("other_size", size=size)
    for signature in proved.unchecked:
        yield "unchecked", phrase("unknown_key", key=signature.name)


def _json(value: dict[str, Any]) -> list[str]:
    """Write JSON in printable ASCII, so that nothing of it is replaced."""
    return json.dumps(value, indent=2).replace("\x7f", "\\u007f").split("\n")


def _moment(seconds: float) -> str:
    """Write a time in UTC; one that no calendar has, as its number."""
    try:
        return (_EPOCH + timedelta(seconds=seconds)).strftime("%Y-%m-%d %H:%M:%S UTC")
    except OverflowError:
        return str(seconds)


def _put(lines: Iterable[str]) -> None:
    """Print lines; what a terminal could take for a command is replaced."""
    for line in lines:
        shown = "".join(
            each if each.isprintable() else "\N{REPLACEMENT CHARACTER}" for each in line
        )
        sys.stdout.buffer.write(shown.encode("utf-8", "replace") + b"\n")
    sys.stdout.buffer.flush()
