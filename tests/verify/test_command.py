"""`husret-verify`: what it says, in both languages, and its exit codes."""

from __future__ import annotations

import io
import json
import re
import string
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from domain import readback
from domain.data_classes import DataClass
from domain.law.kernel import Outcome
from domain.law.texts import words
from domain.receipt import CLASS_NUMBERS, OUTCOME_NUMBERS
from husret_verify import bundle as bundles
from husret_verify import receipt, texts
from husret_verify.__main__ import main
from services.cli.main import main as husret
from tests.support import PYTHONPATH, ROOT
from tests.verify.made import WITNESS_KEY, Made, made


@pytest.fixture
def of() -> Made:
    return made()


@pytest.fixture
def file(of: Made, tmp_path: Path) -> str:
    (tmp_path / "answer.json").write_bytes(bundles.write(of.bundle))
    return str(tmp_path / "answer.json")


def said(capfdbinary: pytest.CaptureFixture[bytes]) -> str:
    return capfdbinary.readouterr().out.decode("utf-8")


def test_a_valid_answer_is_told_with_what_it_states(
    of: Made, file: str, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    key, witness = str(of.log.key), str(WITNESS_KEY)
    assert main([file, "--vkey", key, "--witness", witness, "--language", "en"]) == 0
    told = said(capfdbinary)
    assert told.startswith("VALID: ")
    for part in (
        receipt.receipt_hash(of.frame.data, of.answer.data).hex(),
        "referral",
        "2024-09-02",
        "9999-kastanjeparken",
        "AMB-WINDOW b",
        "prohibited",
        "clerk-7, purpose referral",
        "the household, decisions: ",
        "person 1, benefits: ",
        "known up to position 20",
        "30 events, signed by husret/",
        "witness.example/1, 2026-01-25 12:01:40 UTC",
        "checkpoint of 37 events",
    ):
        assert part in told


def test_danish_is_what_is_said_by_default(
    of: Made, file: str, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    assert main([file, "--vkey", str(of.log.key)]) == 0
    told = said(capfdbinary)
    assert told.startswith("GYLDIGT: ")
    assert re.search(r"Udfald +ikke tilladt\n", told)


def test_a_page_is_told(tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    page = made(page=True)
    file = tmp_path / "page.json"
    file.write_bytes(bundles.write(page.bundle))
    assert main([str(file), "--vkey", str(page.log.key), "--language", "en"]) == 0
    told = said(capfdbinary)
    assert "page 0 of a waiting list" in told
    assert '{"dwelling":"D1"}' in told


def test_what_is_not_valid_ends_with_1_and_says_everything(
    of: Made, file: str, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    forger = made(seed=1)
    wrong = [file, "--vkey", str(forger.log.key), "--hash", "0" * 64, "--language", "en"]
    assert main(wrong) == 1
    told = said(capfdbinary)
    assert told.startswith("NOT VALID:\n")
    assert "isn't signed with the key that you trust" in told
    assert "It isn't the answer that you were given" in told


def test_the_same_hash_in_capitals_is_the_same(
    of: Made, file: str, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    given = receipt.receipt_hash(of.frame.data, of.answer.data).hex().upper()
    assert main([file, "--vkey", str(of.log.key), "--hash", given]) == 0
    assert said(capfdbinary)


def test_a_kept_checkpoint_is_held_to(
    of: Made, file: str, tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    kept = tmp_path / "kept"
    for size, code in ((30, 0), (37, 0), (25, 1)):
        kept.write_text(of.log.checkpoint(size), "utf-8")
        assert main([file, "--vkey", str(of.log.key), "--checkpoint", str(kept)]) == code
    kept.write_bytes(b"\xff")
    assert main([file, "--vkey", str(of.log.key), "--checkpoint", str(kept)]) == 2
    assert said(capfdbinary)


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["missing.json", "--vkey", "{key}"], "missing.json: No such file or directory"),
        ([".", "--vkey", "{key}"], ".: Is a directory"),
        (["\0", "--vkey", "{key}"], "null byte"),
        (["{file}", "--vkey", "key"], "The key is no vkey"),
        (["{file}", "--vkey", "{key}", "--witness", "key"], "The key is no vkey"),
        (["{file}", "--vkey", "{key}", "--hash", "abc"], "64 characters"),
        (["{file}", "--vkey", "{key}", "--checkpoint", "missing"], "missing: No such file"),
    ],
)
def test_what_cannot_be_read_ends_with_2(
    arguments: list[str],
    expected: str,
    of: Made,
    file: str,
    capfdbinary: pytest.CaptureFixture[bytes],
) -> None:
    filled = [each.format(key=of.log.key, file=file) for each in arguments]
    assert main([*filled, "--language", "en"]) == 2
    told = said(capfdbinary)
    assert told.startswith("CAN'T BE READ:\n")
    assert expected in told


def test_a_truncated_file_ends_with_2(
    of: Made, tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    whole = bundles.write(of.bundle)
    file = tmp_path / "cut.json"
    for length in range(0, len(whole) - 2, 101):
        file.write_bytes(whole[:length])
        assert main([str(file), "--vkey", str(of.log.key)]) == 2
    assert said(capfdbinary).startswith("KAN IKKE LÆSES:\n")


def test_programs_get_json(of: Made, file: str, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    assert main([file, "--vkey", str(of.log.key), "--json"]) == 0
    assert json.loads(said(capfdbinary))["valid"] is True
    assert main([file, "--vkey", str(of.log.key), "--hash", "0" * 64, "--json"]) == 1
    refused = json.loads(said(capfdbinary))
    assert (refused["valid"], refused["readable"]) == (False, True)
    assert refused["problems"][0]["code"] == "other_hash"
    assert refused["problems"][0]["given"] == "0" * 64
    assert main([file, "--vkey", "key", "--json"]) == 2
    assert json.loads(said(capfdbinary))["readable"] is False


def test_a_bundle_may_come_from_stdin(of: Made) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "husret_verify", "-", "--vkey", str(of.log.key)],
        input=bundles.write(of.bundle),
        capture_output=True,
        cwd=ROOT,
        env={"PYTHONPATH": PYTHONPATH, "LC_ALL": "C"},
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, b"")
    assert "GYLDIGT" in done.stdout.decode("utf-8")


def test_what_a_terminal_could_obey_is_not_printed(
    of: Made, tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    log = of.log
    frame = log.frame(area="\u009b31m\u202e\x7fafter")
    answer = log.answer(frame)
    file = tmp_path / "answer.json"
    file.write_bytes(bundles.write(log.bundle(answer, frame, len(log.rows))))
    assert main([str(file), "--vkey", str(log.key)]) == 0
    told = said(capfdbinary)
    assert (
        "\N{REPLACEMENT CHARACTER}31m\N{REPLACEMENT CHARACTER}\N{REPLACEMENT CHARACTER}after"
        in told
    )
    assert all(each.isprintable() for each in told.replace("\n", ""))
    # A program gets every letter.
    assert main([str(file), "--vkey", str(log.key), "--json"]) == 0
    told = said(capfdbinary)
    assert json.loads(told)["area"] == "\u009b31m\u202e\x7fafter"
    assert all(" " <= each < "\x7f" for each in told.replace("\n", ""))


def test_a_time_that_no_calendar_has_is_told_as_a_number(
    of: Made, tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    log = of.log
    witnessed = log.checkpoint(30, log.cosignature(30, 2**63 - 1))
    file = tmp_path / "answer.json"
    file.write_bytes(bundles.write(replace(of.bundle, checkpoint=witnessed)))
    command = [str(file), "--vkey", str(log.key), "--witness", str(WITNESS_KEY)]
    assert main(command) == 0
    assert "witness.example/1, 9" in said(capfdbinary)


def test_every_problem_has_words_for_its_values_in_both_languages() -> None:
    raised: dict[str, set[str]] = {}
    for file in (ROOT / "verify" / "husret_verify").glob("*.py"):
        for code, values in re.findall(
            r'(?:NotValid|Unreadable)\(\s*"(\w+)"((?:[^()]|\([^()]*\))*)\)', file.read_text("utf-8")
        ):
            raised.setdefault(code, set()).update(re.findall(r"(\w+)=", values))
    assert raised.keys() == texts.PROBLEMS.keys()
    for code, both in texts.PROBLEMS.items():
        for text in both:
            named = {name for _, name, _, _ in string.Formatter().parse(text) if name}
            assert named <= raised[code], code


def test_the_words_are_those_of_the_server() -> None:
    for outcome, text in words.OUTCOMES.items():
        assert texts.OUTCOMES[outcome.value] == (text.da, text.en)
    for data_class, text in readback.CLASSES.items():
        assert texts.CLASSES[data_class.value] == (text.da, text.en)


def test_the_numbers_are_those_of_the_server() -> None:
    assert {Outcome(each): n for n, each in receipt.OUTCOMES.items()} == OUTCOME_NUMBERS
    assert {DataClass(each): n for n, each in receipt.CLASSES.items()} == CLASS_NUMBERS


def test_the_help_names_the_exit_codes(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["--help"])
    assert ended.value.code == 0
    assert "exit codes:" in capsys.readouterr().out


def test_a_command_line_that_cannot_be_understood_ends_with_2(
    file: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stderr", io.StringIO())
    with pytest.raises(SystemExit) as ended:
        main([file])
    assert ended.value.code == 2


def test_the_server_has_the_same_command(
    of: Made, file: str, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    assert husret(["verify", file, "--vkey", str(of.log.key), "--language", "en"]) == 0
    ours = said(capfdbinary)
    assert main([file, "--vkey", str(of.log.key), "--language", "en"]) == 0
    assert said(capfdbinary) == ours
    assert husret(["verify", file, "--vkey", str(of.log.key), "--hash", "0" * 64]) == 1
    assert husret(["verify", "missing.json", "--vkey", str(of.log.key)]) == 2
