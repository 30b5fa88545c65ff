"""Make the corpus of frozen receipts: `python -m tests.frozen.make`, from the repository's root.

A corpus is a small instance (a log, its key store, and the test key that opens it) and
`expected.json` with the id, hash and outcome of every receipt and page: one of a municipality and
one of a housing organisation, so that every kind of question that is recorded stands in one. It was
made once and is replayed byte for byte ever after; it is never made anew to please a test. When a
format gets a new version, a corpus of that version is added beside the old ones. So this refuses to
overwrite; before the first release alone, those of version 1 may be removed and made again.
"""

from __future__ import annotations

import base64
import json
import os
import sys
import tempfile
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from domain import facts
from domain.data_classes import DataClass, SubjectKind
from domain.facts import Benefit, CitizenshipCondition
from domain.questions import KINDS
from services.answers.receipts import Answer
from services.answers.screening import ListRequest, Page, Screening
from services.cases import putting
from services.facts.recording import Written
from services.instance.instance import Instance
from services.log.sqlite import SQLiteEventLog, SQLiteEventLogFactory
from services.log.wall_clock import monotonic_clock
from services.persons.master_key import MASTER_KEY_VARIABLE
from tests.answers.town import (
    ELDERLY,
    LONG_AGO,
    ORDINARY,
    PREVENTION,
    VULNERABLE,
    YOUTH,
    Calendar,
    Household,
    Town,
    new_id,
)
from tests.frozen import from_cases
from tests.law import golden

HERE = Path(__file__).parent
MUNICIPALITY, ORGANISATION = "corpus_1", "corpus_1_organisation"
KEY = base64.b64encode(bytes(range(32))).decode()
"""The master key of the corpus. It opens made-up facts and nothing else."""

_BEGAN = int(datetime(2024, 11, 21, 9, tzinfo=UTC).timestamp()) * 1_000_000
_STARTED = monotonic_clock()


def _clock() -> int:
    """Return a time of the day on which the corpus plays, so that no real one lies before it."""
    return _BEGAN + monotonic_clock() - _STARTED


class ClockedFactory(SQLiteEventLogFactory):
    """Opens the log of the corpus under its own clock."""

    def dcb_recorder(self) -> SQLiteEventLog:
        """Return the log."""
        return SQLiteEventLog(self.path, clock=_clock)


def _pension(town: Town, household: Household) -> None:
    town.record(
        facts.BenefitPeriod(benefit=Benefit.FOERTIDSPENSION, first_day=LONG_AGO),
        person=household.members[0],
    )


def _dual_citizen(town: Town, household: Household) -> None:
    person = household.members[0]
    history = town.instance.person_facts.standing(
        person, DataClass.ATTESTATIONS, town.instance.log.head(), town.reader
    )
    town.record(facts.EnrolmentAttested(enrolled=False, first_day=LONG_AGO), person=person)
    other = facts.CitizenshipAttested(condition=CitizenshipCondition.SEVERAL, first_day=LONG_AGO)
    [before] = [item for item in history if type(item.fact) is facts.CitizenshipAttested]
    town.correct(Written(before.event_id, before.position), other, person)


def _uneven_months(town: Town, household: Household) -> None:
    town.record(
        facts.BenefitPeriod(
            benefit=Benefit.KONTANTHJAELP,
            first_day=date(2024, 1, 15),
            last_day=date(2024, 7, 14),
        ),
        person=household.members[0],
    )


def answers(town: Town) -> dict[str, Answer]:
    """Record what the corpus is about, and ask; the answers by what they are an example of."""
    made: dict[str, Answer] = {}

    def ask(
        name: str,
        dwelling: str,
        *,
        members: int = 1,
        day: date = date(2024, 9, 2),
        prepare: Callable[[Town, Household], Any] = lambda town, household: None,
    ) -> Household:
        household = town.register(members)
        prepare(town, household)
        made[name] = town.ask(household, dwelling, day)
        return household

    ask("outside every area", ORDINARY, members=3)
    ask("a dwelling for the elderly", ELDERLY)
    ask("grounds that the edition does not cover", VULNERABLE, members=2)
    ask(
        "seven months of kontanthjælp",
        VULNERABLE,
        members=3,
        prepare=lambda town, household: town.on_kontanthjaelp(household.members[1]),
    )
    ask("months that readings count otherwise", VULNERABLE, prepare=_uneven_months)
    ask("disability pension", YOUTH, prepare=_pension)
    ask("several citizenships", VULNERABLE, prepare=_dual_citizen)
    ask("nothing else possible", VULNERABLE, prepare=Town.decide_fallback)
    ask("on the day of the first edition", VULNERABLE, day=date(2018, 12, 1))
    ask("a prevention area without a decision", PREVENTION, members=2)
    town.exempt()
    ask("an exempt prevention area", PREVENTION)
    town.choose("AMB-WINDOW", "b")
    town.choose("AMB-CALMONTH", "a")
    ask("the same months under chosen readings", VULNERABLE, prepare=_uneven_months)
    erased = ask(
        "a member erased since",
        VULNERABLE,
        members=3,
        prepare=lambda town, household: town.on_kontanthjaelp(household.members[2]),
    )
    town.erase(erased.members[0])
    town.erase(erased.members[1], DataClass.BENEFITS)
    gone = ask("the household erased since", VULNERABLE, members=2)
    town.erase(gone.id, kind=SubjectKind.HOUSEHOLD)
    made["asked after the erasure"] = town.ask(erased, VULNERABLE)
    return made


def of_cases(town: Town) -> dict[str, Answer]:
    """Record what golden cases state, and ask their questions; the answers by the cases' ids.

    Of each kind of question that is recorded and of each outcome, the first case that is put to a
    controller of this kind.
    """
    town.calendar.day = date(2026, 11, 21)
    own = town.instance.view().instance().controller_kind
    made: dict[str, Answer] = {}
    seen: set[tuple[str, str]] = set()
    for number, case in enumerate(golden.decided()):
        example = case["question"], golden.answer(case).outcome
        asked_by = putting.build(case).view().instance().controller_kind
        if example in seen or asked_by is not own or not KINDS[case["question"]].recorded:
            continue
        answer = from_cases.answer(town.instance, case, number, town.reader)
        seen.add((case["question"], answer.decision.outcome))
        made[case["id"]] = answer
    return made


def pages(town: Town) -> list[Page]:
    """Screen a waiting list of three in two pages."""
    households = [town.register(members) for members in (1, 2, 1)]
    town.on_kontanthjaelp(households[1].members[0])
    question = town.asked(households[0]).question
    walk = ListRequest(question, town.instance.view(), town.reader, new_id())
    return list(Screening(town.instance).pages(walk, [each.id for each in households], 2))


def expected_pages(town: Town, made: list[Page]) -> list[dict[str, Any]]:
    """Return what a replay of each page must give."""
    listed = []
    for page in made:
        assert page.receipt_id is not None
        event = town.answers.receipts.receipt_or_page(page.receipt_id)
        replay = Screening(town.instance).replay(event, town.reader)
        if replay.differences:
            raise SystemExit(f"page {page.number}: {replay.differences}; nothing was made")
        listed.append(
            {
                "receipt_id": str(page.receipt_id),
                "receipt_hash": page.receipt_hash.hex(),
                "outcomes": [str(item.outcome) for item in page.items],
            }
        )
    return listed


def expected(town: Town, made: dict[str, Answer]) -> list[dict[str, Any]]:
    """Return what a replay of each answer must give."""
    listed = []
    for name, answer in made.items():
        replay = town.replay(answer)
        if replay.differences:
            raise SystemExit(f"{name}: {replay.differences}; nothing was made")
        listed.append(
            {
                "name": name,
                "kind": answer.decision.question.kind,
                "receipt_id": str(answer.receipt_id),
                "receipt_hash": answer.receipt_hash.hex(),
                "outcome": str(answer.decision.outcome),
                "law": answer.decision.edition,
                "sections": [[str(s.data_class), s.verdict] for s in replay.sections],
            }
        )
    return listed


def municipality(directory: Path) -> dict[str, Any]:
    """Make the instance of a municipality; returns what is expected of it."""
    with Town.founded(directory) as town:
        made, screened = answers(town), pages(town)
        made |= of_cases(town)
        return {"receipts": expected(town, made), "pages": expected_pages(town, screened)}


def organisation(directory: Path) -> dict[str, Any]:
    """Make the instance of a housing organisation; returns what is expected of it."""
    calendar = Calendar()
    instance = Instance.create(
        directory,
        controller="Prøvebo",
        kind=facts.ControllerKind.HOUSING_ORGANISATION,
        municipality="",
        today=calendar.today,
    )
    with Town(instance, calendar) as town:
        return {"receipts": expected(town, of_cases(town)), "pages": []}


def main() -> int:
    """Make the corpora; returns the exit code."""
    makers = {MUNICIPALITY: municipality, ORGANISATION: organisation}
    if there := [name for name in makers if (HERE / name).exists()]:
        print(f"{' and '.join(there)}: there already; a frozen corpus is never made anew")
        return 1
    os.environ[MASTER_KEY_VARIABLE] = KEY
    os.environ["PERSISTENCE_MODULE"] = "tests.frozen.make:ClockedFactory"
    for corpus, make in makers.items():
        with tempfile.TemporaryDirectory() as scratch:
            directory = Path(scratch) / "instance"
            listed = {"master_key": KEY, **make(directory)}
            (HERE / corpus).mkdir()
            for name in ("log.db", "keys.db", "keys.root"):
                (HERE / corpus / name).write_bytes((directory / name).read_bytes())
        text = json.dumps(listed, indent=2, ensure_ascii=False)
        (HERE / corpus / "expected.json").write_text(text + "\n", "utf-8")
        print(f"{len(listed['receipts'])} receipts are frozen in {corpus}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
