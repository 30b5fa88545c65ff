"""A question's options: one for each field of its message, and each fills its field."""

from __future__ import annotations

from typing import Any

import pytest
from google.protobuf.descriptor import FieldDescriptor

from husret.v1 import eligibility_service_pb2 as pb
from services.cli import questions
from services.cli.checks import ASKED
from services.cli.main import parser

NUMBERS = (FieldDescriptor.TYPE_INT32, FieldDescriptor.TYPE_INT64)
WORD, FLAG = FieldDescriptor.TYPE_ENUM, FieldDescriptor.TYPE_BOOL


def option(field: FieldDescriptor) -> list[str]:
    """What is typed to fill a field, in words of the contract."""
    name = "--" + field.name.removesuffix("_dwelling_id").removesuffix("_id").replace("_", "-")
    if field.type == FLAG:
        return [name, "yes"] if field.has_presence else [name]
    if field.type in NUMBERS:
        return [name, "7"]
    if field.type != WORD:
        return [name, f"a {field.name}"]
    assert field.enum_type is not None
    unspecified, _, last = [field.enum_type.values[i].name for i in (0, 1, -1)]
    word = last.removeprefix(unspecified.removesuffix("UNSPECIFIED")).lower()
    return [name, word if field.name == "basis" else word.replace("_", "-")]


every_question = pytest.mark.parametrize("name", ASKED)


def _fields(name: str) -> list[FieldDescriptor]:
    """The fields of a question's message; of one that is a request, those that are asked."""
    beside = {"context", "omit_texts", "consistency"}
    fields = getattr(pb, ASKED[name].message).DESCRIPTOR.fields
    return [field for field in fields if field.name not in beside]


def _typed(name: str, words: list[str]) -> Any:
    return questions.filled(ASKED[name], parser("check").parse_args(["check", name, *words]))


@every_question
def test_every_field_of_a_question_is_filled_by_an_option_of_its_name(name: str) -> None:
    fields = _fields(name)
    question = _typed(name, [word for field in fields for word in option(field)])
    by_number = sorted(fields, key=lambda field: field.number)
    assert [field.name for field, _ in question.ListFields()] == [each.name for each in by_number]
    for field, value in question.ListFields():
        if field.type == WORD:
            value = value[0] if field.is_repeated else value
            assert value == field.enum_type.values[-1].number
        elif field.type in NUMBERS:
            assert value == 7
        elif field.type == FLAG:
            assert value is True
        else:
            assert value == f"a {field.name}"


@every_question
def test_what_is_left_unsaid_is_no_value(name: str) -> None:
    kind = ASKED[name]
    by_wire = {slot.wire: slot for slot in kind.fields}
    usual = {wire for wire, slot in by_wire.items() if slot.said.usual}
    needed = {wire for wire, slot in by_wire.items() if slot.required} - usual - {"day"}
    typed = [word for field in _fields(name) if field.name in needed for word in option(field)]
    assert {field.name for field, _ in _typed(name, typed).ListFields()} == needed | usual


def test_a_condition_that_can_be_denied_is_denied_with_no() -> None:
    question = _typed("sublet", ["--household", "h", "--dwelling", "d", "--whole", "no"])
    assert question.HasField("whole")
    assert not question.whole


def test_what_was_asked_is_told_in_words_and_what_was_left_unsaid_is_not() -> None:
    kind = ASKED["dispensation"]
    options = parser("check").parse_args(
        ["check", "dispensation", "--area", "9999-elmehegnet", "--under", "stk-3"]
    )
    [asked, *stated] = questions.told(kind, options)
    assert asked == (kind.da, kind.en)
    assert [said.da for said in stated] == [
        "efter hvilket stykke i § 168 a: stk-3",
        "hvem der har udarbejdet planen: joint",
    ]
    relabelling = ["check", "relabelling", "--area", "9999-elmehegnet", "--agreed", "no"]
    told = list(questions.told(ASKED["relabelling"], parser("check").parse_args(relabelling)))
    assert len(told) == 2
    assert told[1].da.endswith(": nej")
