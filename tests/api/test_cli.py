"""The command line: what it prints, and its exit codes."""

from __future__ import annotations

import base64
import hashlib
import json
import logging
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from husret.v1 import core_pb2, fact_service_pb2
from services.api.bearer import Endpoint
from services.api.server import serving
from services.area_lists import shipped
from services.cli import main as cli
from services.instance import token
from tests.api.client import (
    Client,
    a_dwelling,
    a_household,
    a_member,
    a_person,
    an_area,
    an_id,
    members_attested,
)
from tests.tenancies.test_recount import assert_recounted

Capture = pytest.CaptureFixture[str]
ENGLISH = ("--language", "en")


@pytest.fixture(autouse=True)
def no_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HUSRET_DIR", "HUSRET_SERVER", "HUSRET_ACTOR", "HUSRET_LISTEN"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture(autouse=True)
def no_log_left_behind() -> Iterator[None]:
    """Take back what `husret serve` does to the log of the process."""
    handlers, level = logging.root.handlers[:], logging.root.level
    yield
    logging.root.handlers[:] = handlers
    logging.root.setLevel(level)


def run(capture: Capture, *arguments: object) -> tuple[int, str, str]:
    code = cli.main([str(each) for each in arguments])
    out, err = capture.readouterr()
    return code, out, err


def answered(capture: Capture, *arguments: object) -> Any:
    code, out, err = run(capture, *arguments, "--json")
    assert (code, err) == (0, "")
    return json.loads(out)


def test_an_instance_is_made_imported_into_looked_at_and_never_made_twice(
    tmp_path: Path, capsys: Capture
) -> None:
    place = tmp_path / "made"
    assert answered(capsys, "init", "--dir", place)["municipality"] == "9999"
    code, _, err = run(capsys, "init", "--dir", place)
    assert code == 1
    assert "already holds an instance" in err
    imported = answered(capsys, "import", "area-lists", "made-up", "--dir", place)
    assert imported["new_rows"] == imported["rows"]
    again = ("import", "area-lists", "made-up", "--dir", place)
    for language, stood in (("da", "som de stod"), ("en", "as they stood")):
        code, out, _ = run(capsys, *again, "--language", language)
        assert (code, f"{imported['rows']} {stood}" in out) == (0, True)
    events = answered(capsys, "log", "tail", "-n", "5", "--dir", place)["events"]
    assert [int(each["position"]) for each in events] == list(
        range(int(imported["position"]) - 4, int(imported["position"]) + 1)
    )
    area = json.loads(events[-1]["open_data"])["area"]
    status = answered(capsys, "area", "status", area, "--day", "2025-06-01", "--dir", place)
    assert [each["category"] for each in status["categories"]] == [
        "vulnerable",
        "parallel_society",
        "transformation",
        "prevention",
        "combined_letting",
        "former_transformation",
    ]
    code, out, _ = run(capsys, "area", "status", area, "--dir", place, "--language", "en")
    assert code == 0
    assert area in out


def test_a_file_is_imported_by_its_path_and_bad_lines_are_named(
    tmp_path: Path, directory: Path, capsys: Capture
) -> None:
    file = tmp_path / "mine.csv"
    file.write_text("record;list_day\n")
    code, out, err = run(capsys, "import", "area-lists", file, "--dir", directory)
    assert (code, out) == (1, "")
    assert "content" in err
    code, _, err = run(capsys, "import", "area-lists", tmp_path / "none.csv", "--dir", directory)
    assert code == 1
    assert "none.csv" in err


def prepared(endpoint: Endpoint) -> tuple[str, str]:
    client = Client(endpoint)
    person, household = an_id(), an_id()
    client.record(
        a_person(person),
        a_household(household),
        a_member(household, person),
        members_attested(household),
        an_area(),
        a_dwelling("dar-1", area="", outside_areas=True),
    )
    client.close()
    return person, household


def test_a_question_is_asked_of_the_server_that_owns_the_instance(
    directory: Path, capsys: Capture
) -> None:
    with serving(directory) as server:
        _, household = prepared(server.endpoint)
        asked = ("check", "referral", "--household", household, "--dwelling", "dar-1")
        preview = answered(capsys, *asked, "--preview", "--dir", directory)
        assert (preview["outcome"], preview["receipt_id"]) == ("OUTCOME_PERMITTED", "")
        decision = answered(capsys, *asked, "--dir", directory, "--actor", "clerk.9")
        assert decision["outcome"] == "OUTCOME_PERMITTED"
        assert server.calls.handled["EligibilityService/CheckReferral", "OK"] == 2
    # And, when there is none, of a server of the command's own.
    code, out, _ = run(capsys, "replay", decision["receipt_id"], "--dir", directory)
    assert code == 0
    assert "samme bytes" in out
    assert out.count("hash") == 1
    assert "uden for områder" in out
    assert "TILLADT" in out
    code, out, _ = run(capsys, *asked, "--dir", directory, "--day", "2026-01-01")
    assert code == 0
    assert "1. januar 2026" in out
    assert "TILLADT" in out
    code, out, _ = run(capsys, "show", decision["receipt_id"], "--dir", directory, *ENGLISH)
    assert code == 0
    assert "PERMITTED" in out
    assert decision["receipt_id"] in out
    code, out, _ = run(capsys, "log", "tail", "-n", "50", "--dir", directory)
    assert f"receipt {decision['receipt_id']}" in out


def test_a_waiting_list_is_screened_and_what_a_page_says_of_one_household_is_shown(
    directory: Path, capsys: Capture, tmp_path: Path
) -> None:
    with serving(directory) as server:
        client = Client(server.endpoint)
        client.import_areas()
        client.record(a_dwelling("B-1", area="9999-kastanjeparken"))
        one, other = (client.a_household() for _ in range(2))
        listed = tmp_path / "list"
        listed.write_text(f"{other}\n{one}\n")
        asked = ("check", "waiting-list", "referral", "--dir", directory, "--dwelling", "B-1")
        day = ("--day", "2024-09-02", *ENGLISH)
        code, out, err = run(capsys, *asked, *day, "--households", listed)
        assert (code, err) == (0, "")
        said, _, following = out.partition("Next:\n")
        first, second, counted, *warned, page = said.splitlines()
        assert page.removeprefix("page: ") in following
        lacking = "missing: members_attested (municipality_referral)"
        assert [first, second] == [f"{each}  UNDETERMINED  {lacking}" for each in (other, one)]
        assert counted == "2 UNDETERMINED"
        assert [each.split(":")[0] for each in warned] == ["2 BASIS_NOT_RECORDED"]
        receipt = page.removeprefix("page: ")
        shown = ("show", receipt, "--dir", directory)
        code, _, err = run(capsys, *shown)
        assert (code, "household_id" in err) == (1, True)
        decision = answered(capsys, *shown, "--household", one)
        assert (decision["outcome"], decision["receipt_id"]) == ("OUTCOME_UNDETERMINED", receipt)
        code, out, _ = run(capsys, "replay", receipt, "--dir", directory, *ENGLISH)
        assert (code, "a page of a waiting list" in out, "the same bytes" in out) == (0, True, True)
        code, out, err = run(capsys, *asked, *day, "--preview", "--letting-day", "2024-09-01")
        assert (code, "letting_day" in err) == (1, True)
        client.close()


def test_a_replay_that_differs_has_an_exit_code_of_its_own(
    directory: Path, capsys: Capture
) -> None:
    with serving(directory) as server:
        _, household = prepared(server.endpoint)
        asked = ("check", "referral", "--household", household, "--dwelling", "dar-1")
        receipt = answered(capsys, *asked, "--dir", directory)["receipt_id"]
    with sqlite3.connect(directory / "log.db") as log:
        log.execute(
            "UPDATE event SET data = CAST(replace(CAST(data AS TEXT), 'family', 'elderly') AS BLOB)"
            " WHERE CAST(data AS TEXT) LIKE '%dar-1%'"
        )
    code, out, _ = run(capsys, "replay", receipt, "--dir", directory, *ENGLISH)
    assert code == 3
    assert out.index("DIFFERENT") < out.index("Differences") < out.index("Hash")
    code, out, _ = run(capsys, "log", "verify", "--dir", directory)
    assert code == 3
    assert "1 of them altered" in out


def test_a_log_that_nobody_altered_verifies(directory: Path, capsys: Capture) -> None:
    verified = answered(capsys, "log", "verify", "--dir", directory)
    assert verified["altered"] == "0"


def test_the_open_part_of_a_receipt_is_printed_as_it_was_hashed(
    directory: Path, capsys: Capture
) -> None:
    with serving(directory) as server:
        _, household = prepared(server.endpoint)
        asked = ("check", "referral", "--household", household, "--dwelling", "dar-1")
        decision = answered(capsys, *asked, "--dir", directory)
        events = answered(capsys, "log", "tail", "--dir", directory)["events"]
    [receipt] = [each for each in events if each["event_id"] == decision["receipt_id"]]
    computed = hashlib.sha256(b"\x02" + base64.b64decode(receipt["open_part"])).digest()
    assert computed == base64.b64decode(decision["receipt_hash"])


def test_every_error_of_a_broken_list_file_is_printed_once(
    tmp_path: Path, directory: Path, capsys: Capture
) -> None:
    file = tmp_path / "broken.csv"
    lines = shipped.read(shipped.MADE_UP).decode().replace(";on;", ";onn;")
    file.write_text(lines)
    code, _, err = run(capsys, "import", "area-lists", file, "--dir", directory)
    assert code == 1
    headline, *named = err.splitlines()
    assert headline.endswith("wrong:")
    assert len(named) > 10
    assert len(set(named)) == len(named)


def test_a_housing_organisation_is_told_that_it_has_no_referral_question(
    tmp_path: Path, capsys: Capture
) -> None:
    place = tmp_path / "organisation"
    answered(capsys, "init", "--dir", place, "--kind", "housing_organisation")
    asked = ("check", "referral", "--household", an_id(), "--dwelling", "dar-1")
    code, _, err = run(capsys, *asked, "--dir", place)
    assert code == 1
    assert err.count("this kind of instance answers no such question") == 1


@pytest.mark.parametrize("module", ["x", "services.log.factory:Nope", "eventsourcing.popo:Factory"])
def test_a_recorder_that_is_none_is_one_line_and_exit_code_1(
    module: str, directory: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    monkeypatch.setenv("PERSISTENCE_MODULE", module)
    code, _, err = run(capsys, "log", "tail", "--dir", directory)
    assert code == 1
    assert len(err.splitlines()) == 1
    assert module in err


@pytest.mark.parametrize("address", ["foo", "127.0.0.1", "127.0.0.1:99999", "127.0.0.1:x"])
def test_an_address_that_is_none_is_not_listened_on(
    address: str, directory: Path, capsys: Capture
) -> None:
    code, _, err = run(capsys, "serve", "--dir", directory, "--listen", address)
    assert code == 1
    assert "HOST:PORT" in err


def test_what_the_system_refuses_is_said_without_a_number(
    directory: Path, tmp_path: Path, capsys: Capture
) -> None:
    missing = tmp_path / "none.csv"
    code, _, err = run(capsys, "import", "area-lists", missing, "--dir", directory)
    assert (code, err) == (1, f"husret: {missing}: No such file or directory\n")


def test_the_version_is_printed(capsys: Capture) -> None:
    with pytest.raises(SystemExit) as ended:
        cli.main(["--version"])
    assert ended.value.code == 0
    assert capsys.readouterr().out.startswith("husret ")


def test_what_is_refused_says_why_with_every_wrong_field(directory: Path, capsys: Capture) -> None:
    asked = ("check", "referral", "--household", "x", "--dwelling", "y", "--dir", directory)
    code, _, err = run(capsys, *asked)
    assert code == 1
    assert "question.household_id" in err
    assert "question.dwelling_id" in err
    code, _, err = run(capsys, *asked, "--json")
    assert code == 1
    assert {each["field"] for each in json.loads(err)["error"]["fields"]} == {
        "question.household_id",
        "question.dwelling_id",
    }


def test_what_cannot_be_reached_says_so(tmp_path: Path, capsys: Capture) -> None:
    code, _, err = run(capsys, "log", "tail", "--dir", tmp_path)
    assert code == 1
    assert "husret init" in err
    token.replace(tmp_path / "..")
    held = ("--token-file", tmp_path / ".." / token.FILE)
    code, _, err = run(capsys, "log", "tail", "--server", "127.0.0.1:1", *held)
    assert code == 1
    assert "can't be reached" in err
    code, _, err = run(capsys, "log", "tail", "--server", "192.0.2.1:443")
    assert code == 1
    assert "mutual TLS" in err
    code, _, err = run(capsys, "serve", "--dir", tmp_path, "--listen", "0.0.0.0:0")
    assert code == 1
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "arguments",
    [
        ["nothing"],
        ["check"],
        ["check", "referral", "--household", "x"],
        ["log", "tail", "-n", "0"],
        ["init", "--kind", "landlord"],
    ],
)
def test_a_command_line_that_cannot_be_understood_ends_with_2(arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        cli.main(arguments)
    assert ended.value.code == 2


@pytest.mark.parametrize(
    "options", [["--municipality", "1234"], ["--controller", " "], ["--stale-after-months", "-1"]]
)
def test_an_instance_is_not_made_of_wrong_words(
    options: list[str], tmp_path: Path, capsys: Capture
) -> None:
    code, _, err = run(capsys, "init", "--dir", tmp_path / "new", *options)
    assert code == 1
    assert options[0] in err
    assert not (tmp_path / "new").exists()


def test_a_dwelling_is_let_and_its_ledger_printed(directory: Path, capsys: Capture) -> None:
    household, person = an_id(), an_id()
    share = fact_service_pb2.LettingShareDecided(
        organisation="0042",
        basis=fact_service_pb2.SHARE_BASIS_AGREED,
        kind=core_pb2.DWELLING_KIND_FAMILY,
        numerator=1,
        denominator=1,
        first_day="2020-01-01",
        decided_by="Byrådet",
    )
    with serving(directory) as server:
        client = Client(server.endpoint)
        client.record(
            a_person(person),
            a_household(household, "2020-01-01"),
            a_dwelling("home", area="", outside_areas=True, organisation="0042", department="007"),
            fact_service_pb2.Fact(letting_share_decided=share),
        )
        client.close()
    at = ("--dir", directory)
    checked = ("check", "referral", "--household", household, "--dwelling", "home")
    answer = answered(capsys, *checked, "--basis", "stk_2", *at)
    vacancy = answered(capsys, "tenancy", "vacancy", "home", "--from", "2020-01-01", *at)
    code, out, err = run(capsys, "tenancy", "allocate", vacancy["step_id"], *at)
    assert (code, err) == (0, "")
    turn = (
        "Kommunal anvisning (referral), Kommunal anvisning efter aftale (agreed): "
        "har haft 0 af 1 boliger, denne med, og kan få 1"
    )
    assert out.startswith(f"{turn}\n")
    allocation = out.splitlines()[1].partition(" ")[0]
    resting = ("--receipt", answer["receipt_id"], *at)
    offering = ("tenancy", "offer", allocation, "--household", household)
    decided = ("--decided-by", "Kim", "--reasons", "Afvejet.", "--party-heard", "yes")
    offer = answered(capsys, *offering, "--deadline", "2199-01-01", *decided, *resting)["step_id"]
    answered(capsys, "tenancy", "accept", offer, *resting)
    answered(capsys, "tenancy", "contract", offer, "--first-day", "2199-01-01", *resting)
    code, out, _ = run(capsys, "tenancy", "show", "home", *at)
    assert out.startswith("home: udlejet\n")
    assert "tenancy.commenced" in out
    steps = answered(capsys, "tenancy", "show", "home", *at)["steps"]
    [offered] = [step for step in steps if step["step_id"] == offer]
    assert (offered["decided_by"], offered["reasons"]) == ("Kim", "Afvejet.")
    assert offered["party_heard"] is True
    again = run(capsys, *offering, "--deadline", "2199-01-01", *resting)
    assert again[0] == 1
    assert "must be allocated" in again[2]
    code, out, _ = run(capsys, "ledger", "0042", *at)
    assert turn in out
    assert_recounted(answered(capsys, "ledger", "0042", *at))
    assert run(capsys, "ledger", "0001", *at)[1].startswith("der er ikke registreret nogen\n")
