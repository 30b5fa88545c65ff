"""What is not found with the published checkpoint, and what by it alone, and why."""

from __future__ import annotations

import re

_NOTHING = "nothing stands under such a token or key yet, so that it decides nothing"
_MADE_ANEW = "it says what the rows were made with: where it fits no more they are made anew"
_CACHE = "it is made anew from the log, or by whoever looks for it next"
_AFTER = (
    "the rows follow from the log, and an older state of them is brought to its head before it is "
    "read"
)

EXCEPTED = {
    r"keys\.db (cpr|external_id)(, lookup|: row|: emptied|: tail).*": (
        "a look-up is keyed by the master key and verified against nothing: it would unseal each "
        "person's identity. Who asks by it is told that it names nobody, or somebody else"
    ),
    r"keys\.db class_key of nothing(, period: another|: row dropped)": _NOTHING,
    r"keys\.db token of nothing(, token: (another|exchanged)|, subject_id: exchanged)": _NOTHING,
    r"keys\.db token of nothing(, data_class: exchanged|: row dropped|: rows swapped)": _NOTHING,
    r"keys\.db token of \w+, erased_through: another": (
        "below the period of the token's first key nothing rests on it, and above it a key is stray"
    ),
    r"keys\.db token of \w+, begun_anew: another": (
        "it says how a section that can't be opened is named, erased or altered, and opens none"
    ),
    r"older state: the keys with their root": (
        "what it brings back is erased anew at opening, and a key that it lacks is missing"
    ),
    r"log, recomputed with the master key: an event forged at the end": (
        "who has the files and the master key can record what the server can; what was published "
        "before stays as it was"
    ),
    r"api\.token: .*": (
        "it lets callers in and decides no answer; a server asks for the one that it read at start"
    ),
    r"views.*\.db checkpoint, (id|log_id|edition|format): .*": _MADE_ANEW,
    r"views.*\.db checkpoint, position: another": _MADE_ANEW,
    r"views.*\.db checkpoint: .*": _MADE_ANEW,
    r"views.*\.db checkpoint, generation: .*": "walks of before an opening end with it anyway",
    r"views.*, since: exchanged": (
        "it says from where on a walk that began earlier shows the row, and no walk outlives an "
        "opening; one beyond the position of the view is found"
    ),
    r"views-grounds\.db sealed: (row dropped|emptied|tail cut)": _CACHE,
    r"views.*\.db: gone": _CACHE,
    r"views.*\.db: of earlier": _AFTER,
}
"""Regular expressions over the whole name of an alteration (`Alteration.what`)."""

WITHOUT_CHECKPOINT = (
    "older state: all files",
    "log, recomputed with the master key: two events swapped",
    "log, recomputed with the master key: the tail cut",
    "log, recomputed with the master key: a copied event put between",
    "signing.key: gone",
    "signing.key: emptied",
    "signing.key: another",
)
"""What nothing tells but the checkpoint that was published, and the key that it is signed with."""


def reason(what: str) -> str:
    """Return why an alteration need not be found; "": it must be."""
    return next((why for name, why in EXCEPTED.items() if re.fullmatch(name, what)), "")
