"""What an answer lacks or hangs on: in short, in words, and in which sheet it can be stated."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from husret.v1 import core_pb2, fact_service_pb2
from husret.v1 import eligibility_service_pb2 as pb
from services.api.nouns import NOUNS
from services.terminal import show


def in_short(answered: pb.ScreenedHousehold | pb.BatchCheckItem, words: show.Words) -> str:
    """Say what an answer lacks and who can supply it, and which readings it hangs on, in codes.

    Of one that permits, a reading that was not examined is left to the answer in words.
    """
    lacks = ", ".join(f"{each.kind} ({each.supplier})" for each in answered.missing)
    permitted = answered.outcome == core_pb2.OUTCOME_PERMITTED
    hangs = [each for each in answered.open_points if not (permitted and each.not_examined)]
    said = [f"{words.say('mangler', 'missing')}: {lacks}"] if lacks else []
    if hangs:
        points = ", ".join(dict.fromkeys("+".join(each.point_ids) for each in hangs))
        said.append(f"{words.say('beror på fortolkning', 'hangs on readings')}: {points}")
    return "; ".join(said)


def in_words(missing: Iterable[core_pb2.MissingFact], words: show.Words) -> Iterator[str]:
    """Say what is missing, each once: what is missing of several persons with how many."""
    for text, persons in Counter(words.both(each.text) for each in missing).items():
        several = words.say(f" ({persons} personer)", f" ({persons} persons)")
        yield f"{text}{several if persons > 1 else ''}"


def told(answered: pb.ScreenedHousehold | pb.BatchCheckItem, words: show.Words) -> Iterator[str]:
    """Say in words what an answer lacks, and which readings it hangs on."""
    yield from in_words(answered.missing, words)
    yield from (words.both(each.text) for each in answered.open_points)


def template(missing: Iterable[core_pb2.MissingFact]) -> str:
    """Return the sheet in which the first can be stated of what is missing: a noun, else a fact.

    A noun that registers somebody states more than what is missing of who is there.
    """
    for each in missing:
        kind = _SUPPLIED_BY.get(each.kind, each.kind)
        for noun in NOUNS.values():
            kinds = {made.kind for made in noun.makes}
            if kind in kinds and not any(made.endswith("_registered") for made in kinds):
                return noun.name
        if kind in _FACTS and kind not in MEASURED:
            return kind
    return ""


_FACTS = {field.name for field in fact_service_pb2.Fact.DESCRIPTOR.fields}
"""The kinds of fact; some that an answer can miss are called as the fact that supplies it."""

_SUPPLIED_BY = {
    "application_decided_first": "plan_dispensation_applied",
    "benefit_condition_undetermined": "benefit_condition_attested",
    "benefit_rate": "benefit_period",
    "clause_looked_at": "clause_judged",
    "criterion_shown": "sight_attested",
    "decision_elsewhere": "nothing_decided",
    "dispensation_applied": "plan_dispensation_applied",
    "factor_weighed": "proportionality_weighed",
    "family_dwellings_counted_anew": "family_dwellings_counted",
    "membership_recorded": "household_member",
    "more_shown": "sight_attested",
    "obligations_assessed": "proportionality_weighed",
    "offered_dwelling": "dwelling_recorded",
    "pension_attested": "benefits_attested",
    "sale_recorded": "property_sold",
    "steps_accounted": "plan_dispensation_applied",
}
"""By what an answer can miss, the fact that supplies it, where the two are called otherwise.

docs/api.md says it to whoever calls the service, and names what else can supply it.
"""

MEASURED = ("distance_measured", "offence_place_exact")
"""What is missing, and measured rather than recorded."""
