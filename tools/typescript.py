"""Make a client in TypeScript of `openapi.json`, compile it, and run it against a new instance.

    python -m tools.typescript FOLDER

FOLDER has the packages of package.json in its node_modules; what is made is left there.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from services.instance import token
from tools.openapi import TARGET
from tools.proto import ROOT

SMOKE = ROOT / "tests" / "http" / "smoke.ts"
HUSRET = [sys.executable, "-m", "services.cli"]
FREE = "127.0.0.1:0"


def main() -> None:
    """Do it in the folder that the argument names; ends with the exit code of what fails."""
    folder = Path(sys.argv[1]).resolve()
    bin = folder / "node_modules" / ".bin"
    (folder / "package.json").write_text('{"private": true, "type": "module"}')
    run(folder, bin / "openapi-typescript", TARGET, "-o", "husret.d.ts")
    shutil.copy(SMOKE, folder)
    options = ("--strict", "--skipLibCheck", "--target", "es2022", "--module", "nodenext")
    run(folder, bin / "tsc", *options, "--lib", "es2022,dom,dom.iterable", SMOKE.name)
    with tempfile.TemporaryDirectory() as scratch:
        place = Path(scratch) / "instance"
        run(ROOT, *HUSRET, "init", "--dir", place)
        server = subprocess.Popen(
            [*HUSRET, "serve", "--dir", place, "--json", "--listen", FREE, "--http", FREE],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        try:
            assert server.stdout is not None  # it is a pipe
            url = json.loads(server.stdout.readline())["http"]
            held = token.load(place / token.FILE)
            run(folder, "node", SMOKE.with_suffix(".js").name, url, held)
        finally:
            server.terminate()
            server.communicate()


def run(folder: Path, *command: str | Path) -> None:
    """Run a command; stop with its exit code when it fails."""
    done = subprocess.run(command, cwd=folder, stdin=subprocess.DEVNULL)
    if done.returncode:
        sys.exit(f"This failed with exit code {done.returncode}: {Path(command[0]).name}")


if __name__ == "__main__":
    main()
