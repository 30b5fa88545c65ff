"""What is shown of an area's figures is the same whatever a hidden count is."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import product
from typing import Any, NamedTuple
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.events import Recorded
from domain.facts import AreaFigures, Figures, Measure, Measured
from domain.law.area.measured import known, mean_of
from domain.law.numbers import decimal_text
from domain.reference import Reference
from domain.shown import small, small_of
from domain.suppression import LEAST_SHOWN


class World(NamedTuple):
    """What was counted of a small area: unattached in two years, convicted residents and adults."""

    unattached: tuple[int, int]
    of: tuple[int, int]
    convicted: int
    adults: int
    residents: int
    of_age: int

    def is_one(self) -> bool:
        """Tell whether the counts can be of one area."""
        younger = self.convicted - self.adults
        return (
            all(0 <= many <= of for many, of in zip(self.unattached, self.of, strict=True))
            and 0 <= self.adults <= self.of_age
            and 0 <= younger <= self.residents - self.of_age
        )

    def figures(self) -> Figures:
        """Return the figures as they are recorded, with the mean of the two years published."""
        parts = tuple(
            Measured(figure=Measure.UNATTACHED, first_year=year, numerator=many, denominator=of)
            for year, many, of in zip((2021, 2022), self.unattached, self.of, strict=True)
        )
        return Figures(
            unattached_share=decimal_text(mean_of(list(parts)).by_shares, 1),
            measured=(
                *parts,
                _counted(Measure.CONVICTED, self.convicted, self.residents),
                _counted(Measure.CONVICTED_ADULTS, self.adults, self.of_age),
            ),
        )

    def shown(self) -> Any:
        """Return all that leaves the service of it: figures, means, and what is left out."""
        fact = AreaFigures(
            area="A", reference_day=date(2023, 12, 31), figures=self.figures(), source="s"
        )
        reference = Reference()
        item = Recorded[Any](1, UUID(int=1), b"", fact)
        reference.apply(item)
        view = reference.at()
        may = small(view, "A", LEAST_SHOWN)
        figures = known(view, item)
        means = {
            name: None if may.mean(name, mean, figures.figures) else mean.ways
            for name, mean in figures.worked_out.items()
        }
        return may.figures(fact.figures, 2023), means

    def others(self) -> Iterator[tuple[str, int, World]]:
        """Yield worlds that differ in a count, with its name and what it is there."""
        for at in (0, 1):
            for many in range(max(0, self.unattached[at] - 5), self.unattached[at] + 6):
                both = (many, self.unattached[1]) if at == 0 else (self.unattached[0], many)
                yield f"unattached {2021 + at}", many, self._replace(unattached=both)
        near = range(-4, 5)
        for all_more, adults_more in product(near, near):
            other = self._replace(
                convicted=self.convicted + all_more, adults=self.adults + adults_more
            )
            yield "convicted 2022", other.convicted, other
            yield "convicted_adults 2022", other.adults, other
        # Where so few are younger, how many there are of an age is hidden too.
        for more, many in product(range(1, 5), range(5)):
            for other in (
                self._replace(
                    residents=self.residents + more, convicted=self.convicted + min(many, more)
                ),
                self._replace(
                    residents=self.residents + more,
                    of_age=self.of_age + more,
                    convicted=self.convicted + min(many, more),
                    adults=self.adults + min(many, more),
                ),
                self._replace(of_age=self.of_age - more, adults=self.adults - min(many, more)),
            ):
                yield "convicted 2022", other.convicted, other
                yield "convicted_adults 2022", other.adults, other


def _counted(figure: Measure, many: int, of: int) -> Measured:
    return Measured(figure=figure, first_year=2022, numerator=many, denominator=of)


@st.composite
def worlds(draw: st.DrawFn) -> World:
    of_age = draw(st.integers(20, 60))
    residents = of_age + draw(st.integers(0, 30))
    adults = draw(st.integers(0, of_age))
    younger = draw(st.integers(0, min(8, residents - of_age)))
    of = draw(st.integers(10, 60)), draw(st.integers(10, 60))
    unattached = draw(st.integers(0, of[0])), draw(st.integers(0, of[1]))
    return World(unattached, of, adults + younger, adults, residents, of_age)


@settings(max_examples=25, deadline=None)
@given(worlds())
def test_all_that_is_shown_is_the_same_for_other_values_of_a_hidden_count(world: World) -> None:
    shown = world.shown()
    (figures, _), _ = shown
    hidden = {
        f"{before.figure} {before.first_year}"
        for before, after in zip(world.figures().measured, figures.measured, strict=True)
        if before != after
    }
    alike: dict[str, set[int]] = {name: set() for name in hidden}
    for name, many, other in world.others():
        if name in hidden and other.is_one() and other.shown() == shown:
            alike[name].add(many)
    for name, values in alike.items():
        assert len(values) >= 2, (name, values)
    small_ones = {
        name
        for name, many in (
            ("unattached 2021", world.unattached[0]),
            ("unattached 2022", world.unattached[1]),
            ("convicted 2022", world.convicted),
            ("convicted_adults 2022", world.adults),
        )
        if many < LEAST_SHOWN
    }
    assert small_ones <= hidden


@pytest.mark.parametrize(
    ("numerator", "denominator", "is_shown"),
    [(4, 100, False), (5, 100, True), (95, 100, True), (96, 100, False), (100, 100, False)],
)
def test_a_count_is_shown_from_five_on_and_so_is_how_many_are_left(
    numerator: int, denominator: int, is_shown: bool
) -> None:
    part = Measured(
        figure=Measure.CONVICTED, first_year=2022, numerator=numerator, denominator=denominator
    )
    figures = Figures(measured=(part,))
    shown, _ = small_of([figures], LEAST_SHOWN).figures(figures, 2023)
    assert (shown.measured[0].numerator is not None) is is_shown
    assert shown.measured[0].denominator == denominator


@pytest.mark.parametrize(
    ("share", "residents", "is_shown"),
    [("1.0", 499, False), ("1.0", 500, True), ("99.0", 499, False), ("1.0", None, True)],
)
def test_a_published_share_is_shown_where_it_is_of_five_or_more(
    share: str, residents: int | None, is_shown: bool
) -> None:
    figures = Figures(convicted_share=share, residents=residents)
    shown, names = small_of([figures], LEAST_SHOWN).figures(figures, 2023)
    assert (shown.convicted_share is not None) is is_shown
    assert ("convicted_share" in names) is not is_shown


def test_a_mean_is_hidden_with_one_of_its_years_and_not_with_another() -> None:
    few = _counted(Measure.CONVICTED, 3, 400)
    of_few = Measured(figure=Measure.CONVICTED_SHARE, first_year=2021, last_year=2022)
    later = Measured(figure=Measure.CONVICTED_SHARE, first_year=2023, last_year=2024)
    for over, names in ((of_few, ("convicted_share",)), (later, ())):
        figures = Figures(convicted_share="2.5", measured=(few, over))
        assert small_of([figures], LEAST_SHOWN).figures(figures, 2024)[1] == names


def test_nothing_is_hidden_where_an_instance_shows_all() -> None:
    figures = Figures(residents=3, measured=(_counted(Measure.CONVICTED, 3, 400),))
    assert small_of([figures], 0).figures(figures, 2023) == (figures, ())
