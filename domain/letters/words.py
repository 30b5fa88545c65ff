"""The words of letters, in Danish and English: plain, kind, and to one person."""

from __future__ import annotations

import re
from collections.abc import Sequence

from domain.law.texts.kinds import Text

WHEN = Text("Hvornår", "When")
WHY = Text("Hvorfor", "Why")
FACTS = Text("Det har vi lagt vægt på", "What we gave weight to")
RULES = Text("De regler, vi har brugt", "The rules that we used")
HEARING = Text("Din mening", "Your view")
COMPLAINT = Text("Hvis du er uenig", "If you disagree")
QUESTIONS = Text("Har du spørgsmål?", "Any questions?")

HEARD = Text(
    "Før vi besluttede det, havde du mulighed for at fortælle os, hvad du mener. Det har vi taget "
    "med i vores overvejelser.",
    "Before we decided, you could tell us what you think. We have taken that into account.",
)
KNOWN = Text(
    "Du kendte allerede de oplysninger, vi har lagt vægt på. Derfor har vi ikke spurgt dig igen.",
    "You knew the facts that we gave weight to. So we did not ask you again.",
)
NOT_HEARD = Text(
    "Vi har ikke spurgt dig, før vi besluttede det. Mener du, at noget er forkert, så skriv til "
    "os.",
    "We did not ask you before we decided. If you think that something is wrong, write to us.",
)
CONTACT = Text(
    "Du er altid velkommen til at kontakte os, hvis der er noget, du ikke forstår, eller vil tale "
    "om.",
    "You are always welcome to contact us if there is something that you don't understand or "
    "would like to talk about.",
)
ACCESS = Text(
    "Du har ret til at se de oplysninger, vi har om dig.",
    "You have a right to see the information that we hold about you.",
)
CLOSING = Text("Venlig hilsen", "Kind regards")

_ANOTHER_MEMBER = Text("Et medlem af din husstand", "A member of your household")
_OF_ANOTHER = Text(
    "{whom}: {titles}. Vi skriver ikke mere om det her, for oplysningerne handler om en anden end "
    "dig.",
    "{whom}: {titles}. We write no more about it here, for the information is about somebody else.",
)
LAST_DAY = Text("Din lejeaftale slutter den {day}.", "Your lease ends on {day}.")

DAYS = {
    "earliest_end": Text(
        "Din lejeaftale slutter tidligst den {day}.", "Your lease ends on {day} at the earliest."
    ),
    "rent_liable_until": Text(
        "Når en lejeaftale ophæves, skal du flytte straks. Du skal betale leje m.v. til den {day}, "
        "medmindre boligen bliver lejet ud igen før.",
        "When a lease is terminated, you must move at once. You pay rent and what goes with it "
        "until {day}, unless the dwelling is let again before.",
    ),
}
"""Days that the answer computed and that whoever gets the letter must know: when a notice takes
effect (almenlejeloven § 88), and what a termination means (§ 92, stk. 1 and 3); both texts seen."""

_MEMBER = re.compile(r"(?<!\w)(?:[Hh]usstandsmedlemmet|[Dd]en boligsøgende) (?=\w)")
_UNTIL = re.compile(r" \((?:til og med|indtil|før)[^)]*\)")


def to_you(said: Text, of_member: bool) -> Text:
    """Say of a finding about whoever gets the letter that it is about them."""
    if not of_member:
        return said
    danish = _MEMBER.sub(lambda found: "Du " if found[0][0].isupper() else "du ", said.da)
    return Text(danish, said.en.replace("The member of the household has ", "You have "))


def of_another(name: str, titles: Sequence[Text]) -> Text:
    """Say which rules apply to another member, and nothing of the facts behind them."""
    whom = Text(name, name) if name else _ANOTHER_MEMBER
    da = "; ".join(dict.fromkeys(each.da.rstrip(".:") for each in titles))
    en = "; ".join(dict.fromkeys(each.en.rstrip(".:") for each in titles))
    return Text(
        _OF_ANOTHER.da.format(whom=whom.da, titles=da),
        _OF_ANOTHER.en.format(whom=whom.en, titles=en),
    )


def section(cited: str) -> str:
    """Return where a rule stands, without where it stood before."""
    return _UNTIL.sub("", cited)
