"""Every sentence about a finding can be said: none stands behind one that always fits first."""

from __future__ import annotations

import pytest

from domain.law.editions import EDITIONS
from domain.law.explain import _fields
from domain.law.kernel import Status
from domain.law.texts.kinds import RuleText

SAID = [
    pytest.param(text, id=rule_id)
    for edition in EDITIONS.values()
    for table in (edition.texts.RULES, edition.texts.OLDER_RULES)
    for rule_id, text in table.items()
]


@pytest.mark.parametrize("text", SAID)
def test_no_sentence_stands_behind_one_that_fits_whenever_it_does(text: RuleText) -> None:
    never: list[tuple[Status, str]] = [
        (status, sentence.text.da)
        for status, sentences in text.findings.items()
        for number, sentence in enumerate(sentences)
        for earlier in sentences[:number]
        if set(earlier.when) <= set(sentence.when)
        and _fields(earlier.text.da) <= _fields(sentence.text.da)
    ]
    assert never == []
