"""What holds for every test: hypothesis repeats itself exactly and keeps no database."""

from __future__ import annotations

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
