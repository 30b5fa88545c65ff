"""docs/calls.md: every call, in a form that can be read, answered and typed."""

from __future__ import annotations

import shlex

import pytest

from services.api.contract import METHODS, PREFIX
from services.cli.main import parser
from tests.api.client import Client, a_dwelling, a_household, a_person
from tests.http.client import Http
from tools import calls

NAMES = [path.removeprefix(PREFIX) for path in METHODS]


def test_the_page_is_current() -> None:
    assert calls.DOCUMENT.read_text() == calls.page(), "run `python -m tools.calls`"


def test_every_request_is_one_that_its_method_takes(client: Client, http: Http) -> None:
    client.record(
        a_person(calls.PERSON),
        a_household(calls.HOUSEHOLD, "2024-01-01"),
        a_dwelling("dwelling-1", area="9999-kastanjeparken", organisation="0042", department="007"),
    )
    strange = {}
    for name in NAMES:
        answer = http.call(name, calls.request(name))
        assert answer.code < 500, name
        wrong = {} if answer.code == 200 else answer.fields
        # What a file holds stands on other pages, and what a year holds is not recorded here.
        if not all(field.startswith(("content", "benefits.csv", "year")) for field in wrong):
            strange[name] = wrong
    assert strange == {}


def test_every_command_can_be_typed(capsys: pytest.CaptureFixture[str]) -> None:
    said = {}
    for name in NAMES:
        words = shlex.split(calls.command(name))
        assert words, f"{name} has no command in tools/calls.py"
        try:
            parser(words[0]).parse_args(words)
        except SystemExit:
            said[name] = capsys.readouterr().err.splitlines()[-1]
    assert said == {}
