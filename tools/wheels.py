"""Build the three wheels and try each in an empty environment outside the checkout.

    python -m tools.wheels

The checkout's own folders would hide a file that a wheel lacks, so every trial runs in a
temporary folder, and a variable that points Python back here is not handed on.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

CLIENT_TRIAL = """
import importlib, importlib.util, pkgutil
import husret.v1

server = [name for name in ("domain", "services", "projections") if importlib.util.find_spec(name)]
assert not server, f"the client alone brought packages of the server: {server}"
messages = 0
for module in pkgutil.iter_modules(husret.v1.__path__, "husret.v1."):
    loaded = importlib.import_module(module.name)
    descriptor = getattr(loaded, "DESCRIPTOR", None)
    for name in descriptor.message_types_by_name if descriptor else ():
        kind = getattr(loaded, name)
        assert kind.FromString(kind().SerializeToString()) == kind()
        messages += 1
assert messages, "husret.v1 holds no message"
print(f"husret-client alone: {messages} messages built and read back")
"""

VERIFIER_TRIAL = """
import importlib, importlib.metadata, pkgutil
import husret_verify

others = {each.name for each in importlib.metadata.distributions()} - {"pip", "setuptools"}
assert others <= {"husret-verify", "cryptography", "cffi", "pycparser"}, others
modules = [each.name for each in pkgutil.iter_modules(husret_verify.__path__, "husret_verify.")]
for name in modules:
    importlib.import_module(name)
print(f"husret-verify alone: {len(modules)} modules imported")
"""


def build(folder: Path, target: Path) -> Path:
    """Build the wheel of the distribution in `folder` into `target` and return its path."""
    before = set(target.glob("*.whl"))
    run([sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(target)], folder)
    (wheel,) = set(target.glob("*.whl")) - before
    return wheel


def environment(folder: Path, wheels: list[Path]) -> Path:
    """Make an environment in `folder` that holds the wheels and their requirements only."""
    venv.create(folder, with_pip=True)
    install = ["-m", "pip", "install", "-qq", "--disable-pip-version-check"]
    run([str(folder / "bin" / "python"), *install, *map(str, wheels)], folder)
    return folder / "bin"


def run(command: list[str], folder: Path) -> None:
    """Run `command` in `folder`; stop with its exit code when it fails."""
    variables = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}
    finished = subprocess.run(command, cwd=folder, env=variables, stdin=subprocess.DEVNULL)
    if finished.returncode:
        sys.exit(f"This failed with exit code {finished.returncode}: {command}")


def main() -> None:
    """Build and try the distributions."""
    with tempfile.TemporaryDirectory(prefix="husret-wheels-") as scratch:
        place = Path(scratch)
        client = build(ROOT / "protos", place)
        verifier = build(ROOT / "verify", place)
        server = build(ROOT, place)
        alone = environment(place / "client", [client])
        run([str(alone / "python"), "-c", CLIENT_TRIAL], place)
        checking = environment(place / "verifier", [verifier])
        run([str(checking / "python"), "-c", VERIFIER_TRIAL], place)
        whole = environment(place / "server", [client, verifier, server])
        run([str(whole / "husret"), "--help"], place)
        run([str(whole / "husret"), "demo"], place)
    print("The three wheels work outside the checkout.")


if __name__ == "__main__":
    main()
