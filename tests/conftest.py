"""What holds for every test: hypothesis repeats itself exactly, and Ctrl-C is heard."""

from __future__ import annotations

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

if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    # A shell's background job ignores it, and so would every process that a test starts.
    signal.signal(signal.SIGINT, signal.default_int_handler)
