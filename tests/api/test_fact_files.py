"""Files of facts: what is read, what is refused, and what the same file does a second time."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
import yaml

from domain.data_classes import DataClass
from domain.facts import ControllerKind
from husret.v1 import fact_service_pb2 as pb
from services.api import fact_templates
from services.api.fact_files import columns_of
from services.api.facts import FACTS
from services.cli.main import main
from services.facts.recording import Context, Draft
from services.facts.stating import _Statements
from services.instance.instance import Instance
from services.log.port import StorageError
from services.persons.reading import Reader
from tests.api.client import Client, Refusal, an_area, an_id, audit_request, context
from tests.api.conftest import DAY, served
from tests.area_lists.files import workbook

Refused = Callable[[Callable[[], object]], Refusal]
PERSON, HOUSEHOLD = (f"00000000-0000-4000-8000-00000000000{digit}" for digit in (1, 2))

FACTS_OF_ONE = [
    {"person_registered": {"person_id": PERSON, "name": "Bo Prøve"}},
    {"household_registered": {"household_id": HOUSEHOLD, "registered_on": "2026-01-01"}},
    {
        "household_member": {
            "household_id": HOUSEHOLD,
            "person_id": PERSON,
            "member_list": "declared",
            "first_day": "2026-01-01",
        }
    },
    {
        "benefit_period": {
            "person_id": PERSON,
            "benefit": "kontanthjaelp",
            "first_day": "2025-01-01",
            "last_day": "2025-05-31",
        }
    },
]


def json_lines(*facts: dict[str, Any], name: str = "facts.jsonl", **said: Any) -> pb.FactFile:
    lines = "\n".join(json.dumps(each, ensure_ascii=False) for each in facts)
    return pb.FactFile(name=name, content=lines.encode(), **said)


def rows(*lines: str, name: str = "facts.csv", encoding: str = "utf-8", **said: Any) -> pb.FactFile:
    return pb.FactFile(name=name, content="\n".join(lines).encode(encoding), **said)


def request(*files: pb.FactFile, **values: Any) -> pb.RecordFilesRequest:
    return pb.RecordFilesRequest(context=context(purpose="import"), files=files, **values)


def recorded(client: Client, *files: pb.FactFile, **values: Any) -> pb.RecordFilesResponse:
    return client.facts.RecordFiles(request(*files, **values), timeout=20)


def wrong(client: Client, *files: pb.FactFile) -> set[tuple[int, str, str]]:
    """What a check names: lines, columns and what is wrong; nothing is recorded by it."""
    before = client.head()
    found = recorded(client, *files, validate_only=True).problems
    assert client.head() == before
    return {(each.line, each.column, each.what) for each in found}


def places(client: Client, *files: pb.FactFile) -> set[tuple[int, str]]:
    return {(line, column) for line, column, _ in wrong(client, *files)}


def benefits(instance: Instance, person: str = PERSON) -> list[Any]:
    position = instance.view().position
    reader = Reader("test", "audit", "", "")
    found = instance.person_facts.standing(UUID(person), DataClass.BENEFITS, position, reader)
    return [item.fact for item in found]


# --- JSON lines and YAML --------------------------------------------------------------------


def test_a_file_of_json_lines_is_recorded_and_again_without_effect(client: Client) -> None:
    first = recorded(client, json_lines(*FACTS_OF_ONE))
    assert (first.new_facts, first.known_facts) == (4, 0)
    assert first.position == client.head() == 5
    again = recorded(client, json_lines(*FACTS_OF_ONE))
    assert (again.new_facts, again.known_facts, again.position) == (0, 4, 5)
    assert client.head() == 5


def test_a_longer_file_records_what_is_new_in_it(client: Client, instance: Instance) -> None:
    recorded(client, json_lines(*FACTS_OF_ONE))
    later = {**FACTS_OF_ONE[3]["benefit_period"], "first_day": "2025-08-01", "last_day": ""}
    longer = recorded(client, json_lines({"benefit_period": later}, *FACTS_OF_ONE))
    assert (longer.new_facts, longer.known_facts) == (1, 4)
    assert [fact.last_day for fact in benefits(instance)] == [date(2025, 5, 31), None]


def test_yaml_says_the_same_as_json_lines(client: Client) -> None:
    recorded(client, json_lines(*FACTS_OF_ONE))
    # YAML reads days as days.
    text = yaml.safe_dump(FACTS_OF_ONE).replace("'2026-01-01'", "2026-01-01")
    again = recorded(client, pb.FactFile(name="facts.yaml", content=text.encode()))
    assert (again.new_facts, again.known_facts) == (0, 4)
    listed = pb.FactFile(name="facts.json", content=json.dumps(FACTS_OF_ONE, indent=1).encode())
    assert recorded(client, listed).known_facts == 4


def test_several_files_are_one_step(client: Client) -> None:
    persons, rest = json_lines(FACTS_OF_ONE[0]), json_lines(*FACTS_OF_ONE[1:], name="rest.jsonl")
    assert wrong(client, rest) != set()
    # The person is registered by the second file.
    done = recorded(client, rest, persons)
    assert [dict(file.facts) for file in done.files] == [
        {"household_registered": 1, "household_member": 1, "benefit_period": 1},
        {"person_registered": 1},
    ]
    assert client.head() == 5


def test_every_bad_line_and_column_is_named_and_nothing_recorded(client: Client) -> None:
    bad = json_lines(
        *FACTS_OF_ONE,
        {"benefit_period": {"person_id": PERSON, "benefit": "penge", "first_day": "31-02-2025"}},
        {"benefit_perod": {}},
        {"benefit_period": {"person_id": "Bo", "benefits": [], "first_day": "2025-01-01"}},
        {"members_attested": {"household_id": HOUSEHOLD, "member_list": "declared"}},
        FACTS_OF_ONE[3],
    )
    bad.content += b"\n{'person_id'}\n[1]\n{}"
    assert places(client, bad) == {
        (5, "benefit"),
        (5, "first_day"),
        (6, "fact"),
        (7, "person_id"),
        (7, "benefit"),
        (7, "benefits"),
        (8, "first_day"),
        (9, ""),
        (10, ""),
        (11, ""),
        (12, ""),
    }
    assert (9, "", "states the same as line 4") in wrong(client, bad)


def test_without_a_check_first_a_bad_file_is_refused(client: Client, refused: Refused) -> None:
    facts = [*FACTS_OF_ONE, {"person_registered": {"person_id": "x"}}]
    refusal = refused(lambda: recorded(client, json_lines(*facts)))
    assert refusal.reason == "ERROR_REASON_INVALID_FIELDS"
    assert set(refusal.fields) == {"facts.jsonl, line 5, column person_id"}
    assert client.head() == 1


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("- &a {person_registered: {person_id: x}}\n- *a", 1),
        ("- person_registered: {person_id: x, person_id: y}", 1),
        ("- {person_registered: {<<: {person_id: x}}}", 1),
        ("person_registered: {person_id: x}", 1),
        ("- person_registered: [\n", 2),
        (f"- person_registered: {'[' * 400}{']' * 400}", 1),
        ("- household_registered: {registered_on: 2025-02-30}", 1),
        ("- !!python/object:os.system {}", 1),
    ],
)
def test_yaml_that_says_a_thing_twice_or_is_none_is_refused(
    client: Client, text: str, line: int
) -> None:
    found = wrong(client, pb.FactFile(name="facts.yaml", content=text.encode()))
    assert (line, "") in {(at, column) for at, column, _ in found}


def test_an_error_repeats_no_value(client: Client) -> None:
    secret = "Hemmelig Person"
    values = dict.fromkeys(("person_id", "benefit", "first_day", "last_day"), secret)
    files = [
        json_lines({"benefit_period": values}),
        rows("fact,person_id,benefit,first_day", f"benefit_period,{secret},{secret},{secret}"),
    ]
    for file in files:
        found = recorded(client, file, validate_only=True).problems
        assert len(found) >= 3
        assert secret not in str(found)


@pytest.mark.parametrize(
    "value", [None, True, 7, 1.5, "x", "a\nb", "\0", [], [1], [{}], {}, [None]]
)
def test_a_value_of_any_kind_in_any_field_is_answered(both: list[Client], value: Any) -> None:
    for client in both:
        stated = [
            {kind: {name.partition(".")[0]: value}} for kind in FACTS for name in columns_of(kind)
        ]
        # None of them says enough to be recorded.
        assert {line for line, _ in places(client, json_lines(*stated))} == {
            *range(1, len(stated) + 1)
        }


def test_free_text_of_nobody_that_looks_like_a_cpr_number_is_refused(client: Client) -> None:
    client.record(an_area())
    fact = {"area": "9999-elmehaven", "name": "Bo 010180-0000", "first_day": "2024-01-01"}
    assert places(client, json_lines({"area_renamed": fact})) == {(1, "name")}


def test_what_this_controller_may_not_hold_is_named_beside_what_else_is_wrong(
    organisation: Client,
) -> None:
    unreadable = {"person_registered": {"person_id": "x"}}
    file = json_lines(FACTS_OF_ONE[3], FACTS_OF_ONE[0], unreadable)
    assert places(organisation, file) == {(1, ""), (3, "person_id")}


# --- Sheets ---------------------------------------------------------------------------------

HEADER = "fact;person_id;Ydelse [benefit];Fra [first_day];Til [last_day];note"
ROW = f"benefit_period;{PERSON};kontanthjaelp;1-1-2025;31-05-2025;"


def known_as(client: Client, file: pb.FactFile) -> str:
    """How a file was read that states what is recorded already."""
    found = recorded(client, file)
    assert (found.new_facts, found.known_facts) == (0, 1)
    return found.files[0].read_as


def test_a_sheet_states_the_same_in_any_encoding_and_form(client: Client) -> None:
    recorded(client, json_lines(*FACTS_OF_ONE))
    header = HEADER.removesuffix(";note").replace("Fra", "Første dag")
    row = ROW.removesuffix(";")
    assert known_as(client, rows(header, row)) == "UTF-8, semicolons"
    assert known_as(client, rows(header, row, encoding="cp1252")) == "Windows-1252, semicolons"
    assert known_as(client, rows(header, row, encoding="utf-16")) == "UTF-16, semicolons"
    commas = [header.replace(";", ","), row.replace(";", ",")]
    assert known_as(client, rows(*commas)) == "UTF-8, commas"
    assert known_as(client, rows(*commas, separator=",", encoding="cp1252")).endswith("commas")
    cells = [header.split(";"), row.replace("1-1-2025", "2025-01-01").split(";")]
    book = pb.FactFile(name="facts.xlsx", content=workbook(cells))
    assert known_as(client, book) == "a workbook, sheet 'Sheet1'"


def test_encoding_and_separator_that_are_said_are_not_looked_for(client: Client) -> None:
    content = "\n".join([HEADER.replace("Fra", "Første dag"), ROW])
    file = pb.FactFile(name="a.csv", content=content.encode("cp1252"), encoding="utf-8")
    assert any("no text in UTF-8" in what for _, _, what in wrong(client, file))
    file = rows(content, separator=",")
    assert any("the header has one cell" in what for _, _, what in wrong(client, file))


def test_what_stands_in_a_sheet_is_named_by_the_file_s_own_columns(client: Client) -> None:
    recorded(client, json_lines(*FACTS_OF_ONE))
    bad = rows(
        HEADER.removesuffix(";note"),
        ROW.removesuffix(";").replace("31-05-2025", "31-02-2025"),
        f"person_registered;{an_id()};kontanthjaelp;;",
        f";{PERSON};;;",
        "benefit_period;x",
    )
    assert places(client, bad) == {
        (2, "Til [last_day]"),
        (3, "Ydelse [benefit]"),
        (4, "fact"),
        (5, ""),
    }


def test_a_column_of_no_kind_is_refused(client: Client) -> None:
    assert places(client, rows(HEADER, ROW)) == {(1, "note")}


def test_numbers_are_read_as_spreadsheets_write_them(client: Client) -> None:
    client.record(an_area())
    header = "area;reference_day;source;figures.residents;figures.unattached_share;figures.exact"
    files = [
        rows(
            header, f"9999-elmehaven;{day};made up;{residents};{share};{exact}", kind="area_figures"
        )
        for day, residents, share, exact in [
            ("1-12-2024", "1 200", "41,5", "ja"),
            ("1-12-2023", "1200", "41.5%", "no"),
        ]
    ]
    assert recorded(client, *files).new_facts == 2
    for residents in ("1.200", "12,5", "mange"):
        row = f"9999-elmehaven;1-12-2022;made up;{residents};41,5;ja"
        # A point may be a decimal sign: what is meant is not guessed.
        found = places(client, rows(header, row, kind="area_figures"))
        assert found == {(2, "figures.residents")}


def test_an_amount_may_be_given_in_kroner(organisation: Client, instance: Instance) -> None:
    kroner, ore = (
        rows(f"sale;used_on;{column}", f"s;2024-01-01;{amount}", kind="proceeds_use_decided")
        for column, amount in (("amount_kroner", "1.234,50 kr."), ("amount_oere", "123450"))
    )
    assert "amount_oere" not in {c for _, c, _ in wrong(organisation, kroner)}
    assert wrong(organisation, kroner) == wrong(organisation, ore)
    bad = rows("sale;amount_kroner", "s;1.234,567", kind="proceeds_use_decided")
    assert "amount_oere" in {column for _, column, _ in wrong(organisation, bad)}


def test_columns_and_words_may_be_mapped(client: Client, instance: Instance) -> None:
    recorded(client, json_lines(*FACTS_OF_ONE))
    file = rows(
        "Borger;Ydelsestype;Fra;Til;Sagsnr",
        f"{PERSON};Kontanthjælp;01-01-2025;31-05-2025;17",
        kind="benefit_period",
        columns={
            "Borger": "person_id",
            "Ydelsestype": "benefit",
            "Fra": "first_day",
            "Til": "last_day",
            "Sagsnr": "",
        },
        words={"benefit": pb.FactWords(words={"Kontanthjælp": "kontanthjaelp"})},
    )
    assert recorded(client, file).known_facts == 1
    file.content = file.content.replace(b"31-05", b"31-02")
    assert places(client, file) == {(2, "Til")}


def test_a_dwelling_s_id_is_known_however_a_file_spells_it(client: Client) -> None:
    client.record(an_area())
    dwelling = an_id()
    header = "dwelling_id;municipality;kind;area;first_day"
    spelt = [
        rows(header, f"{each};9999;family;9999-elmehaven;01.01.2000", kind="dwelling_recorded")
        for each in (dwelling, dwelling.upper())
    ]
    assert recorded(client, spelt[0]).new_facts == 1
    assert recorded(client, spelt[1]).known_facts == 1


def test_a_dwelling_outside_the_areas_says_so(client: Client) -> None:
    header = "dwelling_id;municipality;kind;area;outside_areas;first_day"
    told = [
        rows(header, f"dar-{at};9999;family;{place};01-01-2000", kind="dwelling_recorded")
        for at, place in enumerate((";ja", ";", "9999-elmehaven;ja"))
    ]
    assert [places(client, each) for each in told] == [
        set(),
        {(2, "area")},
        {(2, "area"), (2, "outside_areas")},
    ]


def test_digits_that_a_spreadsheet_took_for_a_number_get_their_zero_back(
    client: Client, instance: Instance
) -> None:
    area = {"area": "0461-ny", "name": "Ny", "municipality": "0461"}
    recorded(client, json_lines({"area_registered": area}))
    short = rows("area;name;municipality", "0461-ny;Ny;461", kind="area_registered")
    assert recorded(client, short).known_facts == 1
    # In JSON a number has no zeros to lose: nobody can tell what was meant.
    found = places(client, json_lines({"area_registered": {**area, "municipality": 461}}))
    assert (1, "municipality") in found


# --- Templates ------------------------------------------------------------------------------

_NEED_MORE = {
    "area_figures",
    "reference_figures",
    "private_referral_agreed",
    "reading_chosen",
    "dwellings_relabelled",
    "dwellings_merged",
    "plan_dispensation_applied",
    "plan_refused",
    "letting_share_decided",
    "area_change_approved",
    "criteria_set",
    "sight_attested",
    "clause_judged",
    "case_decided",
    "answer_remedied",
}
"""Kinds whose fields must go together in a way that no field's declaration says, or that rest on an
answer.
"""


@pytest.fixture
def both() -> Iterator[list[Client]]:
    """Clients of a municipality's instance and of a housing organisation's."""
    kinds = (ControllerKind.MUNICIPALITY, ControllerKind.HOUSING_ORGANISATION)
    first, second = (Instance.in_memory(kind=kind, today=lambda: DAY) for kind in kinds)
    with served(first) as municipality, served(second) as organisation:
        yield [municipality, organisation]


def test_every_template_can_be_read_and_its_example_recorded(both: list[Client]) -> None:
    needing = set()
    for kind in FACTS:
        for language in ("da", "en"):
            made = [pb.FactFile(name="a.yaml", content=fact_templates.document(kind, language))]
            if fact_templates.is_flat(kind):
                sheet = fact_templates.sheet(kind, language)
                made.append(pb.FactFile(name="a.csv", content=sheet))
            for file in made:
                found = min((wrong(client, file) for client in both), key=lambda one: _more(one))
                if any("it first" not in what for _, _, what in found):
                    needing.add(kind)
    assert needing <= _NEED_MORE


def _more(found: set[tuple[int, str, str]]) -> tuple[bool, int]:
    return any("may not hold" in what for _, _, what in found), len(found)


def test_a_template_s_header_is_in_words_with_the_declared_name_behind(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["record", "--template", "benefit_period"]) == 0
    header, holds, example = capsys.readouterr().out.splitlines()[:3]
    assert "første dag * [first_day]" in header
    assert "kontanthjaelp" in holds
    assert example.startswith(f"benefit_period;{PERSON};")
    file = tmp_path / "benefits.csv"
    assert main(["record", "--template", "benefit_period", "--language", "en", str(file)]) == 0
    assert "first day * [first_day]" in file.read_text(encoding="utf-8-sig")
    assert main(["record", "--template", "benefit_period", str(file)]) == 1
    assert main(["record", "--template", "benefit_perod"]) == 1
    assert "nearest: benefit_period" in capsys.readouterr().err


# --- A second time --------------------------------------------------------------------------


def test_an_event_id_says_nothing_to_who_guesses_what_was_stated(
    client: Client, instance: Instance
) -> None:
    recorded(client, json_lines(*FACTS_OF_ONE))
    asks = _Statements(instance, Context("test", "audit"), lambda: None)
    [fact] = benefits(instance)
    draft = Draft(fact, UUID(PERSON), DataClass.BENEFITS)
    assert asks.is_recorded(draft)
    # The same without the key, and under the key of another class or person, is not in the log.
    assert not instance.has_event(asks._id_of(draft, None))
    other = instance.keys.sealing_key(UUID(PERSON), DataClass.IDENTITY, DAY.year)
    assert not instance.has_event(asks._id_of(draft, other))
    client.erase(person_id=PERSON)
    again = _Statements(instance, Context("test", "audit"), lambda: None)
    assert not again.is_recorded(draft)


def test_a_file_is_known_again_in_another_year(refused: Refused) -> None:
    days = [DAY]
    instance = Instance.in_memory(today=lambda: days[0])
    with served(instance) as client:
        recorded(client, json_lines(*FACTS_OF_ONE))
        days[0] = date(DAY.year + 1, 1, 1)
        longer = json_lines(*FACTS_OF_ONE, {"person_registered": {"person_id": an_id()}})
        again = recorded(client, longer)
        assert (again.new_facts, again.known_facts) == (1, 4)


def test_what_was_retracted_is_not_recorded_again_by_the_same_file(client: Client) -> None:
    file = json_lines(
        {"area_registered": {"area": "9999-ny", "name": "Ny", "municipality": "9999"}}
    )
    recorded(client, file)
    [event] = [
        each
        for each in client.audit.ListEvents(audit_request(page_size=100)).events
        if each.position == 2
    ]
    client.retract(event.event_id)
    assert recorded(client, file).known_facts == 1


@contextmanager
def failing(instance: Instance, appended: bool, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Have the disk fail, before or after the events are in the log."""
    append = instance.writer.append_batch

    def fails(*arguments: Any) -> Any:
        if appended:
            append(*arguments)
        raise StorageError("a disk that fails")

    with monkeypatch.context() as broken:
        broken.setattr(instance.writer, "append_batch", fails)
        yield


@pytest.mark.parametrize("appended", [False, True])
def test_a_disk_that_fails_neither_loses_keys_nor_doubles_facts(
    client: Client,
    instance: Instance,
    refused: Refused,
    monkeypatch: pytest.MonkeyPatch,
    appended: bool,
) -> None:
    with failing(instance, appended, monkeypatch):
        refused(lambda: recorded(client, json_lines(*FACTS_OF_ONE)))
    again = recorded(client, json_lines(*FACTS_OF_ONE))
    assert (again.new_facts, again.known_facts) == ((0, 4) if appended else (4, 0))
    assert len(benefits(instance)) == 1
    assert client.head() == 5


def test_the_same_file_from_several_at_once_is_recorded_once(
    client: Client, instance: Instance
) -> None:
    file = json_lines(*FACTS_OF_ONE)
    with ThreadPoolExecutor(6) as several:
        done = list(several.map(lambda _: recorded(client, file), range(6)))
    # Who asked before it was recorded is answered as the one who recorded it.
    assert {(each.new_facts, each.known_facts) for each in done} <= {(4, 0), (0, 4)}
    assert {each.position for each in done} == {5}
    assert client.head() == 5
    assert len(benefits(instance)) == 1


def test_many_subjects_in_one_file_are_recorded_in_one_step(client: Client) -> None:
    persons = [{"person_registered": {"person_id": an_id()}} for _ in range(1_200)]
    assert recorded(client, json_lines(*persons)).new_facts == 1_200
    assert recorded(client, json_lines(*persons)).known_facts == 1_200


# --- The command line -----------------------------------------------------------------------


def test_the_command_line_says_what_it_read_and_what_is_next(
    directory: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "facts.jsonl"
    file.write_bytes(json_lines(*FACTS_OF_ONE).content)
    asked = ["record", str(file), "--dir", str(directory), "--language", "en"]
    assert main([*asked, "--dry-run"]) == 0
    said = capsys.readouterr().out
    assert "facts.jsonl (JSON lines, UTF-8): 1 benefit_period" in said
    assert "4 new, 0 recorded before\nnothing was recorded: --dry-run" in said
    assert main(asked) == 0
    assert "the log stands at position 5" in capsys.readouterr().out
    assert main([*asked, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["known_facts"] == 4


def test_the_command_line_names_every_wrong_line_of_a_long_file(
    directory: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "facts.jsonl"
    file.write_text('{"person_registered": {"person_id": "x"}}\n' * 500, encoding="utf-8")
    assert main(["record", str(file), "--dir", str(directory)]) == 1
    said = capsys.readouterr()
    assert "facts.jsonl, linje 500, kolonne person_id" in said.err
    assert said.out.endswith("intet blev registreret\n")


def test_a_mapping_is_read_from_a_file(
    directory: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file, mapping = tmp_path / "borgere.csv", tmp_path / "mapping.yaml"
    file.write_text(f"Id;Navn;Sag\n{PERSON};Bo Prøve;7\n", encoding="cp1252")
    words = {"kind": "person_registered", "columns": {"Id": "person_id", "Navn": "name"}}
    mapping.write_text(yaml.safe_dump({**words, "pass_over": ["Sag"]}), encoding="utf-8")
    asked = ["record", str(file), "--mapping", str(mapping), "--dir", str(directory)]
    assert main([*asked, "--language", "en"]) == 0
    assert "borgere.csv (Windows-1252, semicolons): 1 person_registered" in capsys.readouterr().out
    none: list[Any] = [{"colums": {}}, {"columns": ["Id"]}, [1]]
    for wrong_one in none:
        mapping.write_text(yaml.safe_dump(wrong_one), encoding="utf-8")
        assert main(asked) == 1
        assert "a mapping has kind" in capsys.readouterr().err


def test_how_the_file_of_a_correction_is_to_be_read_must_be_known(
    client: Client, refused: Refused
) -> None:
    file = pb.FactFile(
        name="a.csv",
        content=f"{HEADER}\n{ROW}\n".encode(),
        encoding="latin-7",
        separator="|",
        kind="nothing",
        systems={"dwelling": "ejd"},
    )
    correction = pb.CorrectFactRequest(
        context=context(), request_id=an_id(), fact_id=an_id(), file=file
    )
    said = refused(lambda: client.facts.CorrectFact(correction)).fields
    assert [*said] == ["file.kind", "file.systems", "file.encoding", "file.separator"]


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("a.jsonl", '{"person_registered": {"person_id": "ejd:1", "name": "B\\ud800"}}'),
        ("a.jsonl", '{"person_registered": {"person_id": "ejd:1", "\\ud800": "Bo"}}'),
        ("a.jsonl", '{"\\ud800": {"person_id": "ejd:1"}}'),
        ("a.yaml", '- {person_registered: {person_id: "ejd:1", name: "B\\ud800"}}'),
    ],
)
def test_half_a_character_is_told_and_is_no_fault_of_the_server(
    client: Client, name: str, line: str
) -> None:
    told = wrong(client, pb.FactFile(name=name, content=line.encode()))
    assert [what for _, _, what in told] == ["holds half of a character (a surrogate alone)"]


@pytest.mark.parametrize("kind", ["", "person_registered", "households"])
def test_of_a_sheet_without_its_header_no_row_is_repeated(client: Client, kind: str) -> None:
    row = "sag:1;01-01-2024;ejd:1;6101800101;Bo Prøve;ansøgning;01-01-2024;;ansøger\n"
    file = pb.FactFile(name="a.csv", content=(row * 2).encode(), kind=kind)
    [(line, column, what)] = wrong(client, file)
    assert (line, column) == (1, "")
    assert "is the header missing?" in what
    assert "Bo" not in what
