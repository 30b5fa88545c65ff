"""Write docs/walks.md from the scripts in docs/walks/ and from what they print.

`python -m tools.walks` runs them and writes it; a test fails when it is not current.

A walk is a shell script that somebody could type. Its first comment says who walks, and the comment
above each command or group of commands is a step.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

DOCS = Path(__file__).parent.parent / "docs"
DOCUMENT = DOCS / "walks.md"
SCRIPTS = sorted((DOCS / "walks").glob("*.sh"))

HEAD = """# Walks

Each of these is a script in [walks/](walks/) that anybody can type along, from an empty folder: no
program of one's own, and no id that is made here. The shell must find `husret`, which `make demo`
puts into `.venv/bin`: name that folder in `PATH`. A test runs them on a fresh instance.
`python -m tools.walks` writes this page: a step, its commands, and the first line that each of them
prints (`…`: an id that is another one each time).
"""

_LONGEST = 110
"""Characters of a first line that the page shows."""

_MARK = "\x1e"
_TRACE = f"""exec 9>&1
BASH_XTRACEFD=9
PS4=$'\\n{_MARK}$((BASH_LINENO[0]?BASH_LINENO[0]:LINENO)):'
set -x
"""
"""Has bash say each command's line, among what is printed, and not where a variable takes it."""

_MADE_HERE = re.compile(
    r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"  # a UUID
    r"|(?<=-)[0-9a-f]{8}(?=\.[a-z]+ )"  # the beginning of one, in a file's name
    r"|[A-Za-z0-9+/]{43}="  # a hash
    r"|\d+(?= bytes)"  # of a page that says when it was asked
)
"""What is another one each time."""


class Step(NamedTuple):
    """What is done, and the commands of husret that do it, by the line that they begin on."""

    said: str
    commands: Mapping[int, str]


class Walked(NamedTuple):
    """How a walk went: its exit code, what it printed by line of the script, and its errors."""

    code: int
    printed: Mapping[int, str]
    errors: str

    @property
    def out(self) -> str:
        """All that was printed."""
        return "".join(self.printed.values())


def walk(script: Path, folder: Path) -> Walked:
    """Run a walk in an empty folder, with the husret of this environment."""
    trace = folder / ".trace"
    trace.write_text(_TRACE, encoding="utf-8")
    kept = {name: value for name, value in os.environ.items() if not name.startswith("HUSRET_")}
    done = subprocess.run(
        ["bash", str(script)],
        cwd=folder,
        env={
            **kept,
            "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
            "BASH_ENV": str(trace),
            "HUSRET_DIR": "husret-data",
            "HUSRET_LISTEN": "127.0.0.1:0",
            "HUSRET_HTTP": "127.0.0.1:0",
        },
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
        encoding="utf-8",
        timeout=120,
    )
    printed: dict[int, str] = {}
    for part in done.stdout.split(f"\n{_MARK}")[1:]:
        traced, _, out = part.partition("\n")
        line = int(traced.partition(":")[0])
        printed[line] = printed.get(line, "") + out
    return Walked(done.returncode, printed, done.stderr)


def steps(script: Path) -> list[Step]:
    """Return the steps that ask husret for something: the paragraphs, but for the first."""
    _, *paragraphs = _paragraphs(script)
    made = []
    for begins, lines in paragraphs:
        said = [line.lstrip("# ") for line in lines if line.startswith("#")]
        commands: dict[int, str] = {}
        number, command = begins, ""
        for at, line in enumerate(lines, begins):
            number, command = (number, f"{command} {line.strip()}") if command else (at, line)
            if command.endswith("\\"):
                command = command.removesuffix("\\").rstrip()
                continue
            if command.startswith(("husret ", "post ")) or "$(husret " in command:
                commands[number] = command
            command = ""
        if commands:
            made.append(Step(" ".join(said), commands))
    return made


def _paragraphs(script: Path) -> list[tuple[int, list[str]]]:
    """Return what stands between empty lines, each with the number of its first line."""
    found: list[tuple[int, list[str]]] = []
    for number, line in enumerate(script.read_text(encoding="utf-8").splitlines(), 1):
        if not line:
            found.append((number + 1, []))
        elif found:
            found[-1][1].append(line)
        else:
            found.append((number, [line]))
    return found


def table(script: Path, walked: Walked) -> str:
    """Return a walk as its part of the page: who walks, and a row for each step."""
    _, title, _, *who = (line.lstrip("#").strip() for line in _paragraphs(script)[0][1])
    rows = ["| step | commands | what they print first |", "|---|---|---|"]
    for step in steps(script):
        typed = "<br>".join(_code(command) for command in step.commands.values())
        first = "<br>".join(_code(_first(walked.printed.get(line, ""))) for line in step.commands)
        rows.append(f"| {step.said} | {typed} | {first} |")
    name = script.relative_to(DOCS)
    told = " ".join([f"[{name}]({name}).", *who[:-1]])
    return "\n\n".join([f"## {title}", told, "\n".join(rows)])


def _first(printed: str) -> str:
    line = next((line for line in printed.splitlines() if line.strip()), "")
    line = _MADE_HERE.sub("…", line.lstrip("\ufeff").strip())
    return line if len(line) <= _LONGEST else f"{line[: _LONGEST - 1]}…"


def _code(text: str) -> str:
    return f"`{text}`".replace("|", "\\|") if text else "–"


def page(tables: list[str]) -> str:
    """Return the whole page."""
    return "\n\n".join([HEAD.rstrip(), *tables]) + "\n"


def main() -> int:
    """Run all walks and write the page."""
    tables = []
    for script in SCRIPTS:
        with TemporaryDirectory() as folder:
            walked = walk(script, Path(folder))
        if walked.code:
            print(f"{script.name}: exit code {walked.code}\n{walked.errors}", file=sys.stderr)
            return 1
        tables.append(table(script, walked))
    DOCUMENT.write_text(page(tables), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
