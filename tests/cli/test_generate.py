"""`husret generate`: an instance of made-up data, which the other commands go on with."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from services.cli import generate
from services.cli.main import main
from services.generator.worlds import WORLDS


@pytest.mark.parametrize("name", generate.SETS)
def test_what_is_generated_verifies(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    home = str(tmp_path / "made")
    assert main(["generate", name, "--scale", "0.0003", "--dir", home, "--json"]) == 0
    made = json.loads(capsys.readouterr().out)
    assert (made["set"], made["seed"], made["scale"]) == (name, 1, 0.0003)
    assert main(["log", "verify", "--dir", home]) == 0
    assert f"{made['events']} events, 0 of them altered" in capsys.readouterr().out


def test_every_set_can_be_generated() -> None:
    assert set(generate.SETS) == set(WORLDS)


@pytest.mark.parametrize("scale", ["0", "-1", "11"])
def test_a_scale_out_of_bounds_is_refused_and_nothing_made(
    scale: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    home = tmp_path / "made"
    assert main(["generate", "country", f"--scale={scale}", "--dir", str(home)]) != 0
    assert "--scale: must be more than 0" in capsys.readouterr().err
    assert not home.exists()


def test_an_instance_is_not_generated_over_another(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    home = str(tmp_path / "made")
    assert main(["init", "--dir", home]) == 0
    assert main(["generate", "country", "--scale", "0.0003", "--dir", home]) != 0
    assert "already holds an instance" in capsys.readouterr().err
