"""A question is declared once: the contract, the command line and the page say what it says."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import Annotated, Any

import pytest
from google.protobuf.descriptor import Descriptor

from domain.facts import ControllerKind
from domain.facts.declared import ORGANISATION, Field, UndeclaredError
from domain.law.home import HomeQuestion
from domain.law.question import PlaceQuestion, QuestionKind, question
from domain.purposes import PURPOSES
from domain.questions import KINDS, PAGE_TYPES, RECEIPT_TYPES
from husret.v1 import eligibility_service_pb2 as pb
from services.cli.waiting_list import SCREENED
from tools import questions as questions_page

ROOT = Path(__file__).parent.parent
SERVICE = pb.DESCRIPTOR.services_by_name["EligibilityService"]
OF_THE_CALL = {"context", "request_id", "preview", "omit_texts", "consistency"}
"""What a request says beside its question."""
every_kind = pytest.mark.parametrize("kind", KINDS.values(), ids=list(KINDS))


def _message(kind: QuestionKind) -> Descriptor:
    found: Descriptor = getattr(pb, kind.message).DESCRIPTOR
    return found


@every_kind
def test_a_question_has_the_fields_of_its_message_and_no_others(kind: QuestionKind) -> None:
    contract = {field.name for field in _message(kind).fields} - OF_THE_CALL
    assert contract == {slot.wire for slot in kind.fields}


@every_kind
def test_the_contract_asks_each_question_alone(kind: QuestionKind) -> None:
    request = SERVICE.methods_by_name[kind.method].input_type
    within = request.fields_by_name.get("question")
    assert (request if within is None else within.message_type) is _message(kind)


def test_a_batch_takes_every_question_that_is_asked_alone_and_recorded() -> None:
    batch = pb.CheckQuestion.DESCRIPTOR.oneofs_by_name["question"].fields
    alone = {name for name, kind in KINDS.items() if kind.method.startswith("Check")}
    assert {field.name for field in batch} == alone
    for field in batch:
        assert field.message_type is _message(KINDS[field.name])


def test_a_list_can_be_asked_what_a_batch_can_and_each_by_its_own_command() -> None:
    fields = pb.ScreenWaitingListRequest.DESCRIPTOR.oneofs_by_name["question"].fields
    assert [kind.name for kind in SCREENED] == [field.name for field in fields]
    assert {kind.name for kind in SCREENED} == {"referral", "letting"}


def test_what_is_asked_about_nobody_leaves_a_receipt_only_where_it_is_about_an_area() -> None:
    of_somebody = {name for name, kind in KINDS.items() if not kind.of_nobody}
    of_areas = {name for name, kind in KINDS.items() if issubclass(kind.struct, PlaceQuestion)}
    assert set(RECEIPT_TYPES.values()) == of_somebody | of_areas
    assert set(PAGE_TYPES.values()) == of_somebody
    assert set(KINDS) - of_somebody - of_areas == {"certificate"}


@every_kind
def test_a_question_is_asked_in_both_languages_and_by_some_controller(kind: QuestionKind) -> None:
    assert kind.da.endswith("?"), kind.name
    assert kind.en.endswith("?"), kind.name
    assert kind.asked_by <= set(ControllerKind)
    assert kind.asked_by
    assert kind.purpose in PURPOSES
    for slot in kind.fields:
        assert slot.said.da != slot.said.en, (kind.name, slot.name)


def test_a_field_whose_meaning_is_not_said_is_refused() -> None:
    class Meaningless(HomeQuestion, frozen=True, kw_only=True):
        """Is it so?"""

        shoes: Annotated[str, Field("skostørrelsen")]

    declare: Any = question("shoes", da="Er det?", asked_by=ORGANISATION)
    with pytest.raises(UndeclaredError, match="what shoes means"):
        declare(Meaningless)


def test_the_page_of_questions_is_current() -> None:
    written = questions_page.DOCUMENT.read_text("utf-8")
    assert written == questions_page.page(), "run `python -m tools.questions`"


MOST_OF_A_TABLE = 4
"""A few kinds may be treated alike in some place; a table of more says something of each."""


def test_no_table_says_something_of_each_question_beside_its_declaration() -> None:
    structs = {kind.struct.__name__ for kind in KINDS.values()}
    tables = [
        (path.name, getattr(node, "lineno", 0))
        for room in ("domain", "services", "projections", "tools")
        for path in sorted((ROOT / room).rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if len(_named(node) & (structs | set(KINDS))) > MOST_OF_A_TABLE
        # An edition names the steps of each, and texts put each answer into words.
        and path.parent.name != "editions"
        and path.name != "texts.py"
    ]
    assert tables == []


def _named(node: ast.AST) -> set[str]:
    """The names and words that stand in a table side by side."""
    match node:
        case ast.Dict():
            entries: list[Any] = node.keys
        case ast.Set() | ast.List() | ast.Tuple():
            entries = node.elts
        case _:
            return set()
    return {
        str(getattr(each, "value", getattr(each, "attr", getattr(each, "id", ""))))
        for each in entries
    }
