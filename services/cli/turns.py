"""Says in words where a dwelling stands, and whose turn it is at a vacancy."""

from __future__ import annotations

from domain.facts.words import Channel, ShareBasis
from domain.law.texts.kinds import Text
from domain.reports.texts import BASES, CHANNELS
from husret.v1 import fact_service_pb2
from husret.v1 import tenancy_service_pb2 as pb
from services.cli.options import Options
from services.terminal.output import say

STATES = {
    "FREE": Text("ikke til udlejning", "free"),
    "VACANT": Text("ledig", "vacant"),
    "ALLOCATED": Text("ledig, og givet til en af vejene", "vacant, and allocated"),
    "OFFERED": Text("tilbudt", "offered"),
    "ACCEPTED": Text("tilbudt og accepteret", "offered, and accepted"),
    "LET": Text("udlejet", "let"),
    "UNDER_NOTICE": Text("udlejet og opsagt", "let, under notice"),
}
"""Where a dwelling stands, by the words of the contract."""


def state(options: Options, found: pb.DwellingState.ValueType) -> str:
    """Say where a dwelling stands."""
    said = STATES[pb.DwellingState.Name(found).removeprefix("DWELLING_STATE_")]
    return say(options, said.da, said.en)


def channel(options: Options, found: pb.Channel.ValueType) -> str:
    """Name a channel, with the word that `--channel` takes."""
    code = pb.Channel.Name(found).removeprefix("CHANNEL_").lower()
    said = CHANNELS[Channel(code)]
    return f"{say(options, said.da, said.en)} ({code})"


def turn(options: Options, found: pb.Turn) -> str:
    """Say a turn in a line: the channel, its basis, and the count that makes it due."""
    said = channel(options, found.channel)
    if found.basis:
        code = fact_service_pb2.ShareBasis.Name(found.basis).removeprefix("SHARE_BASIS_").lower()
        basis = BASES[ShareBasis(code)]
        said = f"{said}, {say(options, basis.da, basis.en)} ({code})"
    if not found.dwellings:
        return said
    said += ": " + _counted(options, found.taken, found.dwellings, found.allowed)
    if found.HasField("way"):
        counted = _counted(options, found.way_taken, found.way_dwellings, found.way_allowed)
        said += f"; {say(options, 'måde', 'way')} {found.way}: {counted}"
    return said


def _counted(options: Options, taken: int, dwellings: int, allowed: int) -> str:
    return say(
        options,
        f"har haft {taken} af {dwellings} boliger, denne med, og kan få {allowed}",
        f"has had {taken} of {dwellings} dwellings, this one among them, and may have {allowed}",
    )
