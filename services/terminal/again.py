"""Prints recorded answers that were asked again: what moved them, and what would be now."""

from __future__ import annotations

from argparse import Namespace as Options
from collections.abc import Iterator

from rich.text import Text

from domain.law.texts.kinds import Text as Said
from husret.v1 import audit_service_pb2 as pb
from husret.v1 import core_pb2 as core
from services.terminal import output, show

NO_ANSWER = Said(
    "Det er intet svar: intet er registreret, og intet kan hvile på det.",
    "This is no answer: nothing is recorded, and nothing can rest on it.",
)

VERDICTS = {
    pb.MOVED_VERDICT_WOULD_BE_PERMITTED: Said("ville nu være tilladt", "would now be permitted"),
    pb.MOVED_VERDICT_OTHER_OUTCOME: Said("et andet svar", "another outcome"),
    pb.MOVED_VERDICT_CANNOT_BE_TOLD: Said("kan ikke oplyses", "cannot be told"),
    pb.MOVED_VERDICT_SAME_OUTCOME: Said("samme svar", "the same outcome"),
    pb.MOVED_VERDICT_NOT_MOVED: Said("ikke flyttet", "not moved"),
}


def put(options: Options, found: pb.DecideAgainResponse) -> None:
    """Print a recorded answer and what it would be."""
    if options.json:
        output.put(options, found, ())
        return
    words = show.Words(options.language)
    show.print_rows(list(_rows(words, found)))


def _rows(words: show.Words, found: pb.DecideAgainResponse) -> Iterator[show.Row]:
    before, after = found.before, found.after
    yield "", [Text(words.both(NO_ANSWER), "bold")]
    yield words.say("Spørgsmål", "Question"), [Text(words.place(before))]
    if found.HasField("draft"):
        yield words.say("Udkast", "Draft"), words.lines([found.draft])
    yield words.say("Svaret", "The answer"), [_outcome(words, before)]
    changed = before.outcome != after.outcome
    after_said = _outcome(words, after)
    if not changed:
        after_said = Text(words.say("det samme: ", "the same: ")) + after_said
    yield words.say("Ville være", "Would be"), [after_said]
    if not found.reproduced:
        erased = words.say(
            "Oplysninger, det hviler på, er slettet; ikke alle forskelle kan oplyses.",
            "Facts that it rests on have been erased; not every difference can be told.",
        )
        yield "", [Text(erased, "bold")]
    nothing = Text(words.say("intet, som svaret hviler på", "nothing that it would have read"))
    yield (
        words.say("Registreret siden", "Recorded since"),
        [_moving(words, each) for each in found.moved_by] or [nothing],
    )
    yield words.say("Forskelle", "Differences"), list(_differences(words, found))
    if changed:
        yield words.say("Begrundelse", "Why"), words.lines([after.summary])


def _outcome(words: show.Words, decision: core.Decision) -> Text:
    known = words.say("kendt ved position", "known at position")
    law = words.say("udgave", "edition")
    return words.outcome(decision.outcome) + Text(
        f" ({known} {decision.known_at_position}, {law} {decision.law_package[:12]})"
    )


def _moving(words: show.Words, event: pb.MovingEvent) -> Text:
    of = words.both(show.DATA_CLASSES[event.data_class]) if event.data_class else ""
    return Text(f"position {event.position}: {event.type}" + (f" ({of})" if of else ""))


def _differences(words: show.Words, found: pb.DecideAgainResponse) -> Iterator[Text]:
    for each in found.differences:
        whose = f" {each.person_id}" if each.person_id else ""
        yield Text(f"{each.rule_id} ({each.citation}){whose}", "bold")
        yield from words.lines([each.text])


def moved(words: show.Words, each: pb.MovedDecision) -> Text:
    """Say on one line how an answer of the list stands."""
    before = words.outcome(each.before)
    after = words.outcome(each.after) if each.after else Text("?")
    moved_at = words.say("flyttet ved", "moved at")
    settled = ""
    if each.settled_at_position:
        settled = f", {words.say('afsluttet ved', 'settled at')} {each.settled_at_position}"
    what = Text(f"{words.both(VERDICTS[each.verdict]):<22} ") + before + Text(" -> ") + after
    what += Text(f"  {each.question} {each.day} {each.area or '-'}  ")
    where = f", {moved_at} {each.moved_at_position}" if each.moved_at_position else ""
    return what + Text(f"{each.receipt_id} ({each.recorded_position}{where}{settled})")
