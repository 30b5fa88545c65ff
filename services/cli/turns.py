"""Says in words where a dwelling stands, and whose turn it is at a vacancy."""

from __future__ import annotations

from domain.facts.words import Channel, ShareBasis
from domain.law.texts.kinds import Text
from domain.reports.texts import BASES, CHANNELS
from domain.tenancy import State
from husret.v1 import fact_service_pb2
from husret.v1 import tenancy_service_pb2 as pb
from services.terminal.show import Words

STATES = {
    State.FREE: Text("ikke til udlejning", "free"),
    State.VACANT: Text("ledig", "vacant"),
    State.ALLOCATED: Text("ledig, og givet til en af vejene", "vacant, and allocated"),
    State.OFFERED: Text("tilbudt", "offered"),
    State.ACCEPTED: Text("tilbudt og accepteret", "offered, and accepted"),
    State.LET: Text("udlejet", "let"),
    State.UNDER_NOTICE: Text("udlejet og opsagt", "let, under notice"),
}
"""Where a dwelling stands."""


def state(words: Words, found: pb.DwellingState.ValueType) -> str:
    """Say where a dwelling stands."""
    code = pb.DwellingState.Name(found).removeprefix("DWELLING_STATE_").lower()
    return words.both(STATES[State(code)])


def channel(words: Words, found: pb.Channel.ValueType) -> str:
    """Name a channel, with the word that `--channel` takes."""
    code = pb.Channel.Name(found).removeprefix("CHANNEL_").lower()
    return f"{words.both(CHANNELS[Channel(code)])} ({code})"


def turn(words: Words, found: pb.Turn) -> str:
    """Say a turn in a line: the channel, its basis, and the count that makes it due."""
    said = channel(words, found.channel)
    if found.basis:
        code = fact_service_pb2.ShareBasis.Name(found.basis).removeprefix("SHARE_BASIS_").lower()
        said = f"{said}, {words.both(BASES[ShareBasis(code)])} ({code})"
    if not found.dwellings:
        return said
    said += ": " + _counted(words, found.taken, found.dwellings, found.allowed)
    if found.HasField("way"):
        counted = _counted(words, found.way_taken, found.way_dwellings, found.way_allowed)
        said += f"; {words.say('måde', 'way')} {found.way}: {counted}"
    return said


def _counted(words: Words, taken: int, dwellings: int, allowed: int) -> str:
    return words.say(
        f"har haft {taken} af {dwellings} boliger, denne med, og må have {allowed}",
        f"has had {taken} of {dwellings} dwellings, this one among them, and may have {allowed}",
    )
