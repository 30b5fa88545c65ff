"""Change the law one operator at a time and see whether a test notices.

    python -m tools.mutation [--every N] [--tests PATH ...] [--fail-over PERCENT]

cosmic-ray changes files in place, so it works on a copy of the checkout. `mutmut` was tried and
left: it passes over decorated functions, and each rule is one.
"""

from __future__ import annotations

import argparse
import shlex
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from cosmic_ray.work_db import WorkDB, use_db
from cosmic_ray.work_item import TestOutcome, WorkerOutcome, WorkResult

ROOT = Path(__file__).resolve().parent.parent
COPIED = ("domain", "services", "projections", "protos", "verify", "tests", "pyproject.toml")

# `X | None` in an annotation is never evaluated, so these mutants are all equal to the original.
EQUIVALENT = "core/ReplaceBinaryOperator_BitOr_"


def configuration(tests: list[str]) -> str:
    """Return cosmic-ray's configuration for `domain/law`, judged by `tests`."""
    pytest = [sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider"]
    command = shlex.join([*pytest, "-m", "not strace and not revision_guard", *tests])
    return (
        "[cosmic-ray]\n"
        'module-path = "domain/law"\n'
        "timeout = 120.0\n"
        "excluded-modules = []\n"
        f'test-command = "{command}"\n'
        "[cosmic-ray.distributor]\n"
        'name = "local"\n'
    )


def thin(session: Path, every: int) -> None:
    """Leave out the equivalent mutants and keep each `every`-th of the others, in a fixed order."""
    with use_db(session, WorkDB.Mode.open) as work:
        kept = 0
        for item in sorted(work.pending_work_items, key=lambda item: repr(item.mutations)):
            equivalent = any(m.operator_name.startswith(EQUIVALENT) for m in item.mutations)
            kept += not equivalent
            if equivalent or kept % every:
                work.set_result(item.job_id, WorkResult(worker_outcome=WorkerOutcome.SKIPPED))


def report(session: Path) -> float:
    """Print each surviving mutant's difference and the count; return the survivors in percent."""
    with use_db(session, WorkDB.Mode.open) as work:
        tried = [r for _, r in work.results if r.worker_outcome == WorkerOutcome.NORMAL]
    survivors = [result for result in tried if result.test_outcome == TestOutcome.SURVIVED]
    for survivor in survivors:
        print(survivor.diff, end="\n\n")
    percent = 100 * len(survivors) / len(tried) if tried else 0.0
    print(f"{len(survivors)} of {len(tried)} mutants of domain/law survived ({percent:.1f} %)")
    return percent


def main() -> None:
    """Run the mutants and print the survivors; exit 1 when more survive than allowed."""
    parser = argparse.ArgumentParser(prog="python -m tools.mutation")
    parser.add_argument("--every", type=int, default=1, help="try each N-th mutant only")
    parser.add_argument("--tests", nargs="+", default=["tests/law"], help="the tests that judge")
    parser.add_argument("--fail-over", type=float, default=100.0, help="survivors, in percent")
    arguments = parser.parse_args()

    with tempfile.TemporaryDirectory(prefix="husret-mutation-") as scratch:
        copy = Path(scratch)
        for name in COPIED:
            source = ROOT / name
            if source.is_dir():
                shutil.copytree(source, copy / name, ignore=shutil.ignore_patterns("__pycache__"))
            else:
                shutil.copy2(source, copy / name)
        (copy / "cosmic-ray.toml").write_text(configuration(arguments.tests))

        def cosmic_ray(command: str, *files: str) -> None:
            finished = subprocess.run(
                [sys.executable, "-m", "cosmic_ray.cli", command, "cosmic-ray.toml", *files],
                cwd=copy,
            )
            if finished.returncode:
                sys.exit(f"cosmic-ray {command} failed; its message is above.")

        cosmic_ray("baseline")  # fails when the tests fail on the unchanged law
        cosmic_ray("init", "session.sqlite")
        thin(copy / "session.sqlite", arguments.every)
        cosmic_ray("exec", "session.sqlite")
        if report(copy / "session.sqlite") > arguments.fail_over:
            sys.exit(1)


if __name__ == "__main__":
    main()
