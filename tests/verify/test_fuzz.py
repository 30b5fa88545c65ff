"""No mutation of a bundle is called valid unless it says the same, and none is a crash.

`make fuzz` tries a million, and lets a coverage-guided fuzzer look for more.
"""

from __future__ import annotations

from collections import Counter
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from husret_verify import bundle as bundles
from husret_verify.problems import Unreadable
from tests.support import scaled
from tests.verify.mutating import (
    REFUSED,
    SAME,
    UNREADABLE,
    blob,
    judged,
    mutated,
    read_back,
    worlds,
)


@given(st.randoms(use_true_random=False))
def test_a_mutated_bundle_is_refused_or_says_the_same(random: Random) -> None:
    judged(*mutated(random))


def test_mutations_reach_every_verdict() -> None:
    random = Random(13)
    counts = Counter(judged(*mutated(random)) for _ in range(scaled(400, 20_000)))
    assert min(counts[verdict] for verdict in (SAME, REFUSED, UNREADABLE)) > 20


@given(st.binary())
def test_bytes_are_no_bundle(data: bytes) -> None:
    with pytest.raises(Unreadable):
        bundles.read(data)


@given(st.randoms(use_true_random=False))
def test_a_payload_that_is_read_has_no_other_spelling(random: Random) -> None:
    payload = random.choice(worlds())[0].answer.data
    assert read_back(payload)
    read_back(blob(random, payload))


def test_a_judge_that_is_fooled_is_noticed() -> None:
    of, proved, text = worlds()[0]
    other = worlds()[3][1]
    assert judged(text, of, proved) == SAME
    with pytest.raises(AssertionError, match="called valid"):
        judged(text, of, other)
