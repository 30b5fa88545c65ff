"""docs/api.md is complete: whoever reads it meets no code or method that it does not explain."""

from __future__ import annotations

import re
from pathlib import Path

from domain import screening
from domain.facts import kinds
from domain.law.editions import CURRENT
from domain.purposes import PURPOSES
from domain.questions import KINDS
from husret.v1 import (
    area_service_pb2,
    audit_service_pb2,
    distance_service_pb2,
    eligibility_service_pb2,
    error_reason_pb2,
    fact_service_pb2,
    tenancy_service_pb2,
)
from services.api import (
    area_figures,
    area_service,
    audit_service,
    contract,
    eligibility_service,
    errors,
    fact_files,
    lanes,
    pages,
    server,
)
from services.api.facts import MOST_FACTS
from services.tenancies import requirements as tenancies

DOCS = Path(__file__).resolve().parent.parent.parent / "docs"
PAGE = (DOCS / "api.md").read_text()
QUESTIONS = (DOCS / "questions.md").read_text()


def unexplained(codes: set[str]) -> list[str]:
    return sorted(code for code in codes if f"`{code}`" not in PAGE)


def test_every_purpose_is_explained() -> None:
    assert unexplained(set(PURPOSES)) == []


def test_every_reason_of_an_error_is_explained_and_used() -> None:
    names = set(error_reason_pb2.ErrorReason.keys()) - {"ERROR_REASON_UNSPECIFIED"}
    assert unexplained(names) == []
    names.remove("ERROR_REASON_REQUEST_FORM")  # which HTTP alone has
    assert {error_reason_pb2.ErrorReason.Name(kind.reason) for kind in errors.KINDS} == names


def test_every_code_of_an_answer_is_explained() -> None:
    codes = {
        *CURRENT.texts.MISSING,
        *CURRENT.texts.CHANGES,
        *CURRENT.texts.DUTIES,
        *CURRENT.texts.WARNINGS,
        *CURRENT.texts.SUPPLIERS,
    }
    assert unexplained(codes) == []


def test_duties_and_warnings_are_explained_once_and_no_other() -> None:
    for field, known in (
        ("duties[].code", CURRENT.texts.DUTIES),
        ("warnings[]", CURRENT.texts.WARNINGS),
    ):
        [line] = [each for each in PAGE.splitlines() if each.startswith(f"`Decision.{field}`:")]
        named = re.findall(r"`([A-Z0-9_]+)`", line)
        assert sorted(set(named) - {"UNDETERMINED"}) == sorted(known)


def test_every_table_stands_below_its_head() -> None:
    lines = PAGE.splitlines()
    loose = [
        line
        for before, line, after in zip(["", *lines], lines, [*lines[1:], ""], strict=False)
        if line.startswith("|") and not before.startswith("|") and not after.startswith("| --")
    ]
    assert loose == []


def test_every_method_is_explained() -> None:
    modules = (
        area_service_pb2,
        audit_service_pb2,
        distance_service_pb2,
        eligibility_service_pb2,
        fact_service_pb2,
        tenancy_service_pb2,
    )
    methods = {
        f"{service.name}.{method.name}"
        for module in modules
        for service in module.DESCRIPTOR.services_by_name.values()
        for method in service.methods
    }
    declared = {f"EligibilityService.{kind.method}" for kind in KINDS.values()}
    checks = {each for each in methods & declared if ".Check" in each}
    assert unexplained(methods - checks) == []
    assert "`EligibilityService.Check…`" in PAGE
    assert all(f"\n`{each.partition('.')[2]}`; " in QUESTIONS for each in checks)


def test_the_limits_are_those_of_the_code() -> None:
    for what, most in (
        ("facts in one `RecordFacts`", f"{MOST_FACTS:,}"),
        ("questions in one `BatchCheck`", f"{eligibility_service.LARGEST_BATCH:,}"),
        (
            "households of one waiting list",
            f"{eligibility_service.LONGEST_LIST:,}, and {screening.LARGEST_PAGE:,} on a page",
        ),
        ("flats or properties named by one fact", f"{kinds.MOST_FLATS:,}"),
        ("a file of area lists", f"{area_service.LARGEST_FILE // 2**20} MiB"),
        ("a file of figures", f"{area_figures.LARGEST_FILE // 2**20} MiB"),
        (
            "files of facts in one `RecordFiles`, and all of them",
            f"{fact_files.MOST_FILES}, and {fact_files.LARGEST_FILES // 2**20} MiB",
        ),
        ("a request", f"{contract.LARGEST_MESSAGE // 2**20} MiB"),
        (
            "events, or periods, on a page",
            f"{pages.LARGEST_PAGE:,} ({pages.DEFAULT_PAGE} when `page_size` is 0)",
        ),
        ("a name, a decision-maker", f"{kinds.LONGEST_NAME} characters"),
        ("a source", f"{kinds.LONGEST_SOURCE} characters"),
        ("reasons", f"{kinds.LONGEST_REASONS:,} characters"),
        ("parcels of an area", f"{kinds.MOST_PARCELS:,}"),
        ("areas named by one fact", f"{kinds.MOST_AREAS}"),
        ("receipts that one step rests on", f"{tenancies.MOST_RECEIPTS}"),
        ("calls in progress or waiting", f"{server.MOST_CALLS}"),
        (
            "of them, those of one certificate, or of one connection without",
            f"{server.MOST_OF_PEER}",
        ),
        (
            "for a request to come whole",
            f"{lanes.ARRIVAL:.0f} seconds; {lanes.PATIENCE:.0f} while others wait for its place "
            f"({lanes.BULK_PATIENCE:.0f} for a file or a waiting list)",
        ),
        (
            "for a page, or an answer, to be taken",
            f"{lanes.TAKING:.0f} seconds; {lanes.BULK_PATIENCE:.0f} for a page while other waiting "
            "lists wait for its place",
        ),
        ("the reason for accepting a clock", f"{audit_service.LONGEST_REASON} characters"),
    ):
        assert f"| {what} | {most} |" in PAGE
