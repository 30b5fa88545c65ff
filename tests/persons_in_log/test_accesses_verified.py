"""What was altered in the access table, cut from it, or passed off as it, is found."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest

from domain import facts
from domain.data_classes import DataClass
from services.instance import counting
from services.persons import access_chain
from services.persons.access import Access
from services.persons.tokens import token_text
from services.persons.verifying_accesses import findings
from tests.answers.town import Town


@pytest.fixture
def town() -> Iterator[Town]:
    """Return a town in whose access table there are ten accesses of a month each, all noted."""
    with Town.founded() as town:
        reading(town, 10)
        assert counting.note(town.instance)
        yield town


def reading(town: Town, count: int) -> list[str]:
    """Note accesses of two tokens each, a month apart; return the tokens."""
    table, tokens = town.instance.access, []
    before = table.counted().accesses
    for month in range(before, before + count):
        two = [token_text(os.urandom(16)) for _ in range(2)]
        at = int(datetime(2024 + month // 12, month % 12 + 1, 15, tzinfo=UTC).timestamp())
        read = ((DataClass.BENEFITS, two[0]), (DataClass.IDENTITY, two[1]))
        table.record(Access(at * 1_000_000, "system:letting", "letting", "6(1)(e)", "case", read))
        tokens += two
    table.flush()
    return tokens


def found(town: Town) -> dict[str, int]:
    """Return how many findings there are of each kind."""
    kinds = [each.kind for each in findings(town.instance.log, town.instance.access)]
    return {kind: kinds.count(kind) for kind in kinds}


def altered(town: Town, statements: str) -> None:
    for statement in statements.split(";"):
        assert town.instance.access._database.execute(statement).rowcount > 0, statement


def test_a_table_that_nobody_altered_is_whole_also_after_forgetting_and_pruning(town: Town) -> None:
    assert found(town) == {}
    tokens = reading(town, 5)
    assert found(town) == {}
    town.instance.access.forget(tokens[2:3])
    assert found(town) == {}
    assert counting.note(town.instance)
    assert counting.prune(town.instance, date(2024, 4, 1)) == 3
    assert found(town) == {}
    assert counting.prune(town.instance, date(2024, 4, 1)) == 0
    assert town.instance.access.forget_again(tokens[4:6]) == 2
    reading(town, 2)
    assert counting.prune(town.instance, date(2031, 1, 1)) == 14
    assert town.instance.access.counted().accesses == 17
    assert found(town) == {}
    reading(town, 1)
    counting.note(town.instance)
    assert found(town) == {}


def test_nothing_is_noted_of_a_table_that_has_not_grown(town: Town) -> None:
    head = town.instance.log.head()
    assert not counting.note(town.instance)
    assert town.instance.log.head() == head
    reading(town, 1)
    assert counting.note(town.instance)
    [noted] = town.instance.view().find(facts.AccessCounted, "")[-1:]
    assert noted.fact.count == 11
    with Town.founded() as empty:
        assert not counting.note(empty.instance)


SWAPPED = """
    UPDATE access SET access = -1 WHERE access = 4;
    UPDATE access SET access = 4 WHERE access = 5;
    UPDATE access SET access = 5 WHERE access = -1
"""
ALTERATIONS = {
    "who": ("UPDATE access SET actor = 'x' WHERE access = 4", {"access-altered": 1}),
    "when": ("UPDATE access SET at = at + 1 WHERE access = 4", {"access-altered": 1}),
    "why": ("UPDATE access SET purpose = 'x' WHERE access = 4", {"access-altered": 1}),
    "on what basis": ("UPDATE access SET legal_basis = '' WHERE access = 4", {"access-altered": 1}),
    "for which case": ("UPDATE access SET request_id = '' WHERE access = 4", {"access-altered": 1}),
    "the salt": ("UPDATE access SET salt = NULL WHERE access = 4", {"access-altered": 1}),
    "another salt": ("UPDATE access SET salt = x'00' WHERE access = 4", {"access-altered": 1}),
    "the commitment": ("UPDATE access SET covered = x'00' WHERE access = 4", {"access-altered": 1}),
    # The next one does not hang on it any more either.
    "the chain": ("UPDATE access SET chain = x'00' WHERE access = 4", {"access-altered": 2}),
    "which class": (
        "UPDATE access_class SET data_class = 'convictions' WHERE access = 4 AND ordinal = 0",
        {"access-altered": 1},
    ),
    "in which order": (
        "UPDATE access_class SET ordinal = 5 WHERE access = 4 AND ordinal = 0",
        {"access-altered": 1},
    ),
    "whose": (
        "UPDATE access_class SET token = randomblob(16) WHERE access = 4 AND ordinal = 0",
        {"access-altered": 1},
    ),
    "whose is not said": (
        "UPDATE access_class SET token = NULL WHERE access = 4 AND ordinal = 0",
        {"access-altered": 1},
    ),
    "a class left out": (
        "DELETE FROM access_class WHERE access = 4 AND ordinal = 1",
        {"access-altered": 1},
    ),
    "a class elsewhere": (
        "UPDATE access_class SET access = 40 WHERE access = 4 AND ordinal = 1",
        {"access-altered": 1, "access-stray": 1},
    ),
    "one left out": (
        "DELETE FROM access WHERE access = 4",
        {"access-missing": 1, "access-stray": 1},
    ),
    "two exchanged": (SWAPPED, {"access-altered": 3}),
    "the last ones cut": (
        "DELETE FROM access WHERE access > 8; DELETE FROM access_class WHERE access > 8",
        {"access-shortened": 1},
    ),
    "all of it": ("DELETE FROM access; DELETE FROM access_class", {"access-emptied": 1}),
    "passed off as pruned": (
        "INSERT INTO pruned SELECT access, chain FROM access WHERE access = 4;"
        "DELETE FROM access WHERE access <= 4; DELETE FROM access_class WHERE access <= 4",
        {"access-pruned": 1},
    ),
    "one more at the beginning": (
        "INSERT INTO access SELECT -1, at, actor, purpose, legal_basis, request_id, salt, covered,"
        " chain FROM access WHERE access = 4",
        {"access-stray": 1},
    ),
}


@pytest.mark.parametrize("what", ALTERATIONS)
def test_what_was_altered_in_the_access_table_is_found(town: Town, what: str) -> None:
    statements, expected = ALTERATIONS[what]
    altered(town, statements)
    assert found(town) == expected


def test_a_chain_that_was_made_anew_over_other_accesses_is_found(town: Town) -> None:
    altered(town, "UPDATE access SET actor = 'somebody else' WHERE access = 4")
    table = town.instance.access
    chain = access_chain.START
    for link in table.links(0, 10):
        classes = [data_class for _, data_class, _ in link.read]
        chain = access_chain.link(
            chain, link.number, link.at, link.actor, link.purpose, link.legal_basis, classes,
            link.covered,
        )  # fmt: skip
        table._database.execute(
            "UPDATE access SET chain = ? WHERE access = ?", (chain, link.number)
        )
    assert found(town) == {"access-chain": 1}
    # It stays found, however often the new chain is noted.
    reading(town, 1)
    counting.note(town.instance)
    assert found(town) == {"access-chain": 1}


def test_a_table_that_began_anew_stays_found(town: Town) -> None:
    altered(town, "DELETE FROM access; DELETE FROM access_class")
    reading(town, 2)
    counting.note(town.instance)
    assert found(town) == {"access-shortened": 2}


def test_the_value_where_the_chain_was_pruned_is_held_against_the_log(town: Town) -> None:
    assert counting.prune(town.instance, date(2031, 1, 1)) == 10
    assert found(town) == {}
    altered(town, "UPDATE pruned SET chain = randomblob(32)")
    assert "access-chain" in found(town)


def test_no_finding_names_a_token_or_who_read(town: Town) -> None:
    [token] = reading(town, 1)[:1]
    altered(town, "UPDATE access SET at = 1 WHERE access > 3")
    said = list(findings(town.instance.log, town.instance.access))
    assert len(said) == 8
    assert not any(word in str(said) for word in (token, "system:letting", "case"))


def test_a_server_notes_at_its_end_how_far_the_table_reaches() -> None:
    with Town.founded() as town:
        running = counting.Counting(town.instance, interval=3_600)
        running.start()
        town.ask(town.register(2))
        assert town.instance.view().find(facts.AccessCounted, "") == []
        running.stop()
        [noted] = town.instance.view().find(facts.AccessCounted, "")
        assert noted.fact.count == town.instance.access.counted().accesses > 0


def test_while_it_runs_it_notes_now_and_then() -> None:
    with Town.founded() as town:
        running = counting.Counting(town.instance, interval=0.01)
        running.start()
        town.ask(town.register(1))
        for _ in range(1_000):
            if town.instance.view().find(facts.AccessCounted, ""):
                break
            running._ending.wait(0.01)
        assert town.instance.view().find(facts.AccessCounted, "")
        running.stop()
