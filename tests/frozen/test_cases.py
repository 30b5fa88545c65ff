"""Files of cases in the format as it first was are read by every later release."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

from services.cases import trying

FIRST = Path(__file__).parent / "cases_1.yaml"


def test_a_file_of_the_first_format_is_read() -> None:
    tried = list(trying.tried([FIRST]))
    assert len(tried) == 117
    assert {each.id: each.wrong for each in tried if each.wrong} == {}


def test_the_file_is_the_one_of_then() -> None:
    assert sha256(FIRST.read_bytes()).hexdigest() == (
        "bf5bcf286e35d535661ee4fd2b55c91f68d1525aba0ced6bc2efe8dd70947854"
    )
