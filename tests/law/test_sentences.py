"""Every sentence about a finding can be said: none stands behind one that always fits first."""

from __future__ import annotations

import pytest

from domain.law.editions import CURRENT
from domain.law.explain import _fields
from domain.law.kernel import Status


@pytest.mark.parametrize("rule_id", [*CURRENT.texts.RULES, *CURRENT.texts.OLDER_RULES])
def test_no_sentence_stands_behind_one_that_fits_whenever_it_does(rule_id: str) -> None:
    text = CURRENT.texts.RULES.get(rule_id) or CURRENT.texts.OLDER_RULES[rule_id]
    never: list[tuple[Status, str]] = [
        (status, sentence.text.da)
        for status, sentences in text.findings.items()
        for number, sentence in enumerate(sentences)
        for earlier in sentences[:number]
        if set(earlier.when) <= set(sentence.when)
        and _fields(earlier.text.da) <= _fields(sentence.text.da)
    ]
    assert never == []
