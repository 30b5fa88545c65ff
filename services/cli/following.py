"""What can be done after a command, said in its last lines. All of it stands here.

What may follow a step of a tenancy the server says, by the table in `domain/tenancy.py`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from string import Formatter
from typing import Any

from services.cli.options import Options, hint

NEXT: dict[str, tuple[str, ...]] = {
    "init": ("serve", "import area-lists {lists}", "record --template dwellings"),
    "token": ("serve",),
    "generate": ("log verify", "serve"),
    "import area-lists": ("area list", "area lists"),
    "import vacancies": ("tenancy vacancies ORGANISATION",),
    "import figures": ("area list", "area status AREA"),
    "record": (
        "{again}",
        "log tail -n {new}",
        "record --template {then}",
        "record --template {kind} FILE",
        "record {filled} --dry-run",
        "import vacancies {vacancies} --dry-run",
        "check --help",
    ),
    "correct": ("log tail -n 1",),
    "retract": ("log tail -n 1",),
    "erase": ("backup COPY", "log tail -n 2"),
    "retention": ("retention --dry-run",),
    "measure": ("check termination --household ID --dwelling {dwelling}",),
    "attest": ("show {receipt}", "replay {receipt}"),
    "order": ("tenancy vacancies ORGANISATION",),
    "batch": ("show {receipt}", "record --template {fact}"),
    "check": (
        "tenancy show {may_go_on}",
        "record --template {fact}",
        "measure --dwelling {to_measure} --help",
        "show {named} --names",
        "show {receipt}",
        "replay {receipt}",
        "sheet {receipt}",
    ),
    "check waiting-list": (
        "show {page} --household {household}",
        "sheet {page} --household {household}",
        "record --template {fact}",
        "replay {page}",
    ),
    "area status": ("area timeline {area}", "area tools {area}", "facts area {area}"),
    "area list": ("area status AREA",),
    "area lists": ("area list", "report lists"),
    "area figures": ("area status {area}", "facts area {area}"),
    "area timeline": ("area status {area}", "facts area {area}"),
    "area tools": ("area status {area}",),
    "facts": ("correct FACT FILE", "retract FACT"),
    "facts person": ("report subject --person {id}",),
    "facts household": ("report subject --household {id}",),
    "report": ("{again} --out FOLDER",),
    "report decision": ("{again} --out FOLDER", "replay {receipt}"),
    "lookup": ("facts --help", "check --help"),
    "ledger": (
        "tenancy vacancies {organisation}",
        "report ledger --organisation {organisation}",
    ),
    "tenancy due": ("tenancy allocate {vacancy}",),
    "decisions": (
        "decision {stale} --now",
        "record --kind answer_remedied --set household_id={of} --set receipt_id={stale} "
        "--set remedy=offered_anew --set decision_day=YYYY-MM-DD --set decided_by=WHO "
        "--set reasons=TEXT",
        "show {receipt}",
        "replay {receipt}",
        "show {page} --household {household}",
    ),
    "replay": ("show {receipt}",),
    "show": (
        "replay {receipt}",
        "decision {receipt} --now",
        "sheet {receipt}",
        "decisions --household {household}",
    ),
    "decision": ("show {receipt}", "decisions --stale"),
    "sheet": (
        "record --kind case_decided --set household_id=ID --set receipt_id={receipt} "
        "--set done=yes --set decision_day=YYYY-MM-DD --set decided_by=WHO --set reasons=TEXT "
        "--set party_heard=yes",
        "letter {receipt}",
    ),
    "watch": ("watch --after {told}", "show {receipt}", "decision {receipt} --now"),
    "law try": ("decision {receipt} --help", "law try --help"),
    "export": ("log key", "verify {file} --vkey KEY"),
    "log tail": ("log verify",),
    "log origin": ("show {receipt}",),
    "status": ("log tail",),
    "clock accept": ("status",),
    "criteria check": ("record --template criteria_set",),
    "backup": ("restore {target} --dir DIR",),
    "restore": ("log verify", "serve"),
}
"""By command, or the first words of some, what is typed next.

A command with a name in braces is told of where there is something to put in; a word in capitals is
left to whoever types it.
"""

NOTHING = {
    "serve": "it serves until it is stopped",
    "letter": "a person signs it, and sends it",
    "cases": "a lawyer corrects the case, or the law",
    "criteria diff": "what they say differently is all there is to say",
    "log verify": "an altered log is compared with a backup, and it says so itself",
    "log checkpoint": "it is kept elsewhere, and says nothing alone",
    "log prove": "a proof is verified where the checkpoint is kept",
    "log key": "it is given to those who verify",
    "verify": "its verdict is all that it knows: it asks no server",
    "completion": "its output is read by a shell",
    "demo": "it says itself how to go on",
    "tenancy": "the server says what may follow a step",
    "report verify": "it says itself what does not agree",
    "report lists": "it is read to its end",
    "report ledger": "it is read to its end",
    "report plans": "it is read to its end",
}
"""Commands after which nothing is named, and why."""


def may(options: Options, commands: Iterable[str]) -> None:
    """Note what may be typed next, before what stands in the table."""
    options.next_commands = list(commands)


def found(options: Options, **values: Any) -> None:
    """Note what the commands of the table are about; empty: there is no such thing."""
    options.next_values = {**getattr(options, "next_values", {}), **values}


def lines(command: str, options: Options) -> Iterator[str]:
    """Yield what can be typed next, in this shell; nothing for a machine."""
    if options.json:
        return
    typed = [*getattr(options, "next_commands", ()), *_of_table(command, options)]
    if typed:
        yield "Næste:" if getattr(options, "language", "en") == "da" else "Next:"
    for each in typed:
        yield "  " + hint(f"`husret {each}`", options).strip("`")


def entry(command: str) -> str:
    """Return the words of a command that the tables have an entry for: as many as they can."""
    words = command.split()
    while words and " ".join(words) not in {*NEXT, *NOTHING}:
        words.pop()
    return " ".join(words)


def _of_table(command: str, options: Options) -> Iterator[str]:
    values = getattr(options, "next_values", {})
    for template in NEXT.get(entry(command), ()):
        fields = [name for _, name, _, _ in Formatter().parse(template) if name]
        if all(values.get(name) for name in fields):
            yield template.format_map(values)
