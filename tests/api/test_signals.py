"""A server that is asked to stop ends, at whatever instant it is asked."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import pytest

from tests.api.test_server import ROOT, process
from tests.support import PYTHONPATH, scaled

pytestmark = pytest.mark.skipif(not hasattr(signal, "sigwait"), reason="needs POSIX signals")

STARTS = """
    import json, os, random, signal, sys, time
    from pathlib import Path
    from services.api import server

    directory, count = Path(sys.argv[1]), int(sys.argv[2])
    chance = random.Random(1)
    ends = {}
    for _ in range(count):
        # A child forgets a signal that comes before it has come to itself: the fork's doing.
        signal.pthread_sigmask(signal.SIG_BLOCK, (15, 2))
        child = os.fork()
        signal.pthread_sigmask(signal.SIG_UNBLOCK, (15, 2))
        if child == 0:
            os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
            server.serve(directory)
            os._exit(0)
        time.sleep(chance.uniform(0, 0.4))
        for number in chance.choice([(15,), (2,), (15, 15), (2, 15), (15, 2, 15)]):
            try:
                os.kill(child, number)
            except ProcessLookupError:
                break
        until = time.monotonic() + 30
        while True:
            gone, status = os.waitpid(child, os.WNOHANG)
            if gone:
                how = str(os.waitstatus_to_exitcode(status))
                break
            if time.monotonic() > until:
                os.kill(child, signal.SIGKILL)
                os.waitpid(child, 0)
                how = "never"
                break
            time.sleep(0.002)
        ends[how] = ends.get(how, 0) + 1
    print(json.dumps(ends))
"""
"""Forks before anything of gRPC has begun, so that a start takes no time for its imports."""


@pytest.mark.timeout(1_600)
def test_every_start_ends_at_whatever_instant_the_signal_comes(directory: Path) -> None:
    count = scaled(40, 1_000)
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(STARTS), str(directory), str(count)],
        cwd=ROOT,
        env={"PYTHONPATH": PYTHONPATH, "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        timeout=1_500,
    )
    assert done.returncode == 0, done.stderr
    ends = json.loads(done.stdout)
    print(f"{count} starts ended with {ends}")
    # A signal that comes before the server has taken hold of it ends the process at once.
    before = {str(-signal.SIGTERM), str(-signal.SIGINT), "1"}
    assert sum(ends.values()) == count
    assert set(ends) <= {"0", *before}
    assert ends.get("0", 0) > count / 2


def test_further_signals_do_not_end_a_server_that_is_stopping(directory: Path) -> None:
    for _ in range(scaled(3, 20)):
        with process(directory) as (child, _):
            while child.poll() is None:
                child.send_signal(signal.SIGTERM)
                child.send_signal(signal.SIGINT)
                time.sleep(0.001)
            assert child.returncode == 0


HANDLED = """
    import signal, sys, threading
    from contextlib import contextmanager
    from pathlib import Path
    from services.api import server

    LOCKS = (type(threading.Lock()), type(threading.RLock()))

    @contextmanager
    def during(running):
        taken = []

        def note(frame, event, called):
            if event == "c_call" and isinstance(getattr(called, "__self__", None), LOCKS):
                taken.append(called.__name__)

        for number in (signal.SIGTERM, signal.SIGINT):
            handler = signal.getsignal(number)
            sys.setprofile(note)
            handler(number, None)
            sys.setprofile(None)
        print(taken)
        yield

    server.serve(Path(sys.argv[1]), during=during)
"""


def test_what_handles_a_signal_takes_no_lock(directory: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(HANDLED), str(directory)],
        cwd=ROOT,
        env={"PYTHONPATH": PYTHONPATH, "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert (done.returncode, done.stdout) == (0, "[]\n"), done.stderr
