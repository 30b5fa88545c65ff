"""A question's options: one for each field of its message, and each fills its field."""

from __future__ import annotations

import pytest
from google.protobuf.descriptor import FieldDescriptor

from husret.v1 import eligibility_service_pb2 as pb
from services.cli import questions
from services.cli.checks import CHECKS
from services.cli.main import parser

NUMBER, WORD, FLAG = (
    FieldDescriptor.TYPE_INT32,
    FieldDescriptor.TYPE_ENUM,
    FieldDescriptor.TYPE_BOOL,
)


def option(field: FieldDescriptor) -> list[str]:
    """What is typed to fill a field, in words of the contract."""
    name = "--" + field.name.removesuffix("_dwelling_id").removesuffix("_id").replace("_", "-")
    if field.type == FLAG:
        return [name]
    if field.type == NUMBER:
        return [name, "7"]
    if field.type != WORD:
        return [name, f"a {field.name}"]
    assert field.enum_type is not None
    unspecified, _, last = [field.enum_type.values[i].name for i in (0, 1, -1)]
    word = last.removeprefix(unspecified.removesuffix("UNSPECIFIED")).lower()
    return [name, word if field.name == "basis" else word.replace("_", "-")]


@pytest.mark.parametrize("name", CHECKS)
def test_every_field_of_a_question_is_filled_by_an_option_of_its_name(name: str) -> None:
    message = getattr(pb, f"{CHECKS[name].kind}Question")
    fields = message.DESCRIPTOR.fields
    typed = [word for field in fields for word in option(field)]
    question = questions.filled(message, parser("check").parse_args(["check", name, *typed]))
    assert [field.name for field, _ in question.ListFields()] == sorted(
        (field.name for field in fields),
        key=lambda each: message.DESCRIPTOR.fields_by_name[each].number,
    )
    for field, value in question.ListFields():
        if field.type == WORD:
            value = value[0] if field.is_repeated else value
            assert value == field.enum_type.values[-1].number
        elif field.type == NUMBER:
            assert value == 7
        elif field.type == FLAG:
            assert value is True
        else:
            assert value == f"a {field.name}"


@pytest.mark.parametrize("name", CHECKS)
def test_what_is_left_unsaid_is_no_value(name: str) -> None:
    message = getattr(pb, f"{CHECKS[name].kind}Question")
    required = {"household_id", "dwelling_id"}
    required |= {field for field, more in CHECKS[name].special.items() if more.get("required")}
    typed = [
        word
        for field in message.DESCRIPTOR.fields
        if field.name in required
        for word in option(field)
    ]
    question = questions.filled(message, parser("check").parse_args(["check", name, *typed]))
    defaults = {field for field, more in CHECKS[name].special.items() if "default" in more}
    assert {field.name for field, _ in question.ListFields()} == required | defaults


def test_a_condition_that_can_be_denied_is_denied_with_no() -> None:
    typed = ["check", "sublet", "--household", "h", "--dwelling", "d", "--no-whole"]
    question = questions.filled(pb.SubletQuestion, parser("check").parse_args(typed))
    assert question.HasField("whole")
    assert not question.whole
