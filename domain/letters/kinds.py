"""The kinds of letter: what each says was decided, what the law asks of it, and where to complain.

What is asked, and who hears a complaint, is law (`domain.law.procedure`); here are the words. Where
no text was seen that asks for anything, nothing is said to be the law: then the person who decided
says who hears a complaint, or there is no letter.
"""

from __future__ import annotations

from typing import NamedTuple

from domain.facts import ComplaintBody, ControllerKind
from domain.law.ending.notice import COURT_WEEKS, OBJECTION_WEEKS
from domain.law.procedure import (
    HEARING,
    LETTING_DISPUTE,
    OBJECTION,
    REASONS,
    REASONS_OF_NOTICE,
    TAKEOVER_DISPUTE,
    Law,
    Route,
)
from domain.law.texts.kinds import Text


class LetterKind(NamedTuple):
    """A letter: what was decided, by whom, about which question."""

    controller: ControllerKind
    question: str
    done: bool
    subject: Text
    opening: Text
    favourable: bool = False
    """It gives whoever gets it what was asked for: no reasons are owed, and no complaint."""
    reasons: Law | None = None
    """What asks for reasons; None: no text was seen that does."""
    hearing: Law | None = None
    route: Route | None = None
    """None: no text was seen that names one."""


_MUNICIPALITY = ControllerKind.MUNICIPALITY
_ORGANISATION = ControllerKind.HOUSING_ORGANISATION

KINDS = (
    LetterKind(
        _MUNICIPALITY,
        "referral",
        False,
        Text("Vi kan ikke anvise dig boligen", "We can't refer you to the dwelling"),
        Text(
            "Vi har set på, om vi kan anvise dig boligen {address}. Vi er desværre kommet frem "
            "til, at vi ikke kan.",
            "We have looked at whether we can refer you to the dwelling {address}. We are sorry to "
            "say that we can't.",
        ),
        reasons=REASONS,
        hearing=HEARING,
    ),
    LetterKind(
        _MUNICIPALITY,
        "referral",
        True,
        Text("Vi anviser dig en bolig", "We refer you to a dwelling"),
        Text(
            "Vi har set på din sag, og vi anviser dig boligen {address}.",
            "We have looked at your case, and we refer you to the dwelling {address}.",
        ),
        favourable=True,
    ),
    LetterKind(
        _ORGANISATION,
        "letting",
        False,
        Text("Vi kan ikke leje boligen ud til dig", "We can't let the dwelling to you"),
        Text(
            "Vi har set på, om du kan leje boligen {address}. Vi er desværre kommet frem til, at "
            "du ikke kan.",
            "We have looked at whether you can rent the dwelling {address}. We are sorry to say "
            "that you can't.",
        ),
        route=LETTING_DISPUTE,
    ),
    LetterKind(
        _ORGANISATION,
        "letting",
        True,
        Text("Du kan leje boligen", "You can rent the dwelling"),
        Text(
            "Vi har set på din ansøgning, og du kan leje boligen {address}.",
            "We have looked at your application, and you can rent the dwelling {address}.",
        ),
        favourable=True,
    ),
    LetterKind(
        _ORGANISATION,
        "exchange",
        False,
        Text("Vi kan ikke sige ja til byttet", "We can't say yes to the exchange"),
        Text(
            "Du vil gerne overtage boligen {address} ved et bytte. Vi er desværre kommet frem til, "
            "at vi ikke kan sige ja til det.",
            "You would like to take over the dwelling {address} by an exchange. We are sorry to "
            "say that we can't say yes to it.",
        ),
        route=TAKEOVER_DISPUTE,
    ),
    LetterKind(
        _ORGANISATION,
        "exchange",
        True,
        Text("Vi siger ja til byttet", "We say yes to the exchange"),
        Text(
            "Du vil gerne overtage boligen {address} ved et bytte. Det siger vi ja til.",
            "You would like to take over the dwelling {address} by an exchange. We say yes to it.",
        ),
        favourable=True,
    ),
    LetterKind(
        _ORGANISATION,
        "sublet",
        False,
        Text("Vi kan ikke sige ja til fremlejen", "We can't say yes to the sublet"),
        Text(
            "Du vil gerne leje boligen {address} af lejeren. Vi er desværre kommet frem til, at vi "
            "ikke kan sige ja til det.",
            "You would like to rent the dwelling {address} from the tenant. We are sorry to say "
            "that we can't say yes to it.",
        ),
        route=TAKEOVER_DISPUTE,
    ),
    LetterKind(
        _ORGANISATION,
        "sublet",
        True,
        Text("Vi siger ja til fremlejen", "We say yes to the sublet"),
        Text(
            "Du vil gerne leje boligen {address} af lejeren. Det siger vi ja til.",
            "You would like to rent the dwelling {address} from the tenant. We say yes to it.",
        ),
        favourable=True,
    ),
    LetterKind(
        _ORGANISATION,
        "termination",
        True,
        Text("Vi ophæver din lejeaftale", "We terminate your lease"),
        Text(
            "Vi har besluttet at ophæve din lejeaftale om boligen {address}. Det betyder, at du "
            "skal flytte. Vi ved, at det er en alvorlig besked at få.",
            "We have decided to terminate your lease of the dwelling {address}. It means that you "
            "must move. We know that this is serious news to get.",
        ),
    ),
    LetterKind(
        _ORGANISATION,
        "termination",
        False,
        Text("Vi ophæver ikke din lejeaftale", "We don't terminate your lease"),
        Text(
            "Vi har set på, om din lejeaftale om boligen {address} skulle ophæves. Det gør vi "
            "ikke, og du kan blive boende.",
            "We have looked at whether your lease of the dwelling {address} was to be terminated. "
            "We don't do that, and you can stay.",
        ),
        favourable=True,
    ),
    LetterKind(
        _ORGANISATION,
        "notice",
        True,
        Text("Vi opsiger din lejeaftale", "We give notice of your lease"),
        Text(
            "Vi opsiger din lejeaftale om boligen {address}. Det betyder, at du skal flytte. Du "
            "har ikke gjort noget forkert.",
            "We give notice of your lease of the dwelling {address}. It means that you must move. "
            "You have done nothing wrong.",
        ),
        reasons=REASONS_OF_NOTICE,
        route=OBJECTION,
    ),
    LetterKind(
        _ORGANISATION,
        "rehousing",
        True,
        Text("Vi tilbyder dig en anden bolig", "We offer you another dwelling"),
        Text(
            "Du skal flytte fra boligen {address}. Vi tilbyder dig i stedet boligen {offered}.",
            "You must move from the dwelling {address}. We offer you the dwelling {offered} "
            "instead.",
        ),
    ),
)
"""Every letter that is made; of another decision there is none."""


def kind_of(controller: ControllerKind, question: str, done: bool) -> LetterKind | None:
    """Return the letter of a decision; None: there is none of its kind."""
    asked = (controller, question, done)
    return next((k for k in KINDS if (k.controller, k.question, k.done) == asked), None)


COMPLAINTS = {
    ComplaintBody.RESIDENTS_BOARD: Text(
        "Er du uenig, kan du klage til beboerklagenævnet i kommunen{by}. Skriv til nævnet, hvad "
        "du er uenig i, og send dette brev med.",
        "If you disagree, you can complain to the residents' complaints board (beboerklagenævnet) "
        "of the municipality{by}. Write to the board what you disagree with, and send this letter "
        "along.",
    ),
    ComplaintBody.HOUSING_COURT: Text(
        "Er du uenig, kan du få boligretten til at afgøre sagen{by}. Du kan få råd om det hos en "
        "lejerorganisation, en retshjælp eller en advokat.",
        "If you disagree, you can have the housing court (boligretten) decide the case{by}. A "
        "tenants' association, a legal aid office or a lawyer can advise you.",
    ),
    ComplaintBody.APPEALS_BOARD: Text(
        "Er du uenig, kan du klage til Ankestyrelsen{by}. Skriv til os, hvad du er uenig i. Vi ser "
        "på sagen igen, og holder vi fast, sender vi klagen videre.",
        "If you disagree, you can complain to the National Board of Appeal (Ankestyrelsen){by}. "
        "Write to us what you disagree with. We look at the case again, and pass the complaint on "
        "if we uphold the decision.",
    ),
    ComplaintBody.MUNICIPALITY: Text(
        "Er du uenig, kan du klage til kommunen, som fører tilsyn med os{by}. Skriv til kommunen, "
        "hvad du er uenig i, og send dette brev med.",
        "If you disagree, you can complain to the municipality, which supervises us{by}. Write to "
        "the municipality what you disagree with, and send this letter along.",
    ),
    ComplaintBody.NO_AUTHORITY: Text(
        "Er du uenig, kan du ikke klage til en anden myndighed, men du kan gå til domstolene{by}. "
        "Du kan også altid bede os se på sagen igen.",
        "If you disagree, you can't complain to another authority, but you can go to the "
        "courts{by}. You can always ask us to look at the case again, too.",
    ),
}
"""What a letter says where the person who decided has said who can be complained to."""

COMPLAIN_BY = Text(" senest den {day}", " by {day}")

_TO_THE_BOARD = COMPLAINTS[ComplaintBody.RESIDENTS_BOARD]

ROUTES = {
    LETTING_DISPUTE: Text(
        _TO_THE_BOARD.da.format(by="") + " Gør det så snart, du kan.",
        _TO_THE_BOARD.en.format(by="") + " Do it as soon as you can.",
    ),
    TAKEOVER_DISPUTE: Text(
        "Er lejeren af boligen uenig, kan lejeren klage til beboerklagenævnet i kommunen, og du "
        "kan hjælpe med det. Skriv til nævnet, hvad I er uenige i, og send dette brev med. Gør det "
        "så snart, I kan.",
        "If the tenant of the dwelling disagrees, the tenant can complain to the residents' "
        "complaints board (beboerklagenævnet) of the municipality, and you can help with it. Write "
        "to the board what you disagree with, and send this letter along. Do it as soon as you "
        "can.",
    ),
    OBJECTION: Text(
        f"Er du uenig, kan du gøre indsigelse. Skriv til os senest {OBJECTION_WEEKS} uger efter, "
        "at du har fået dette brev. Det er nok, at du skriver, at du ikke godkender opsigelsen. "
        "Vil vi så fastholde opsigelsen, skal vi gå til boligretten senest "
        f"{COURT_WEEKS} uger efter, at din frist er udløbet. Gør vi ikke det, gælder opsigelsen "
        "ikke.",
        f"If you disagree, you can object. Write to us within {OBJECTION_WEEKS} weeks after you "
        "got this letter. It is enough to write that you don't accept the notice. If we want to "
        f"uphold the notice, we must then go to the housing court (boligretten) within "
        f"{COURT_WEEKS} weeks after your time limit has passed. If we don't, the notice does not "
        "hold.",
    ),
}
"""What a letter says where the law itself names the way."""
