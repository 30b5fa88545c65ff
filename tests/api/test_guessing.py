"""Whoever knows all that is shown of an area, and how it is hidden, can tell no hidden count.

The attacker asks everything that the service says of an area: figures, statuses, timeline, tools,
reports, the log with its hashes, and what an import would come to that is never carried out. Then
each value that a hidden cell can have is tried: an area with that value must look the same, for at
least one value that is not the right one.
"""

from __future__ import annotations

import base64
from collections.abc import Iterator
from fractions import Fraction
from itertools import product
from typing import Any

import grpc
import pytest
from google.protobuf.json_format import MessageToDict, MessageToJson
from google.protobuf.message import Message

from domain.law.numbers import decimal_text
from husret.v1 import area_service_pb2 as pb
from husret.v1 import audit_service_pb2 as audit
from husret.v1 import core_pb2 as core
from husret.v1 import eligibility_service_pb2 as questions
from husret.v1 import report_service_pb2 as report
from services.instance.instance import Instance
from tests.api.client import Client, an_id, context
from tests.api.conftest import DAY as TODAY
from tests.api.conftest import served
from tests.api.test_few_persons import imports
from tests.api.test_figures import a_row, counted, imported
from tests.area_lists.files import a_list, an_area, file_of

AREA, LIST_DAY, DAY = "9999-lillevang", "2023-12-01", "2024-02-01"

Counts = dict[tuple[str, int], tuple[int, int]]
"""By what was counted and the year: how many, of how many."""

WORLDS: dict[str, tuple[int, str, Counts]] = {
    "a limit lies among what two small counts can be": (
        192,
        "0.68",
        {("convicted", 2022): (4, 192), ("convicted", 2023): (4, 192)},
    ),
    "a limit lies among what one can be beside a count that is shown": (
        250,
        "0.68",
        {("convicted", 2022): (6, 250), ("convicted", 2023): (4, 250)},
    ),
    "one is small and nothing else is known": (900, "0.68", {("convicted", 2022): (3, 900)}),
    "all but few, in the one of two years": (
        412,
        "0.75",
        {("unattached", 2022): (98, 100), ("unattached", 2023): (50, 100)},
    ),
    "few are younger": (
        412,
        "0.75",
        {
            ("convicted", 2022): (3, 397),
            ("convicted", 2023): (9, 412),
            ("convicted_adults", 2023): (7, 301),
        },
    ),
}
"""Of each: the residents, the country's share of convicted residents, and what was counted."""


def a_list_of(counts: Counts, residents: int) -> bytes:
    """A list of the day, with the mean that the counts give, as the ministry prints it."""
    shares = [
        Fraction(100 * many, of)
        for (figure, _), (many, of) in counts.items()
        if figure == "convicted"
    ]
    figures = {}
    if shares:
        mean = decimal_text(sum(shares, Fraction(0)) / len(shares), 2)
        figures["convicted_share"] = mean.replace(".", ",")
    row = {
        "municipality": "9999",
        "area": AREA,
        "name": "Lillevang",
        "residents": str(residents),
        "confidence": "made_up",
        "list_day": LIST_DAY,
        **dict.fromkeys(FIGURES, ""),
        **figures,
    }
    head = a_list(list_day=LIST_DAY, kind="vulnerable", complete="9999", published_total="1")
    return file_of(head, an_area(**row))


FIGURES = (
    "unattached_share",
    "convicted_share",
    "basic_schooling_share",
    "income_ratio",
    "nonwestern_share",
)


class World:
    """An instance that holds these counts of an area, and all that it shows of them."""

    def __init__(self, name: str, counts: Counts) -> None:
        residents, country, guessed = WORLDS[name]
        place = {"area": "", "place": "hele landet", "years": "2022-2023"}
        with served(Instance.in_memory(today=lambda: TODAY)) as client:
            client.areas.ImportAreaLists(imports(a_list_of(counts, residents)))
            imported(
                client,
                a_row("residents", str(residents), exact="yes"),
                a_row("convicted_share", country.replace(".", ","), **place),
                *(counted(figure, year, *of) for (figure, year), of in counts.items()),
                accept_implausible=True,
            )
            self.messages = dict(shown(client))
            self.guesses = dict(guesses(client, guessed, residents))
            [*self.hidden] = hidden_cells(client)

    def looks(self) -> Any:
        """Everything but ids, times and hashes, which no two instances have in common."""
        return {name: plain(MessageToDict(each)) for name, each in self.messages.items()} | (
            self.guesses
        )


def shown(client: Client) -> Iterator[tuple[str, Message]]:
    """Ask all that the service says of the area."""
    by = context(purpose="audit")
    areas, on = client.areas, pb.GetAreaStatusRequest(area=AREA, day=DAY)
    yield "figures", areas.GetAreaFigures(pb.GetAreaFiguresRequest(area=AREA))
    yield "status", areas.GetAreaStatus(on)
    yield "timeline", areas.GetAreaTimeline(pb.GetAreaTimelineRequest(area=AREA))
    yield "tools", areas.GetAreaTools(pb.GetAreaToolsRequest(area=AREA, day=DAY))
    now = core.Consistency(at_least_position=client.head())
    yield "periods", areas.ListAreaStatus(pb.ListAreaStatusRequest(consistency=now))
    asked = report.GetAreaReportRequest(context=by, year=2023)
    yield "report", client.reports.GetAreaReport(asked)
    yield (
        "movements",
        client.reports.ListListMovements(report.ListListMovementsRequest(consistency=now)),
    )
    # The first event names the log, which is another one in each world.
    log = audit.ListEventsRequest(context=by, page_size=1_000, after_position=1)
    yield "log", client.audit.ListEvents(log)


def guesses(client: Client, counts: Counts, residents: int) -> Iterator[tuple[str, Any]]:
    """Ask what the import of each guess would come to, by itself and with its list."""
    for (figure, year), (many, of) in counts.items():
        for guess in range(max(0, many - 4), min(of, many + 4) + 1):
            other = counts | {(figure, year): (guess, of)}
            for correct in (False, True):
                asked = f"{figure} {year}: {guess}, {correct}"
                row = counted(figure, year, guess, of)
                yield asked, said(imported, client, row, validate_only=True, correct=correct)
                lists = imports(a_list_of(other, residents), validate_only=True, correct=correct)
                yield f"{asked}, by its list", said(client.areas.ImportAreaLists, lists)


def said(call: Any, *arguments: Any, **values: Any) -> Any:
    try:
        return plain(MessageToDict(call(*arguments, **values)))
    except grpc.RpcError as error:
        refused: Any = error
        return refused.details()


def hidden_cells(client: Client) -> Iterator[tuple[str, int]]:
    for day in client.areas.GetAreaFigures(pb.GetAreaFiguresRequest(area=AREA)).days:
        for name in day.suppressed:
            figure, _, year = name.partition(" ")
            if year.isdecimal():
                yield figure, int(year)


def plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: plain(each) for name, each in value.items() if name not in _OF_ONE_RUN}
    return [plain(each) for each in value] if isinstance(value, list) else value


_OF_ONE_RUN = ("eventId", "recordedAt", "metadata", "logId", "leafHash", "basis")


def near(counts: Counts, cells: list[tuple[str, int]]) -> Iterator[Counts]:
    """Yield other counts of the hidden cells, the nearest first."""
    steps = sorted(product(range(-4, 5), repeat=len(cells)), key=lambda each: sum(map(abs, each)))
    for step in steps:
        other = dict(counts)
        for cell, more in zip(cells, step, strict=True):
            many, of = counts[cell]
            other[cell] = many + more, of
        if other != counts and all(0 <= many <= of for many, of in other.values()):
            yield other


@pytest.mark.parametrize("name", WORLDS)
def test_a_hidden_count_can_be_another_one_for_all_that_is_shown(name: str) -> None:
    counts = WORLDS[name][2]
    right = World(name, counts)
    assert right.hidden
    looks = right.looks()
    left, tried = set(right.hidden), 0
    for other in near(counts, right.hidden):
        if not any(other[cell] != counts[cell] for cell in left):
            continue
        tried += 1
        assert tried < MOST_TRIED, (name, left)
        if World(name, other).looks() == looks:
            left -= {cell for cell in left if other[cell] != counts[cell]}
        if not left:
            break
    assert not left, (name, left)


MOST_TRIED = 24
"""Worlds that are made to find one that looks alike: a few are enough where nothing is told."""


@pytest.mark.parametrize("name", WORLDS)
def test_nothing_shows_the_leaf_hash_that_each_guess_can_be_tried_against(name: str) -> None:
    made = Instance.in_memory(today=lambda: TODAY)
    residents, _, counts = WORLDS[name]
    with served(made) as client:
        client.areas.ImportAreaLists(imports(a_list_of(counts, residents)))
        rows = [counted(figure, year, *of) for (figure, year), of in counts.items()]
        imported(client, *rows, accept_implausible=True)
        messages = dict(shown(client))
        log = messages["log"]
        assert isinstance(log, audit.ListEventsResponse)
        secret = {event.position for event in log.events if event.withheld}
        assert secret
        hashes = {
            base64.b64encode(event.leaf_hash).decode(): event.position
            for event in made.log.read(None, after=0, upto=made.log.head(), limit=1_000)
        }
    for asked, message in messages.items():
        text = MessageToJson(message)
        for each, position in hashes.items():
            assert position not in secret or each not in text, (asked, position)


def test_no_proof_is_exported_of_an_answer_that_rests_on_what_is_hidden() -> None:
    """Its bytes name the figures' leaf hash, so each guess could be tried against them."""
    residents, _, counts = WORLDS["one is small and nothing else is known"]
    with served(Instance.in_memory(today=lambda: TODAY)) as client:
        client.areas.ImportAreaLists(imports(a_list_of(counts, residents)))
        asked = questions.CheckPlanRequest(
            context=context(purpose="area"),
            request_id=an_id(),
            question=questions.PlanQuestion(area=AREA, day=DAY),
        )
        receipt = client.eligibility.CheckPlan(asked).decision.receipt_id
        request = audit.ExportProofRequest(context=context(purpose="audit"), receipt_id=receipt)
        with pytest.raises(grpc.RpcError) as refused:
            client.audit.ExportProof(request)
    told: Any = refused.value
    assert told.code() is grpc.StatusCode.INVALID_ARGUMENT
    assert "figures of few persons" in str(told.trailing_metadata())
