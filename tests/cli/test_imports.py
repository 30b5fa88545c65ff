"""What a command imports: no more than it needs, so that it answers at once."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from services.api.server import serving
from services.cli.main import COMMANDS, main
from tests.support import PYTHONPATH

ROOT = Path(__file__).resolve().parents[2]
CALLED = """
import json, sys
from services.cli.main import main
try:
    code = main(sys.argv[1:])
except SystemExit as ended:
    code = ended.code
print(json.dumps({"code": code, "modules": sorted(sys.modules)}), file=sys.stderr)
"""


def modules(*arguments: str) -> set[str]:
    """The modules that a process has imported once the command is done."""
    done = subprocess.run(
        [sys.executable, "-c", CALLED, *arguments],
        cwd=ROOT,
        env={"PYTHONPATH": PYTHONPATH},
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    said = json.loads(done.stderr.splitlines()[-1])
    assert said["code"] == 0, done.stderr
    return set(said["modules"])


@pytest.mark.parametrize("asked", ["--help", "--version"])
def test_help_imports_nothing_that_runs_asks_or_decides(asked: str) -> None:
    found = modules(asked)
    rooms = {name.partition(".")[0] for name in found}
    assert not rooms & {"domain", "projections", "husret", "grpc", "google", "rich", "sqlite3"}
    assert {name for name in found if name.startswith("services.")} == {
        "services.cli",
        "services.cli.exits",
        "services.cli.main",
        "services.cli.options",
        "services.terminal",
        "services.terminal.shell",
    }


def test_who_asks_another_s_server_imports_none(tmp_path: Path) -> None:
    assert main(["init", "--dir", str(tmp_path / "made")]) == 0
    with serving(tmp_path / "made"):
        found = modules("log", "tail", "--dir", str(tmp_path / "made"))
    assert "services.cli.connection" in found
    assert not {"services.api.server", "services.instance.instance", "domain.decide"} & found


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_its_options_and_says_what_it_does(command: str) -> None:
    assert f"services.cli.{COMMANDS[command].file}" in modules(command, "--help")
