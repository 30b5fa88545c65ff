"""Figures of few persons leave the service nowhere: every method, and every command, is tried.

Shares that stand for a handful of residents are recorded of an area, on a list and apart from it;
the law is read so that an area's status asks for them, and its answers are made of them. Then each
method is called with whatever it takes, and neither answers nor refusals may show them.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import grpc
import pytest
from google.protobuf.descriptor import Descriptor, FieldDescriptor
from google.protobuf.message_factory import GetMessageClass

from domain.shown import HIDDEN
from husret.v1 import (
    area_service_pb2,
    audit_service_pb2,
    core_pb2,
    distance_service_pb2,
    eligibility_service_pb2,
    fact_service_pb2,
    report_service_pb2,
    tenancy_service_pb2,
)
from services.cli import main as cli
from services.instance.instance import Instance
from tests.api.client import Client, an_id, area_figures, context
from tests.api.conftest import served
from tests.area_figures.test_import import file_of as figures_file
from tests.area_lists.files import a_list, an_area, file_of

SERVICES = {
    service.name: service
    for module in (
        area_service_pb2,
        audit_service_pb2,
        distance_service_pb2,
        eligibility_service_pb2,
        fact_service_pb2,
        report_service_pb2,
        tenancy_service_pb2,
    )
    for service in module.DESCRIPTOR.services_by_name.values()
}
FEW = "9999-lillevang"
LIST_DAYS = ("2022-12-01", "2023-12-01", "2024-12-01", "2025-12-01")
DAY = "2024-06-03"

SHARES = {"convicted_share": "0.271", "unattached_share": "99.773", "nonwestern_share": "0.353"}
"""Of 1,103 residents: three persons, one of 275 who is attached, and four."""

CANARIES = tuple(
    written.encode()
    for value in SHARES.values()
    for written in (value, value.replace(".", ","), value[:-1] + ".", f'"{value}"')
)

LAST = ("RecordFacts", "CorrectFact", "RetractFact", "EraseSubject", "AcceptClock")
"""The methods that change what the others show."""


def a_row(list_day: str, **cells: str) -> dict[str, str]:
    said = {name: value.replace(".", ",") for name, value in SHARES.items()}
    where = {
        "municipality": "9999",
        "area": FEW,
        "name": "Lillevang",
        "residents": "1103",
        "confidence": "made_up",
    }
    return an_area(**where, list_day=list_day, **(said | cells))


def listed(convicted: str = "") -> bytes:
    """The lists of all days; with another share in place of all where one is given."""
    # What a refusal repeats of the file itself, its sender knows.
    others = dict.fromkeys(SHARES, "")
    other = others | {"convicted_share": convicted} if convicted else {}
    rows = [a_row(day, **other) for day in LIST_DAYS]
    lists = [
        a_list(list_day=day, kind=kind, complete="9999", published_total="1")
        for day in LIST_DAYS
        for kind in ("vulnerable",)
    ]
    return file_of(*lists, *rows)


def imports(content: bytes, **values: Any) -> area_service_pb2.ImportAreaListsRequest:
    return area_service_pb2.ImportAreaListsRequest(
        context=context(purpose="import"),
        request_id=an_id(),
        file_name="lists.csv",
        content=content,
        accept_implausible=True,
        accept_new=True,
        **values,
    )


def set_up(client: Client) -> None:
    """Record the area with its shares, and the reading that asks for them."""
    client.areas.ImportAreaLists(imports(listed()), timeout=20)
    shares: dict[str, Any] = {**SHARES}
    few = fact_service_pb2.Figures(residents=1103, **shares)
    client.facts.RecordFacts(
        fact_service_pb2.RecordFactsRequest(
            context=context(),
            request_id=an_id(),
            facts=[
                fact_service_pb2.Fact(
                    reading_chosen=fact_service_pb2.ReadingChosen(
                        point="AMB-LIST",
                        reading="b",
                        first_day="2018-12-01",
                        chosen_by="made up",
                        reason="made up",
                    )
                ),
                area_figures(area=FEW, reference_day="2024-01-01", figures=few),
                fact_service_pb2.Fact(
                    dwelling_recorded=fact_service_pb2.DwellingRecorded(
                        dwelling_id="dar-1",
                        municipality="9999",
                        kind=core_pb2.DWELLING_KIND_FAMILY,
                        area=FEW,
                        first_day="2015-01-01",
                    )
                ),
            ],
            accept_implausible=True,
        ),
        timeout=20,
    )


# --- Every method -----------------------------------------------------------------------------


class Asking:
    """Fills the message of any method with what is recorded here."""

    def __init__(self, client: Client) -> None:
        self.client = client
        self.household, self.person = client.a_household(), client.a_person()
        self.receipts: list[str] = []

    def requests(self, method: Any) -> Iterator[Any]:
        """Yield requests of a method: one of each way in which it may show figures."""
        match method.name:
            case "ImportAreaLists":
                # What stands otherwise, refused and corrected; and what is implausible beside it.
                yield imports(listed("0,171"))
                yield imports(listed("0,171"), correct=True, validate_only=True)
                doubted = imports(listed("9,9"), correct=True)
                doubted.accept_implausible = False
                yield doubted
            case "ImportAreaFigures":
                cells = {"area": FEW, "reference_day": "2024-01-01", "source": "a test"}
                row = {"figure": "convicted_share", "value": "0,171", "exact": "yes", **cells}
                for correct in (False, True):
                    yield area_service_pb2.ImportAreaFiguresRequest(
                        context=context(purpose="import"),
                        request_id=an_id(),
                        file_name="figures.csv",
                        content=figures_file(row),
                        correct=correct,
                        validate_only=True,
                    )
            case "GetDecision" | "ReplayDecision":
                for receipt in self.receipts:
                    request = self.filled(method.input_type)
                    request.receipt_id = receipt
                    if method.name == "GetDecision":
                        request.household_id = ""
                    yield request
            case "RecordFacts":
                for value in ("9.9", "0.171"):
                    request = fact_service_pb2.RecordFactsRequest(
                        context=context(), request_id=an_id()
                    )
                    figures = fact_service_pb2.Figures(convicted_share=value)
                    for day in ("2024-01-01", "2023-12-01", "2024-02-01"):
                        fact = area_figures(area=FEW, reference_day=day, figures=figures)
                        request.facts.append(fact)
                    yield request
            case "CorrectFact" | "RetractFact":
                asked = audit_service_pb2.ListEventsRequest(context=context(), page_size=1_000)
                for event in self.client.audit.ListEvents(asked).events:
                    if event.type in ("area.figures", "area.listed"):
                        request = self.filled(method.input_type)
                        request.fact_id = event.event_id
                        yield request
            case _:
                request = self.filled(method.input_type)
                if {"day", "consistency"} <= {field.name for field in method.input_type.fields}:
                    if method.name.startswith("List"):
                        request.day = ""
                    request.consistency.at_least_position = self.client.head()
                yield request

    def note(self, answer: Any) -> None:
        """Remember a receipt, to show it and compute it again."""
        decision = getattr(answer, "decision", None)
        if decision is not None and decision.receipt_id not in ("", *self.receipts):
            self.receipts.append(decision.receipt_id)

    def filled(self, descriptor: Descriptor) -> Any:
        message = GetMessageClass(descriptor)()
        for field in descriptor.fields:
            self._fill(message, field)
        return message

    def _fill(self, message: Any, field: FieldDescriptor) -> None:
        name = field.name
        known = {
            "area": FEW,
            "municipality": "",
            "day": DAY,
            "upto": DAY,
            "dwelling_id": "dar-1",
            "household_id": self.household,
            "person_id": self.person,
            "request_id": an_id(),
            "organisation": "0042",
            "name": "Lillevang",
            "reason": "made up",
            "policy": "made-up",
        }
        if field.message_type is not None:
            if name == "context":
                message.context.CopyFrom(context())
            elif field.is_repeated or name in ("consistency", "fact"):
                return
            else:
                getattr(message, name).CopyFrom(self.filled(field.message_type))
        elif field.is_repeated or name in ("preview", "validate_only", "omit_texts"):
            return
        elif field.enum_type is not None:
            setattr(message, name, 1)
        elif name == "year":
            message.year = 2024
        elif field.type == FieldDescriptor.TYPE_STRING and name in known:
            setattr(message, name, known[name])


def tried(client: Client, service: Any, method: Any, asked: Any) -> tuple[list[Any], list[bytes]]:
    """Return what a method answers, and all that it says where it refuses."""
    of: Any = client.channel.unary_stream if method.server_streaming else client.channel.unary_unary
    call = of(
        f"/{service.full_name}/{method.name}",
        request_serializer=lambda message: message.SerializeToString(),
        response_deserializer=GetMessageClass(method.output_type).FromString,
    )
    try:
        answer = call(asked, timeout=30)
        return (list(answer) if method.server_streaming else [answer]), []
    except grpc.RpcError as refused:
        error: Any = refused
        said = [str(error).encode()]
        for _, value in error.trailing_metadata() or ():
            said.append(value if isinstance(value, bytes) else value.encode())
        return [], said


@pytest.mark.parametrize("kind", ["client", "organisation"])
def test_no_method_shows_a_figure_of_few_persons(kind: str, request: pytest.FixtureRequest) -> None:
    client: Client = request.getfixturevalue(kind)
    set_up(client)
    asking = Asking(client)
    methods = [(service, each) for service in SERVICES.values() for each in service.methods]
    # What is answered is recorded first, and shown again and taken back after.
    methods.sort(
        key=lambda pair: (
            pair[1].name in LAST,
            LAST.index(pair[1].name) if pair[1].name in LAST else 0,
            pair[0].name != "EligibilityService",
        )
    )
    hidden, answered = set(), set()
    for service, method in methods:
        for asked in asking.requests(method):
            answers, refusal = tried(client, service, method, asked)
            for each in answers:
                answered.add(method.name)
                asking.note(each)
            for said in (*(each.SerializeToString() for each in answers), *refusal):
                for canary in CANARIES:
                    assert canary not in said, (method.name, canary, said)
                if HIDDEN.encode() in said:
                    hidden.add(method.name)
    assert len(asking.receipts) > 2
    shows = {"GetAreaStatus", "GetAreaTimeline", "ListAreaStatus", "ImportAreaLists"}
    if kind == "client":
        # Whether the area is one where nobody may be referred to is a matter of its figures.
        shows |= {"CheckReferral", "GetDecision"}
    assert answered >= {"GetAreaReport", "ListPlanProgress", "ReplayDecision", "ListEvents"}
    assert hidden >= shows, (shows - hidden, hidden)


# --- Every command ----------------------------------------------------------------------------


def test_no_command_and_no_file_of_a_report_shows_one(
    directory: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with served(Instance.open(directory, today=lambda: date(2026, 6, 15))) as client:
        set_up(client)
        asking = Asking(client)
        for name in ("CheckReferral", "CheckPlan", "CheckDispensation"):
            service = SERVICES["EligibilityService"]
            method = service.methods_by_name[name]
            for asked in asking.requests(method):
                for answer in tried(client, service, method, asked)[0]:
                    asking.note(answer)
    assert len(asking.receipts) == 3
    changed, out = tmp_path / "lists.csv", tmp_path / "report"
    changed.write_bytes(listed("0,171"))
    commands: list[list[str]] = [
        ["area", "status", FEW, "--day", DAY],
        ["area", "timeline", FEW],
        ["area", "figures", FEW],
        ["area", "tools", FEW, "--on", DAY],
        ["area", "list"],
        ["area", "lists"],
        ["log", "tail"],
        ["log", "verify"],
        ["report", "lists"],
        ["report", "plans"],
        ["report", "areas", "--year", "2023"],
        ["report", "areas", "--year", "2023", "--out", str(out), *FORMATS],
        ["import", "area-lists", str(changed)],
        ["import", "area-lists", str(changed), "--correct", "--accept-implausible"],
        *(["show", receipt] for receipt in asking.receipts),
        *(["replay", receipt] for receipt in asking.receipts),
        ["status"],
    ]
    ran, said = 0, ""
    for command in commands:
        for more in ([], ["--json"]):
            with contextlib.suppress(SystemExit):
                ran += cli.main([*command, "--dir", str(directory), *more]) == 0
            printed = "".join(capsys.readouterr())
            for canary in CANARIES:
                assert canary.decode() not in printed, (command, canary)
            said += printed
    assert ran > len(commands)
    assert HIDDEN in said
    files = [each for each in out.iterdir() if each.is_file()]
    assert len(files) > 10
    for file in files:
        for canary in CANARIES:
            assert canary not in file.read_bytes(), (file.name, canary)


FORMATS = ["--format", "html", "--format", "csv", "--format", "json", "--format", "svg"]
"""The form that prints is made of the page; other tests look at it."""
