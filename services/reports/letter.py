"""A letter as a page and as plain text: no id, no code, and nothing but what the letter says."""

from __future__ import annotations

import textwrap

from husret.v1 import report_service_pb2 as pb
from services.reports import rendering
from services.reports.writing import Writing

_WIDTH = 72
"""Columns of a letter in plain text."""


def page(letter: pb.GetLetterResponse, writing: Writing) -> str:
    """Return the letter as a page."""
    return rendering.page("letter.html", writing, letter=letter)


def text(letter: pb.GetLetterResponse, writing: Writing) -> str:
    """Return the letter as plain text."""
    case = letter.case_number and f"{writing.word('case_number')}: {letter.case_number}"
    blocks = [
        _lines(letter.addressee, letter.address),
        _lines(letter.sender, writing.day(letter.day), case),
        writing.said(letter.subject).upper(),
        writing.said(letter.greeting),
        _wrapped(writing.said(letter.opening)),
    ]
    for part in letter.parts:
        lines = [writing.citation(writing.said(line)) for line in part.lines]
        listed = [_wrapped(line, "- ") for line in lines] if part.listed else []
        said = "\n".join(listed) or "\n\n".join(map(_wrapped, lines))
        blocks.append(f"{writing.said(part.heading)}\n\n{said}")
    blocks.append(f"{writing.said(letter.closing)}\n\n{letter.signed_by}\n{letter.sender}")
    return "\n\n".join(blocks) + "\n"


def _lines(*lines: str) -> str:
    return "\n".join(filter(None, lines))


def _wrapped(line: str, begin: str = "") -> str:
    return textwrap.fill(
        line,
        _WIDTH,
        initial_indent=begin,
        subsequent_indent=" " * len(begin),
        break_long_words=False,
        break_on_hyphens=False,
    )
