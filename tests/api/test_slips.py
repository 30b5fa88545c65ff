"""Near names, long texts and figures that contradict each other, by every way in."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from domain.facts import kinds
from tests.api.client import AREA, Client, Refusal, an_area, an_id, area_figures, context, pb
from tests.api.test_areas import MADE_UP, request
from tests.api.test_confirming import imported
from tests.area_lists.test_doubts import AREA as BISPEHAVEN
from tests.area_lists.test_doubts import lists_of

Refused = Callable[[Callable[[], object]], Refusal]


@pytest.fixture
def listed(client: Client) -> Client:
    imported(client, lists_of(2021, BISPEHAVEN))
    return client


def recorded(client: Client, fact: pb.Fact, **values: bool) -> str:
    request = pb.RecordFactsRequest(context=context(), request_id=an_id(), facts=[fact], **values)
    return client.facts.RecordFacts(request, timeout=20).recorded[0].fact_id


def aarhus(name: str) -> pb.Fact:
    return an_area("0751-another", name=name, municipality="0751")


@pytest.mark.parametrize(
    "name", ["BISPEHAVEN", "Bispehaven mv.", "Bispehavn", "Bispe-haven", "Bispehaven/Hasle"]
)
def test_an_area_is_not_registered_beside_a_listed_one_of_a_near_name_unless_confirmed(
    name: str, listed: Client, refused: Refused
) -> None:
    refusal = refused(lambda: recorded(listed, aarhus(name)))
    [(path, said)] = refusal.fields.items()
    assert path == "facts[0].area_registered.name"
    assert "0751-bispehaven" in said
    assert "accept_new" in said
    assert recorded(listed, aarhus(name), accept_new=True)
    # Confirmed once, it is not asked about again.
    assert recorded(listed, aarhus(name))


def test_the_name_of_a_listed_area_elsewhere_may_be_that_area_moved(
    listed: Client, refused: Refused
) -> None:
    moved = an_area("0461-bispehaven", name="Bispehaven", municipality="0461")
    assert set(refused(lambda: recorded(listed, moved)).fields) == {"facts[0].area_registered.name"}
    assert recorded(listed, moved, accept_new=True)


def test_a_correction_and_a_renaming_are_asked_about_too(listed: Client, refused: Refused) -> None:
    fact_id = recorded(listed, aarhus("Langkærparken"))
    renamed = pb.Fact(
        area_renamed=pb.AreaRenamed(area="0751-another", name="Bispehavn", first_day="2024-01-01")
    )
    assert set(refused(lambda: recorded(listed, renamed)).fields) == {"facts[0].area_renamed.name"}
    asked = pb.CorrectFactRequest(
        context=context(), request_id=an_id(), fact_id=fact_id, fact=aarhus("Bispehavn")
    )
    refusal = refused(lambda: listed.facts.CorrectFact(asked, timeout=20))
    assert set(refusal.fields) == {"fact.area_registered.name"}
    asked.accept_new = True
    listed.facts.CorrectFact(asked, timeout=20)


def test_neighbours_that_are_told_apart_and_areas_on_no_list_are_not_asked_about(
    client: Client, refused: Refused
) -> None:
    client.record(
        an_area("9999-agervang-1", name="Agervang I"),
        an_area("9999-agervang-2", name="Agervang II"),
        an_area("9999-skoven", name="Skoven"),
        an_area("9999-skovenvest", name="Skovenvest"),
    )
    two = [an_area("9999-hoej", name="Højen"), an_area("9999-hoje", name="HØJEN")]
    assert set(refused(lambda: client.record(*two)).fields) == {
        "facts[0].area_registered.name",
        "facts[1].area_registered.name",
    }


@pytest.mark.parametrize(
    ("column", "longest"), [("name", kinds.LONGEST_NAME), ("source", kinds.LONGEST_SOURCE)]
)
def test_a_file_says_nothing_longer_than_a_fact_may(
    column: str, longest: int, client: Client, refused: Refused
) -> None:
    content = lists_of(2021, {**BISPEHAVEN, column: "x" * (longest + 1)})
    refusal = refused(lambda: imported(client, content))
    assert f"at most {longest} are allowed" in "".join(refusal.fields.values())
    imported(client, lists_of(2021, {**BISPEHAVEN, column: "x" * longest}))


def test_figures_of_a_day_are_not_stated_twice_otherwise_by_list_and_by_fact(
    client: Client, refused: Refused
) -> None:
    imported(client, lists_of(2021, BISPEHAVEN, residents="2300", nonwestern_share="61,2"))
    values: dict[str, Any] = {"reference_day": "2021-12-01"}
    other = area_figures("0751-bispehaven", figures=pb.Figures(residents=2100), **values)
    said = refused(lambda: recorded(client, other)).fields
    assert said.keys() == {"facts[0].area_figures.figures.residents"}
    assert "what stands for the same day" in "".join(said.values())
    rounded = pb.Figures(nonwestern_share="61")
    assert recorded(client, area_figures("0751-bispehaven", figures=rounded, **values))


def test_a_file_is_held_against_figures_that_were_recorded_before_it(
    client: Client, refused: Refused
) -> None:
    client.areas.ImportAreaLists(request(MADE_UP))
    client.record(an_area(AREA))
    client.record(an_area("0751-bispehaven", name="Bispehaven", municipality="0751"))
    day = {"reference_day": "2021-12-01"}
    client.record(area_figures("0751-bispehaven", figures=pb.Figures(residents=2100), **day))
    content = lists_of(2021, BISPEHAVEN, residents="2300")
    said = "".join(refused(lambda: imported(client, content)).fields.values())
    assert "2300 contradicts what stands for the same day" in said
    assert "2100" not in said
    imported(client, content, accept_implausible=True)
