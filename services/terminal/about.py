"""Prints what a recorded answer is about: whom, where, in which case, who asked, and when."""

from __future__ import annotations

from argparse import Namespace as Options
from collections.abc import Iterable
from datetime import UTC

from google.protobuf.timestamp_pb2 import Timestamp
from rich.text import Text

from domain.law.texts.kinds import Text as Said
from husret.v1 import audit_service_pb2 as audit
from services.log.wall_clock import COPENHAGEN
from services.terminal import output, show


def put(options: Options, found: audit.GetDecisionResponse) -> None:
    """Print a recorded answer with what it is about, and everything that it rests on."""
    if options.json:
        answer = {**output.plain(found.decision), "about": output.plain(found.about)}
        output.put(options, answer, ())
        return
    words = show.Words(options.language, names(found))
    about = rows(words, found)
    show.print_rows(show.decision_rows(options, found.decision, about=about, names=words.names))


def names(found: audit.GetDecisionResponse) -> dict[str, str]:
    """Return the names of the household's members by their ids, where they were asked for."""
    return {each.person_id: each.name for each in found.about.members if each.name}


def rows(words: show.Words, found: audit.GetDecisionResponse) -> list[show.Row]:
    """Lay out what a recorded answer is about."""
    about = found.about
    stated = (
        Said(f"{each.meaning.da}: {each.said.da}", f"{each.meaning.en}: {each.said.en}")
        for each in about.stated
    )
    asked, known = words.say("spurgt af", "asked by"), words.say("kendt ved", "known at")
    position = found.decision.known_at_position
    times = [
        Text(f"{asked} {show.who(about.asked_by)} ({about.asked_by.purpose})"),
        Text(f"{words.say('gemt', 'recorded')} {_moment(words, about.recorded_at)}"),
        Text(f"{known} position {position}, {_moment(words, about.known_at)}"),
    ]
    dwellings = (
        ", ".join(filter(None, (each.address, each.dwelling_id, each.area_name)))
        for each in about.dwellings
    )
    members = (f"{each.name} {each.person_id}".strip() for each in about.members)
    return [
        ("", words.lines([about.title])),
        (words.say("Sagsnummer", "Case number"), _given([about.case_number])),
        (words.say("Husstand", "Household"), _given([about.household_id])),
        (words.say("Personer", "Persons"), _given(members)),
        (words.say("Bolig", "Dwelling"), _given(dwellings)),
        (words.say("Område", "Area"), [] if about.dwellings else _given([about.area_name])),
        (words.say("Oplyst", "Stated"), words.lines(stated)),
        (words.say("Hvem og hvornår", "By whom and when"), times),
    ]


def _moment(words: show.Words, at: Timestamp) -> str:
    """Write a moment as the clocks in Denmark showed it, to the minute."""
    there = at.ToDatetime(UTC).astimezone(COPENHAGEN)
    return f"{words.day(there.date().isoformat())} {there:%H:%M}"


def _given(words: Iterable[str]) -> list[Text]:
    return [Text(each) for each in words if each]
