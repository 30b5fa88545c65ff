"""The command line covers every step: each method has a command, each command says what follows."""

from __future__ import annotations

import json
import shlex
import subprocess
from datetime import datetime
from pathlib import Path

from domain import facts
from domain.facts.declared import slots
from husret.v1 import (
    area_service_pb2,
    audit_service_pb2,
    distance_service_pb2,
    eligibility_service_pb2,
    fact_service_pb2,
    report_service_pb2,
    tenancy_service_pb2,
)
from husret.v1.tenancy_service_pb2 import NextStep
from services.cli import following
from services.cli import main as cli
from services.cli.checks import ASKED
from services.cli.main import COMMANDS, leaves, parser
from services.cli.tenancies import STEPS, typed
from services.log.wall_clock import COPENHAGEN
from tests.api.client import a_dwelling, an_id
from tests.cli.conftest import Asked, Capture, Husret, Running
from tests.cli.test_questions import option
from tests.tenancies.letting import ORGANISATION

FILES = (
    area_service_pb2,
    audit_service_pb2,
    distance_service_pb2,
    eligibility_service_pb2,
    fact_service_pb2,
    report_service_pb2,
    tenancy_service_pb2,
)
METHODS = {
    f"{service.name}.{method.name}"
    for file in FILES
    for service in file.DESCRIPTOR.services_by_name.values()
    for method in service.methods
}
"""Every method of the contract."""

ID = an_id()
SQUARE = '{"type":"Polygon","coordinates":[[[0,0],[9,0],[9,9],[0,0]]]}'
ASKING = [
    "import area-lists made-up --validate-only",
    "import figures {csv} --validate-only",
    "record {csv} --dry-run",
    f"correct {ID} --kind dwelling_recorded --set dwelling_id=1",
    f"retract {ID}",
    f"erase --person {ID} --policy retention-5-years",
    f"measure --person {ID} --offence x --dwelling y --parcels {{geo}} --place 1,2 --within 0",
    "batch {batch}",
    "order {order} --due ordinary",
    f"attest --household {ID} --person {ID} --condition receives-51c",
    "check waiting-list referral --dwelling x --basis stk_1 --preview",
    "area status 9999-kastanjeparken",
    "area list",
    "area lists",
    "area figures 9999-kastanjeparken",
    "area timeline 9999-kastanjeparken",
    "area tools 9999-kastanjeparken",
    "facts area 9999-kastanjeparken",
    "report areas --year 2024",
    "report combined-letting --year 2024",
    f"report subject --person {ID}",
    "report lists",
    "report ledger",
    "report plans",
    f"ledger {ORGANISATION}",
    f"tenancy take-over x --household {ID} --first-day 2020-01-01 --let-as family",
    "tenancy show x",
    f"tenancy vacancies {ORGANISATION}",
    f"tenancy due {ID}",
    f"show {ID}",
    f"sheet {ID}",
    f"letter {ID}",
    f"replay {ID}",
    f"export {ID}",
    "log tail",
    "log verify",
    "log checkpoint",
    "log prove 1",
    "log prove --since 1",
    "log key",
    "log origin",
    "lookup ejd:1",
    "status",
    "clock accept --reason tried",
]
"""A command line for each method that is no question alone and no step."""

EVERY = {words.strip(): each for words, each in leaves(parser(*COMMANDS), "")}
"""Every command that runs, by its words."""


def with_all_needed(command: str) -> list[str]:
    """Type a command with something in everything that it needs."""
    words = command.split()
    for action in EVERY[command]._actions:
        value = str(next(iter(action.choices))) if action.choices else ID
        if not action.option_strings:
            words.append(value)
        elif action.required:
            words += [action.option_strings[0], value]
    return words


def test_every_method_of_the_contract_is_reached_by_a_command(
    municipality: Running, husret: Husret, tmp_path: Path
) -> None:
    files = {"csv": "", "geo": SQUARE, "batch": '{"plan": {}}', "order": '{"key": "a"}'}
    paths = {name: tmp_path / name for name in files}
    for name, content in files.items():
        paths[name].write_text(content)
    # Before an allocation it is asked which channel is due, of a vacancy that there is.
    letting = municipality.letting
    vacancy = letting.vacancy(letting.a_dwelling("reached-1"), vacant_from="2026-06-01")
    handled = municipality.server.calls.handled
    handled.clear()
    for line in ASKING:
        husret(*shlex.split(line.format(**paths)))
    for name, kind in ASKED.items():
        beside = ("context", "omit_texts", "consistency")
        fields = getattr(eligibility_service_pb2, kind.message).DESCRIPTOR.fields
        words = [word for each in fields if each.name not in beside for word in option(each)]
        husret("check", name, *words)
    for word in STEPS:
        husret(*with_all_needed(f"tenancy {word}"))
    husret("tenancy", "allocate", vacancy, "--dry-run")
    reached = {method.replace("/", ".") for method, _ in handled}
    assert METHODS - reached == set()


def test_of_a_tenancy_from_before_nothing_is_recorded_that_was_not_said() -> None:
    needed = {
        each.dest: each.option_strings or ["x"]
        for each in EVERY["tenancy take-over"]._actions
        if each.required
    }
    next_line = typed(NextStep(method="RecordFacts", names="x")).split()
    assert all(said[0] in next_line for said in needed.values())
    assert {*needed} == {slot.name for slot in slots(facts.TenancyTakenOver) if slot.required} | {
        "household"
    }


def test_every_command_says_what_follows_it_or_why_nothing_does() -> None:
    assert not {words for words in EVERY if not following.entry(words)}
    # A step's entry is that of all of them.
    assert {following.entry(words) for words in EVERY} == {*following.NEXT, *following.NOTHING}


def test_what_follows_can_be_typed_as_it_stands() -> None:
    for templates in following.NEXT.values():
        for template in templates:
            filled = template.replace("{again}", "report areas --year 2024").replace("{new}", "1")
            words = shlex.split(filled.format_map(Anything()))
            made = parser(words[0])
            if "--help" not in words:
                made.parse_args(words)


class Anything(dict[str, str]):
    """Puts an id in for every name."""

    def __missing__(self, name: str) -> str:
        return {"fact": "dwelling_recorded", "lists": "made-up"}.get(name, ID)


def test_a_dwelling_is_let_and_left_by_typing_what_each_command_names_at_its_end(
    municipality: Running, husret: Husret
) -> None:
    letting = municipality.letting
    home = letting.a_dwelling("followed-1")
    household, _ = letting.a_household()
    refusing, _ = letting.a_household()
    asking = ("check", "referral", "--dwelling", home, "--basis", "stk_2", "--household")
    answered = husret(*asking, household)
    other = husret(*asking, refusing)
    receipt, other_receipt = (
        each.may_follow[1].removeprefix("show ") for each in (answered, other)
    )
    assert answered.may_follow[0] == f"tenancy show {home}"

    def follow(asked: Asked, word: str, **said: str) -> Asked:
        [line] = [each for each in asked.may_follow if each.startswith(f"tenancy {word} ")]
        for name, value in {
            "--household ID": f"--household {household}",
            "RECEIPT": receipt,
            **said,
        }.items():
            line = line.replace(name, value)
        done = husret(*shlex.split(line))
        assert (done.code, done.err) == (0, ""), line
        return done

    shown = husret("tenancy", "show", home)
    vacant = follow(shown, "vacancy", **{"YYYY-MM-DD": "2026-06-01"})
    assert {each.split()[1] for each in vacant.may_follow} == {"allocate", "withdraw-vacancy"}
    unlisted = follow(vacant, "withdraw-vacancy", REASON="recorded-wrongly")
    vacant = follow(unlisted, "vacancy", **{"YYYY-MM-DD": "2026-06-01"})
    released = follow(follow(vacant, "allocate"), "release", REASON="given-back")
    assert released.may_follow[-1].startswith("tenancy allocate")
    again = husret("tenancy", "vacancy", letting.a_dwelling("followed-2"), "--from", "2026-06-01")
    assert again.code == 0
    allocated = follow(
        follow(husret("tenancy", "show", home), "withdraw-vacancy", REASON="recorded-wrongly"),
        "vacancy",
        **{"YYYY-MM-DD": "2026-06-01"},
    )
    allocated = follow(allocated, "allocate")
    deadline = {"YYYY-MM-DD": "2026-06-25"}
    offered = follow(
        allocated,
        "offer",
        **{"--household ID": f"--household {refusing}"},
        RECEIPT=other_receipt,
        **deadline,
    )
    assert {each.split()[1] for each in offered.may_follow} == {
        "accept",
        "lapse",
        "refuse",
        "withdraw-offer",
    }
    offered = follow(follow(offered, "refuse"), "offer", **deadline)
    accepted = follow(offered, "accept")
    let = follow(accepted, "contract", **{"YYYY-MM-DD": "2026-07-01"})
    noticed = follow(let, "notice", GIVEN_BY="tenant", **{"YYYY-MM-DD": "2026-10-31"})
    ended = follow(noticed, "end", CAUSE="notice", **{"YYYY-MM-DD": "2026-10-31"})
    assert [each.split()[1] for each in ended.may_follow] == ["vacancy"]


def test_of_an_erased_household_only_the_freeing_of_its_dwelling_is_named(
    municipality: Running, husret: Husret
) -> None:
    letting = municipality.letting
    home = letting.a_dwelling("freed-1")
    household, _ = letting.a_household()
    allocation = letting.allocate(letting.vacancy(home, vacant_from="2026-06-01"))
    position = letting.client.head()
    receipt = husret(
        *("check", "referral", "--dwelling", home, "--basis", "stk_2", "--household", household)
    )
    # No id is typed: an event is named by its position.
    offered = husret(
        *("tenancy", "offer", position, "--household", household, "--deadline", "2026-06-25"),
        *("--receipt", letting.client.head()),
    )
    assert (receipt.code, offered.code, offered.err) == (0, 0, "")
    assert allocation not in offered.out
    erased = husret("erase", "--household", household, "--policy", "retention-5-years")
    assert erased.code == 0
    assert "Copies made before it" in erased.out
    shown = husret("tenancy", "show", home)
    assert shown.may_follow == [f"tenancy free {home}"]
    freed = husret(*shown.may_follow[0].split())
    assert {each.split()[1] for each in freed.may_follow} == {
        "offer",
        "release",
        "withdraw-vacancy",
    }


def test_a_fact_is_stated_corrected_and_taken_back_without_a_file(
    municipality: Running, husret: Husret
) -> None:
    stated = ("dwelling_id=typed-1", "municipality=9999", "kind=family", "outside_areas=yes")
    first = [word for each in (*stated, "first_day=01-01-2000") for word in ("--set", each)]
    done = husret("record", "--kind", "dwelling_recorded", *first)
    assert (done.code, done.may_follow[0]) == (0, "log tail -n 1")
    assert husret("record", "--kind", "dwelling_recorded", *first).out.count("0 new") == 1
    at = municipality.client.head()
    later = [word for each in (*stated, "first_day=2001-01-01") for word in ("--set", each)]
    corrected = husret("correct", at, "--kind", "dwelling_recorded", *later)
    assert (corrected.code, corrected.err) == (0, "")
    wrong = husret("correct", at + 1, "--kind", "dwelling_recorded", "--set", "rooms=many")
    assert wrong.code == 1
    assert "line 1.rooms: is not a whole number" in wrong.err
    assert "line 1.municipality: " in wrong.err
    assert "many" not in wrong.err
    tried = husret("retract", at + 1, "--dry-run", "--language", "da")
    assert tried.out.startswith("intet blev registreret: --dry-run\n")
    taken = husret("retract", at + 1, "--language", "da")
    assert (taken.code, taken.err) == (0, "")
    assert f" ved position {at + 2}\n" in taken.out
    assert "no event stands at position" in husret("retract", 10**12).err
    told = husret("facts", "dwelling", "typed-1").out
    assert [each in told for each in ("corrected", "taken back")] == [True, True]


def test_an_answer_of_an_earlier_position_is_shown_as_it_was_known_then(
    municipality: Running, husret: Husret
) -> None:
    client = municipality.client
    before = client.head()
    client.record(a_dwelling("later-1", area="", outside_areas=True))
    seen = ("facts", "dwelling", "later-1")
    assert husret(*seen).code == 0
    assert "nothing is recorded" in husret(*seen, "--at-position", before).err
    assert "later-1" not in husret("log", "tail", "-n", 1, "--at-position", before).out
    for what in ("2000-01-01", "2999-01-01", "now", "2026-06-15T12:00:00"):
        assert "known_on" in husret(*seen, "--known-on", what).err


def test_each_shell_gets_a_script_that_it_takes(capsys: Capture) -> None:
    for shell, mark in (("bash", "complete"), ("zsh", "#compdef"), ("fish", "complete -c husret")):
        assert cli.main(["completion", shell]) == 0
        out = capsys.readouterr().out
        assert mark in out
        assert "waiting-list" in out
    bash = subprocess.run(["bash", "-n"], input=out_of("bash", capsys), text=True, check=False)
    assert bash.returncode == 0


def out_of(shell: str, capsys: Capture) -> str:
    assert cli.main(["completion", shell]) == 0
    return capsys.readouterr().out


NOT_AS_KNOWN = {
    "area list": "a view is kept as of one position, and says which",
    "report lists": "a view, as that one",
    "report ledger": "a view, as that one",
    "report plans": "a view, as that one",
    "show": "a receipt says as known when it was given",
    "replay": "a receipt, as that one",
    "lookup": "it is looked up whom an id names now",
    "attest": "another body rests on the answer, so it is given on what is known now",
    "log verify": "the whole log is read, as it lies",
    "log checkpoint": "it says where the log stands now",
    "log key": "it is the key of now",
    "log prove": "it says itself for which size of the log",
    "status": "it is about now",
}
"""Commands that read and can't be asked for an earlier time, and why."""


def test_whatever_reads_can_be_asked_as_it_was_known_at_a_position_or_on_a_day() -> None:
    reading: tuple[str, ...] = (
        "area",
        "check",
        "facts",
        "ledger",
        "log",
        "order",
        "batch",
        "replay",
        "report",
    )
    reading += (
        "show",
        "status",
        "attest",
        "lookup",
        "tenancy show",
        "tenancy due",
        "tenancy vacancies",
    )
    for words, each in EVERY.items():
        options = {option for action in each._actions for option in action.option_strings}
        if words.startswith(reading):
            known = {"--at-position", "--known-on"} <= options
            assert known is (words not in NOT_AS_KNOWN), words


def test_a_day_that_a_command_is_asked_for_is_the_one_that_the_server_reads_by(
    municipality: Running, husret: Husret
) -> None:
    today = datetime.now(COPENHAGEN).date().isoformat()
    head = municipality.client.head()
    read = husret("area", "lists", "--known-on", today, "--json")
    assert int(json.loads(read.out)["known_at_position"]) == head
