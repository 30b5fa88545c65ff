"""`husret facts`: what was recorded of a person or an area, from the command line."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from domain.facts import ControllerKind
from services.api.server import serving
from services.cli import main as cli
from services.instance.instance import Instance
from tests.api.client import AREA, Client, a_benefit, an_id

Capture = pytest.CaptureFixture[str]


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """The directory of a new instance."""
    made = tmp_path / "instance"
    Instance.create(
        made,
        controller="Prøvekøbing Kommune",
        kind=ControllerKind.MUNICIPALITY,
        municipality="9999",
    ).close()
    return made


@pytest.fixture
def person(place: Path) -> str:
    """A person with a benefit that was corrected."""
    with serving(place) as server:
        client = Client(server.endpoint)
        made = client.a_person()
        [first] = client.record(a_benefit(made), actor="clerk.9")
        client.correct(first.fact_id, a_benefit(made, last_day="2025-06-30"))
        client.an_area()
        client.close()
    return made


def run(capture: Capture, *arguments: object) -> tuple[int, str, str]:
    code = cli.main([str(each) for each in arguments])
    out, err = capture.readouterr()
    return code, out, err


def test_a_class_of_a_person_is_read_with_what_became_of_each_fact(
    place: Path, person: str, capsys: Capture
) -> None:
    asked = ("facts", "person", person, "--class", "benefits", "--purpose", "case", "--dir", place)
    code, out, _ = run(capsys, *asked)
    assert code == 0
    assert "rettet" in out
    assert "clerk.9" in out
    assert "30. juni 2025" in out
    assert "kontanthjælp" in out
    code, out, _ = run(capsys, *asked, "--standing", "--json")
    said: Any = json.loads(out)
    assert [each["state"] for each in said["facts"]] == ["FACT_STATE_STANDS"]


def test_no_class_is_opened_that_was_not_asked_for(
    place: Path, person: str, capsys: Capture
) -> None:
    with pytest.raises(SystemExit):
        cli.main(["facts", "person", person, "--dir", str(place)])
    assert "--class, --purpose" in capsys.readouterr().err


def test_an_area_is_read_in_either_language_and_an_unknown_one_is_not_found(
    place: Path, person: str, capsys: Capture
) -> None:
    for language, stands in (("da", "står"), ("en", "stands")):
        code, out, _ = run(capsys, "facts", "area", AREA, "--dir", place, "--language", language)
        assert (code, stands in out, "Elmehaven" in out) == (0, True, True)
    code, out, err = run(capsys, "facts", "area", "9999-nowhere", "--dir", place)
    assert code != 0
    assert "nothing is recorded about it here" in err + out


def test_a_person_who_is_not_here_is_not_repeated(place: Path, capsys: Capture) -> None:
    unknown = an_id()
    asked = ("facts", "person", unknown, "--class", "benefits", "--purpose", "case", "--dir", place)
    code, out, err = run(capsys, *asked)
    assert code != 0
    assert unknown not in out + err
