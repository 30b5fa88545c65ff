"""`domain/law/checks.yaml` says of every rule what was read, and what was found."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from domain.law.editions import EDITIONS
from domain.law.kernel import Confidence

CHECKS: dict[str, Any] = yaml.safe_load(
    (Path(__file__).parents[2] / "domain" / "law" / "checks.yaml").read_text(encoding="utf-8")
)


RULES = {id: rule for edition in EDITIONS.values() for id, rule in edition.rules.items()}
"""Every rule that an edition has, as the newest that has it."""


def test_every_rule_of_an_edition_was_compared_with_its_act_and_no_other() -> None:
    assert set(CHECKS) == set(RULES)


@pytest.mark.parametrize("rule_id", sorted(RULES))
def test_the_check_names_what_was_read_by_whom_when_and_what_was_found(rule_id: str) -> None:
    check = CHECKS[rule_id]
    assert set(check) - {"not_read"} == {"checked_by", "checked_on", "read", "found"}
    assert isinstance(check["checked_on"], date)
    assert check["checked_by"]
    assert check["found"]
    assert check["read"]
    for read in check["read"]:
        assert re.fullmatch(r"\d{4}_\d+", read["act"]), read
        assert re.fullmatch(r"\d+[a-z]?", read["section"]), read
        assert re.fullmatch(r"[0-9a-f]{64}", read["sha256"]), read


@pytest.mark.parametrize("rule_id", sorted(RULES))
def test_a_section_that_the_citation_names_was_read(rule_id: str) -> None:
    cited = {
        number + letter
        for number, letter in re.findall(r"§ (\d+)(?: ([a-z])\b)?", _citation(rule_id))
    }
    check = CHECKS[rule_id]
    assert cited <= {each["section"] for each in (*check["read"], *check.get("not_read", ()))}


def test_a_rule_whose_own_text_was_not_read_is_not_said_to_be_seen() -> None:
    for rule_id, check in CHECKS.items():
        if "not_read" in check:
            assert RULES[rule_id].confidence is not Confidence.TEXT_SEEN


def _citation(rule_id: str) -> str:
    return RULES[rule_id].section
