"""What an answer lacks: in short, in words, and in which sheet it can be stated."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from husret.v1 import core_pb2, fact_service_pb2
from husret.v1 import eligibility_service_pb2 as pb
from services.api.nouns import NOUNS
from services.terminal import show


def in_short(answered: pb.ScreenedHousehold | pb.BatchCheckItem, words: show.Words) -> str:
    """Say why an answer is undetermined: what is missing and who can supply it, in codes."""
    said = ", ".join(f"{each.kind} ({each.supplier})" for each in answered.missing)
    if said:
        return f"{words.say('mangler', 'missing')}: {said}"
    if answered.outcome == core_pb2.OUTCOME_UNDETERMINED:
        return words.say(
            "intet mangler, det beror på loven: --texts", "nothing is missing, the law: --texts"
        )
    return ""


def in_words(missing: Iterable[core_pb2.MissingFact], words: show.Words) -> Iterator[str]:
    """Say what is missing, each once: what is missing of several persons with how many."""
    for text, persons in Counter(words.both(each.text) for each in missing).items():
        several = words.say(f" ({persons} personer)", f" ({persons} persons)")
        yield f"{text}{several if persons > 1 else ''}"


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
    "pension_attested": "benefits_attested",
    "benefit_rate": "benefit_period",
    "decision_elsewhere": "nothing_decided",
    "factor_weighed": "proportionality_weighed",
    "obligations_assessed": "proportionality_weighed",
}
"""By what an answer can miss, the fact that supplies it, where the two are called otherwise."""

MEASURED = ("distance_measured", "offence_place_exact")
"""What is missing, and measured rather than recorded."""
