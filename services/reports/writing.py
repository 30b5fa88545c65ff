"""How a report writes things in one language: words, days, numbers."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date
from typing import Any

from domain.data_classes import DataClass
from domain.readback import CLASSES
from domain.reports import texts
from husret.v1 import core_pb2 as core
from services.facts.municipalities import MADE_UP_MUNICIPALITY, municipalities
from services.log.wall_clock import COPENHAGEN
from services.reports.words import COMPARISONS, PURPOSE_NAMES, WORDS

LANGUAGES = ("da", "en")


class Writing:
    """Danish or English, as a template asks for it."""

    def __init__(self, language: str) -> None:
        if language not in LANGUAGES:
            raise ValueError(f"a report is written in one of {', '.join(LANGUAGES)}")
        self.language = language

    def word(self, name: str, /, **values: Any) -> str:
        """Return a word or sentence of the reports' own; raises LookupError for another."""
        said: str = getattr(WORDS[name], self.language)
        return said.format(**values) if values else said

    def said(self, text: Any) -> str:
        """Return a text that has both languages."""
        said: str = getattr(text, self.language)
        return said

    def day(self, iso: str) -> str:
        """Write a day that is given as YYYY-MM-DD; empty stays empty."""
        return self.said(texts.day(date.fromisoformat(iso))) if iso else ""

    def moment(self, at: Any) -> str:
        """Write a moment as the clocks in Denmark showed it; a day and the minute."""
        there = at.ToDatetime(UTC).astimezone(COPENHAGEN)
        day = self.said(texts.day(there.date()))
        point = "." if self.language == "da" else ":"
        return self.word("clock", day=day, time=f"{there.hour}{point}{there.minute:02}")

    def data_class(self, number: int) -> str:
        """Say what a class of data holds."""
        name = core.DataClass.Name(core.DataClass.ValueType(number))
        return self.said(CLASSES[DataClass(name.removeprefix("DATA_CLASS_").lower())])

    def purpose(self, purpose: str) -> str:
        """Say what data was read or recorded for."""
        return self.said(PURPOSE_NAMES[purpose])

    def number(self, decimal: str) -> str:
        """Write a decimal number; Danes write a comma."""
        return decimal.replace(".", ",") if self.language == "da" else decimal

    def count(self, number: int) -> str:
        """Write a count, thousands apart."""
        said = f"{number:,}"
        return said.replace(",", ".") if self.language == "da" else said

    def comparison(self, sign: str) -> str:
        """Write how a figure is measured by its limit."""
        return {">=": "≥", "<=": "≤"}.get(sign, sign)

    def compared(self, sign: str) -> str:
        """Write in words how a figure is measured by its limit.

        A sign alone in a cell would be taken for a formula by some programs.
        """
        return self.said(COMPARISONS[sign]) if sign else ""

    def parts(self, counted: Iterable[Any]) -> str:
        """Write how many of how many were counted, year by year."""
        return "; ".join(
            f"{self.word('share_of', numerator=each.numerator, denominator=each.denominator)} "
            f"({each.year})"
            for each in counted
        )

    def citation(self, section: str) -> str:
        """Write where something stands; a section sign never parts from its number."""
        section = section.replace("§ ", "§\u00a0").replace("§§ ", "§§\u00a0")
        return section.replace("stk. ", "stk.\u00a0").replace("nr. ", "nr.\u00a0")

    def status(self, status: str) -> str:
        """Say what a status is."""
        return self.said(texts.STATUSES[status])

    def municipality(self, code: str) -> str:
        """Return the name of a municipality; the code where it has none."""
        if code == MADE_UP_MUNICIPALITY:
            return self.word("made_up_municipality")
        return municipalities().get(code, code)

    def first_upper(self, text: str) -> str:
        """Begin a text with a capital letter."""
        return text[:1].upper() + text[1:]
