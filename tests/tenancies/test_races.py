"""Many processes let the same dwellings: one offer and one tenancy each, no share overdrawn."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path
from uuid import UUID

from domain import facts, tenancy
from domain.data_classes import DataClass
from domain.facts import ShareBasis
from domain.ledger import Ledger
from domain.tenancy import State
from services.persons.reading import is_personal
from tests.answers.town import Town
from tests.log.verified import altered
from tests.support import scaled
from tests.tenancies.estate import ORGANISATION, Estate

ROOT = Path(__file__).parents[2]
PROCESSES = scaled(8, 16)
DWELLINGS = [f"home-{number}" for number in range(5)]


def test_racing_letting_systems_never_let_a_dwelling_twice_nor_overdraw_a_share(
    tmp_path: Path,
) -> None:
    directory = tmp_path / "instance"
    with Town.founded(directory) as town:
        estate = Estate(town)
        estate.build(*DWELLINGS, area="9999-kastanjeparken")
        estate.decide_share(ShareBasis.AGREED, 1, 2)
        households = [town.register(1) for _ in range(6)]
        for household in households:
            town.decide_fallback(household)
        # One process owns a key store, so each racer gets a copy that has all keys already.
        wanted = [(household.id, DataClass.TENANCY) for household in households]
        town.instance.keys.sealing_keys(wanted, town.instance.period())
    arguments = {
        "dwellings": DWELLINGS,
        "households": [str(household.id) for household in households],
        "steps": scaled(50, 500),
    }
    workers = [
        subprocess.Popen(
            [
                sys.executable,
                "-m",
                "tests.tenancies.workers",
                json.dumps({**arguments, "directory": str(racer), "seed": seed}),
            ],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for seed, racer in enumerate(_at_one_log(directory, tmp_path))
    ]
    for worker in workers:
        assert worker.stdout is not None
        assert worker.stdout.readline() == "ready\n"
    became: Counter[str] = Counter()
    for worker in workers:
        assert worker.stdin is not None
        worker.stdin.write("go\n")
        worker.stdin.flush()
    for worker in workers:
        said, _ = worker.communicate()
        assert worker.returncode == 0
        became += Counter(json.loads(said))
    print(dict(became))

    with Town.reopened(directory) as town:
        log = town.instance.log
        assert altered(log) == []
        lives: dict[str, list[str]] = {dwelling: [] for dwelling in DWELLINGS}
        for event in log.read():
            if event.type in tenancy.STEPS:
                [dwelling] = [tag for tag in event.tags if tag.startswith("dwelling:")]
                lives[dwelling.removeprefix("dwelling:")].append(event.type)
                assert is_personal(event.tags) == event.type.startswith(("offer.", "tenancy."))
        for types in lives.values():
            tenancy.state_of(types)
            _one_at_a_time(types)
        rows = Ledger(ORGANISATION, town.instance.view()).rows()
        taken = 0
        for number, row in enumerate(rows, start=1):
            taken += row.turn.basis is ShareBasis.AGREED
            assert taken * 2 <= number, f"row {number} overdraws the share"
            assert row.in_order
        _every_step_rests_on_what_stood(town)
    assert taken > 0
    assert became["InvariantBroken"] + became["StepRefused"] > 0
    assert became["StaleReceipt"] > 0
    assert became[State.ACCEPTED] > 0, "no contract was made"


def _at_one_log(directory: Path, beside: Path) -> list[Path]:
    """Return directories of instances that share the log of `directory`, and nothing else."""
    racers = [beside / f"racer-{seed}" for seed in range(PROCESSES)]
    for racer in racers:
        racer.mkdir()
        for name in ("keys.db", "keys.root", "master.key", "signing.key"):
            shutil.copy(directory / name, racer / name)
        for name in ("log.db", "log.db.lock"):
            (racer / name).symlink_to(directory / name)
    return racers


def _one_at_a_time(types: list[str]) -> None:
    """Recount without the table: never two open offers, never two tenancies."""
    offers = tenancies = 0
    for type in types:
        offers += type == "offer.made"
        offers -= type in ("offer.refused", "offer.lapsed", "offer.withdrawn", "tenancy.commenced")
        tenancies += type == "tenancy.commenced"
        tenancies -= type == "tenancy.ended"
        assert 0 <= offers <= 1
        assert 0 <= tenancies <= 1


def _every_step_rests_on_what_stood(town: Town) -> None:
    """Nothing in the boundary of a receipt lies between it and the step that rests on it."""
    checked = 0
    estate = Estate(town)
    for event in town.instance.log.read():
        if event.type not in ("offer.made", "offer.accepted", "tenancy.commenced"):
            continue
        fact = estate.tenancies.lives.read(event, town.reader).fact
        assert isinstance(fact, facts.OfferMade | facts.OfferAccepted | facts.TenancyCommenced)
        for receipt in fact.receipts:
            assert isinstance(receipt, UUID)
            receipts = town.answers.receipts
            found = receipts.reexamine(receipts.find(receipt), town.reader)
            known = found.answer.decision.position
            between = town.instance.log.read(
                found.boundary, after=known, upto=event.position - 1
            ).all()
            assert between == [], f"{event.type} at {event.position}"
            checked += 1
    assert checked > 0
