"""Ctrl-C at any instant ends a command without a traceback."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support import PYTHONPATH

ROOT = Path(__file__).resolve().parents[2]
BEFORE = "import os, signal\nimport services.cli.__main__\nos.kill(os.getpid(), signal.SIGINT)\n"
DURING = """
import os, signal, sys
from pathlib import Path
from services.cli.__main__ import main
from services.cli import main as commands

def run(options):
{run}

class Interrupted(commands.Command):
    def fill(self, name, parser):
        parser.set_defaults(run=run)

commands.COMMANDS["status"] = Interrupted("none", "")
sys.exit(main(["status"]))
"""
INTERRUPT = "os.kill(os.getpid(), signal.SIGINT)"
IN_AN_IMPORT = f"""
    Path("slow.py").write_text("import os, signal\\n{INTERRUPT}\\n")
    sys.path.insert(0, ".")
    import slow
"""
IN_THE_COMMAND = f"""
    {INTERRUPT}
"""
MADE_ANOTHER_ERROR = f"""
    try:
        {INTERRUPT}
    except KeyboardInterrupt:
        raise ImportError("a library failed to import") from None
"""


@pytest.mark.parametrize(
    ("code", "ended"),
    [
        (BEFORE, -signal.SIGINT),
        (DURING.format(run=IN_AN_IMPORT), -signal.SIGINT),
        (DURING.format(run=IN_THE_COMMAND), 1),
        (DURING.format(run=MADE_ANOTHER_ERROR), 1),
    ],
    ids=["before the command", "in an import", "in the command", "as another error"],
)
def test_an_interrupt_ends_a_command_and_says_nothing(
    code: str, ended: int, tmp_path: Path
) -> None:
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=tmp_path,
        env={"PYTHONPATH": PYTHONPATH},
        capture_output=True,
        text=True,
        timeout=60,
    )

    assert (done.returncode, done.stderr) == (ended, "")
