"""Write docs/calls.md: every call as JSON over HTTP, as gRPC, and on the command line.

`python -m tools.calls` writes it; a test fails when it is not current, when a request can't be
read, or when a command can't be understood.
"""

from __future__ import annotations

import json
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from google.protobuf.descriptor import Descriptor, FieldDescriptor, MethodDescriptor

from domain.questions import KINDS
from services.api.contract import METHODS, PREFIX, SERVICES
from services.cli import questions
from services.cli.checks import ASKED

DOCUMENT = Path(__file__).parent.parent / "docs" / "calls.md"
HEAD = """# Every call, three ways

`python -m tools.calls` writes this page from the protos. [api.md](api.md) says what the calls do
and what they are refused for, [facts.md](facts.md) and [questions.md](questions.md) what their
fields mean. Each request is a body that JSON over HTTP and grpcurl take alike. Ids are made up, and
most of what may be left out is. Where a command says the same, it stands last.

The two functions that the calls are written with, for a server that was started by
`husret serve --dir "$HUSRET_DIR"`:

```sh
token=$(cat "$HUSRET_DIR/api.token")
json() {
  curl -sS "http://127.0.0.1:50052/husret.v1.$1" -d "$2" \\
    -H "Authorization: Bearer $token" -H "Content-Type: application/json"
}
grpc() {
  grpcurl -plaintext -H "authorization: Bearer $token" -d "$2" 127.0.0.1:50051 "husret.v1.$1"
}
```
"""

HOUSEHOLD = "0b6c2c1e-7a54-4a5c-9a3f-2f1d8f0f6a11"
PERSON = "5f0f3c52-0d0b-4a53-8a06-0a7a9a1e4c22"
RECEIPT = "fff51b8b-9624-5d41-a873-5a2e454fca66"
STEP = "3d1f7c7e-5f0e-4c0a-8b1b-6d2f9a4e7b33"
REQUEST = "8c5b1a90-2f6e-4f0d-9c3a-7e4d5b6a8f44"

WHOLE: dict[str, Any] = {
    "context": {"actor": "letting-system", "purpose": "case"},
    "facts": [{"personRegistered": {"personId": PERSON}}],
    "fact": {
        "benefitPeriod": {
            "personId": PERSON,
            "benefit": "BENEFIT_KONTANTHJAELP",
            "firstDay": "2024-01-01",
            "lastDay": "2024-08-31",
        }
    },
    "files": [{"name": "benefits.csv", "content": "a2luZDsuLi4K"}],
    "checks": [
        {
            "referral": {
                "householdId": HOUSEHOLD,
                "dwellingId": "dwelling-1",
                "basis": "REFERRAL_BASIS_STK_1",
            }
        }
    ],
    "referral": {"dwellingId": "dwelling-1", "basis": "REFERRAL_BASIS_STK_1", "day": "2024-10-15"},
    "place": {"point": {"easting": 588000.0, "northing": 6140000.0}, "uncertaintyM": 50.0},
    "candidates": [
        {"key": "a-1", "waitingList": "WAITING_LIST_ORDINARY", "registeredOn": "2020-03-01"}
    ],
    "parcels": [
        {
            "outer": {
                "points": [
                    {"easting": 588000.0, "northing": 6140000.0},
                    {"easting": 588100.0, "northing": 6140000.0},
                    {"easting": 588100.0, "northing": 6140100.0},
                    {"easting": 588000.0, "northing": 6140000.0},
                ]
            }
        }
    ],
    "basis": {"receiptIds": [RECEIPT]},
    "decision": {
        "context": {"actor": "letting-system", "purpose": "audit"},
        "receiptId": RECEIPT,
    },
}
"""What stands for a field that holds messages, by the field's name."""

BASES = {"EligibilityService/AttestBenefitCondition": "almenboligloven § 51 c, stk. 3"}
"""Where a call must say the section that allows it."""

SAID: dict[str, Any] = {
    "requestId": REQUEST,
    "position": 1,
    "firstSize": 1,
    "householdId": HOUSEHOLD,
    "householdIds": [HOUSEHOLD],
    "personId": PERSON,
    "factId": STEP,
    "receiptId": RECEIPT,
    "dwellingId": "dwelling-1",
    "area": "9999-kastanjeparken",
    "municipality": "9999",
    "organisation": "0042",
    "day": "2024-10-15",
    "firstDay": "2024-11-01",
    "lastDay": "2025-01-31",
    "deadline": "2024-10-22",
    "vacantFrom": "2024-11-01",
    "year": 2023,
    "fileName": "lists.csv",
    "content": "cmVjb3JkOy4uLgo=",
    "policy": "retention-5-years",
    "reason": "ntp was off until 12 March",
    "offence": "offence-1",
    "vacancyId": STEP,
    "allocationId": STEP,
    "offerId": STEP,
    "tenancyId": STEP,
    "decisionId": STEP,
    "externalId": "letting:117",
    "saleId": "sale-1",
    "sale": "sale-1",
    "whole": True,
    "untilNow": True,
}
"""What stands for a field of plain values, by the field's name."""

LEFT_OUT = {
    "FactService/EraseSubject": {"householdId"},
    "FactService/ListFacts": {"householdId"},
    "ReportService/GetSubjectReport": {"householdId"},
    "ReportService/GetAreaReport": {"area"},
    "ReportService/GetDecisionReport": {"householdId"},
    "AuditService/GetDecision": {"householdId"},
    "AuditService/ListDecisions": {"householdId", "dwellingId", "municipality"},
    "AuditService/ListOriginDependants": {"firstDay"},
    "EligibilityService/OrderCandidates": {"criteria"},
}
"""Fields whose sample would say more than is meant."""

PURPOSES = {
    "FactService/CorrectFact": "correction",
    "FactService/RetractFact": "correction",
    "FactService/EraseSubject": "erasure",
    "ReportService/GetSubjectReport": "subject_access",
    "ReportService/GetDecisionReport": "audit",
    "ReportService/GetPeriodReport": "audit",
    "AreaService/ImportAreaLists": "import",
    "AreaService/ImportAreaFigures": "import",
    "FactService/RecordFiles": "import",
    "AuditService/AcceptClock": "operation",
}

COMMANDS = {
    "FactService/LookUp": "lookup letting:117",
    "FactService/RecordFacts": f"record --kind person_registered --set person_id={PERSON}",
    "FactService/CorrectFact": f"correct {STEP} correction.yaml",
    "FactService/RetractFact": f"retract {STEP}",
    "FactService/EraseSubject": f"erase --person {PERSON} --policy retention-5-years",
    "DistanceService/MeasureDistance": f"measure --person {PERSON} --offence offence-1 "
    "--dwelling dwelling-1 --parcels parcels.geojson --place 588000,6140000 --within 50",
    "EligibilityService/BatchCheck": "batch questions.jsonl",
    "EligibilityService/ScreenWaitingList": "check waiting-list referral --dwelling dwelling-1 "
    "--basis stk_1 --households list.txt",
    "EligibilityService/OrderCandidates": "order candidates.jsonl --due ordinary",
    "EligibilityService/AttestBenefitCondition": f"attest --household {HOUSEHOLD} "
    f"--person {PERSON} --condition receives-51c",
    "AreaService/ListAreaLists": "area lists",
    "AuditService/ListDecisions": "decisions --outcome permitted --area 9999-kastanjeparken "
    "--from 2024-11-01 --to 2025-01-31",
    "AuditService/ListOriginDependants": "log origin",
    "ReportService/GetLetter": f"letter {STEP}",
    "TenancyService/RecordVacancy": "tenancy vacancy dwelling-1 --from 2024-11-01",
    "TenancyService/WithdrawVacancy": f"tenancy withdraw-vacancy {STEP} --reason not-to-be-let",
    "TenancyService/GetDueChannel": f"tenancy due {STEP}",
    "TenancyService/AllocateVacancy": f"tenancy allocate {STEP}",
    "TenancyService/ReleaseAllocation": f"tenancy release {STEP} --reason given-back",
    "TenancyService/MakeOffer": f"tenancy offer {STEP} --household {HOUSEHOLD} "
    "--deadline 2024-10-22",
    "TenancyService/AcceptOffer": f"tenancy accept {STEP}",
    "TenancyService/RefuseOffer": f"tenancy refuse {STEP}",
    "TenancyService/LapseOffer": f"tenancy lapse {STEP}",
    "TenancyService/WithdrawOffer": f"tenancy withdraw-offer {STEP}",
    "TenancyService/CommenceTenancy": f"tenancy contract {STEP} --first-day 2024-11-01",
    "TenancyService/GiveNotice": f"tenancy notice {STEP} --by tenant --last-day 2025-01-31",
    "TenancyService/EndTenancy": f"tenancy end {STEP} --cause notice --last-day 2025-01-31",
    "TenancyService/FreeDwelling": "tenancy free dwelling-1",
    "TenancyService/ListVacancies": "tenancy vacancies 0042",
    "FactService/RecordFiles": "record benefits.csv",
    "FactService/ListFacts": f"facts person {PERSON} --class benefits --purpose audit",
    "AreaService/ImportAreaLists": "import area-lists lists.csv",
    "AreaService/ImportAreaFigures": "import figures figures.csv",
    "AreaService/GetAreaFigures": "area figures 9999-kastanjeparken",
    "AreaService/GetAreaStatus": "area status 9999-kastanjeparken --day 2024-10-15",
    "AreaService/GetAreaTimeline": "area timeline 9999-kastanjeparken",
    "AreaService/GetAreaTools": "area tools 9999-kastanjeparken --on 2024-10-15",
    "AreaService/ListAreaStatus": "area list --day 2024-10-15",
    "AuditService/GetDecision": f"show {RECEIPT}",
    "AuditService/ReplayDecision": f"replay {RECEIPT}",
    "AuditService/ExportProof": f"export {RECEIPT}",
    "AuditService/DecideAgain": f"decision {RECEIPT} --now",
    "AuditService/ListMovedDecisions": "decisions --stale",
    "AuditService/TryLaw": "law try --origin-suspended",
    "AuditService/ReplayDecisions": "replay --all",
    "WatchService/Watch": "watch --until-now",
    "AuditService/ListEvents": "log tail",
    "AuditService/VerifyLog": "log verify",
    "AuditService/GetCheckpoint": "log checkpoint",
    "AuditService/GetInclusionProof": "log prove 1",
    "AuditService/GetConsistencyProof": "log prove --since 1",
    "AuditService/GetHealth": "status",
    "AuditService/AcceptClock": "clock accept --reason 'ntp was off until 12 March'",
    "ReportService/GetAreaReport": "report areas --year 2023",
    "ReportService/GetDecisionReport": f"report decision {RECEIPT}",
    "ReportService/GetPeriodReport": "report period 2024-11-01 2025-01-31",
    "ReportService/RenderReport": f"report decision {RECEIPT} --format html --out FOLDER",
    "ReportService/GetCombinedLettingReport": "report combined-letting --year 2023",
    "ReportService/GetSubjectReport": f"report subject --person {PERSON}",
    "ReportService/ListListMovements": "report lists",
    "ReportService/ListLedgerTallies": "report ledger --organisation 0042",
    "ReportService/ListPlanProgress": "report plans",
    "TenancyService/GetTenancy": "tenancy show dwelling-1",
    "TenancyService/GetAllocationLedger": "ledger 0042",
}
"""The command of a method that is no question."""

QUESTIONS = {f"EligibilityService/{kind.method}": kind for kind in KINDS.values()}
"""The question that a method asks."""


def page() -> str:
    """Return the whole page."""
    parts = [HEAD]
    for service in SERVICES:
        parts.append(f"## {service.name}\n")
        for method in service.methods:
            name = f"{service.name}/{method.name}"
            lines = [
                f"body={shlex.quote(json.dumps(request(name), ensure_ascii=False))}",
                f'json {name} "$body"',
                f'grpc {name} "$body"',
                *([f"husret {command(name)}"] if command(name) else []),
            ]
            code = "\n".join(lines)
            parts.append(f"### {method.name}\n\n```sh\n{code}\n```\n")
    return "\n".join(parts)


def method_of(name: str) -> MethodDescriptor:
    """Return a method by its service and its own name."""
    return METHODS[PREFIX + name]


def request(name: str) -> dict[str, Any]:
    """Return an example of a method's request, as JSON has it."""
    kind = method_of(name).input_type
    made = _filled(kind, LEFT_OUT.get(name, set()), _question_of(name))
    if "context" in made:
        usual = "audit" if name.startswith("AuditService/") else made["context"]["purpose"]
        purpose = QUESTIONS[name].purpose if name in QUESTIONS else PURPOSES.get(name, usual)
        basis = {"legalBasis": BASES[name]} if name in BASES else {}
        made["context"] = {**made["context"], "purpose": purpose, **basis}
    return made


def command(name: str) -> str:
    """Return the words after `husret` that do the same; "" where there is no such command."""
    for word, kind in ASKED.items():
        if name == f"EligibilityService/{kind.method}":
            return f"check {word}{''.join(_options(word, request(name)))}"
    return COMMANDS.get(name, "")


def _options(word: str, asked: dict[str, Any]) -> Iterator[str]:
    kind = ASKED[word]
    message = method_of(f"EligibilityService/{kind.method}").input_type
    said = asked
    inner = message.fields_by_name["question"].message_type if "question" in asked else None
    if inner is not None:
        said, message = asked["question"], inner
    for slot in kind.fields:
        field = message.fields_by_name[slot.wire]
        if field.json_name in said:
            value = said[field.json_name]
            for each in value if isinstance(value, list) else [value]:
                if field.enum_type is not None:
                    number = field.enum_type.values_by_name[each].number
                    words = {value: word for word, value in questions.words(field).items()}
                    each = words[number]
                each = {True: "yes", False: "no"}.get(each, each)
                yield f" --{slot.name.replace('_', '-')} {shlex.quote(str(each))}"


def _question_of(name: str) -> set[str] | None:
    """Return the fields that a question must have, by their names on the wire."""
    kind = QUESTIONS.get(name)
    if kind is None:
        return None
    return {slot.wire for slot in kind.fields if slot.required} | {"day"}


def _filled(kind: Descriptor, without: set[str], required: set[str] | None) -> dict[str, Any]:
    made: dict[str, Any] = {}
    chosen: set[str] = set()
    for field in kind.fields:
        name, oneof = field.json_name, field.containing_oneof
        if name in without or (oneof is not None and oneof.name in chosen):
            continue
        value = _sample(field, required)
        if value is not None:
            made[name] = value
            if oneof is not None:
                chosen.add(oneof.name)
    return made


def _sample(field: FieldDescriptor, required: set[str] | None) -> Any:
    name = field.json_name
    if field.message_type is not None:
        if field.message_type.name.endswith("Question") and name not in WHOLE:
            return _filled(field.message_type, set(), required or {"household_id", "dwelling_id"})
        if field.message_type.name == "StepBasis" or name != "basis":
            return WHOLE.get(name)
        return None
    holder = field.containing_type
    is_of_question = holder is not None and holder.name.endswith("Question")
    if is_of_question and required is not None and field.name not in required:
        return None
    if field.enum_type is not None:
        value = field.enum_type.values[1].name
        return [value] if field.is_repeated else value
    return SAID.get(name)


if __name__ == "__main__":
    DOCUMENT.write_text(page(), encoding="utf-8")
