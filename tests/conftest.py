"""What holds for every test: hypothesis repeats itself exactly, and Ctrl-C is heard."""

from __future__ import annotations

import os
import signal

from hypothesis import settings

from tests.support import scaled

settings.register_profile(
    "husret",
    database=None,  # nothing is written into the checkout
    deadline=None,  # a busy machine is not a failure; pytest-timeout ends what hangs
    derandomize=True,  # a red run is red again
    max_examples=scaled(50, 1_000),
)
settings.load_profile("husret")

# No test starts JSON over HTTP, at a port of its own, unless it is about that.
os.environ["HUSRET_HTTP"] = "off"


def pytest_runtest_setup() -> None:
    """Hear signals again: a shell's background job ignores Ctrl-C, and so does a served process.

    What a test starts would ignore it too.
    """
    for number, heard in (
        (signal.SIGINT, signal.default_int_handler),
        (signal.SIGTERM, signal.SIG_DFL),
    ):
        if signal.getsignal(number) is signal.SIG_IGN:
            signal.signal(number, heard)
