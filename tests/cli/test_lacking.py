"""The sheet named for what an answer lacks states a fact that docs/api.md says supplies it."""

from __future__ import annotations

import re
from pathlib import Path

from husret.v1 import core_pb2, fact_service_pb2
from services.api.nouns import NOUNS
from services.cli import lacking

PAGE = Path(__file__).resolve().parents[2] / "docs" / "api.md"
FACTS = {field.name for field in fact_service_pb2.Fact.DESCRIPTOR.fields}
ROW = re.compile(r"^\| (`[^|]+) \| [^|]+ \| ([^|]+) \|$", re.MULTILINE)


def supplied() -> dict[str, str]:
    """Return what the page says supplies each kind of missing fact."""
    [table] = re.findall(
        r"^`Decision.missing.*?(?=^`Decision\.)", PAGE.read_text("utf-8"), re.M | re.S
    )
    return {kind: by for kinds, by in ROW.findall(table) for kind in re.findall(r"`(\w+)`", kinds)}


def stated_in(sheet: str) -> set[str]:
    """Return the kinds of fact that a sheet states."""
    return {made.kind for made in NOUNS[sheet].makes} if sheet in NOUNS else {sheet}


def test_a_sheet_is_named_for_whatever_one_fact_alone_supplies_and_states_it() -> None:
    for kind, by in supplied().items():
        facts = FACTS & set(re.findall(r"`(\w+)`", by))
        sheet = lacking.template([core_pb2.MissingFact(kind=kind)])
        assert not sheet or facts & stated_in(sheet) or sheet == kind, kind
        one_alone = re.fullmatch(r"`\w+`", by) and facts
        assert sheet or not one_alone, kind


def test_what_is_measured_is_what_the_page_says_is_measured() -> None:
    measured = {kind for kind, by in supplied().items() if by.startswith("`MeasureDistance`")}
    assert measured == set(lacking.MEASURED)
