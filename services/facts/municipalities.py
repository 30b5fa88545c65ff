"""The municipalities and their codes, and the one that is made up."""

from __future__ import annotations

from functools import cache
from importlib import resources

MADE_UP_MUNICIPALITY = "9999"
"""No municipality has this code; its areas stand on no list that was ever published."""

CHRISTIANSOE = "0411"
"""The code that registers give Christiansø; an error for it says so."""


@cache
def municipalities() -> dict[str, str]:
    """Return the name of each municipality by its four-digit code, the made-up one included."""
    text = (resources.files("services.facts") / "municipalities.csv").read_text("utf-8")
    rows = [line for line in text.splitlines() if not line.startswith("#")][1:]
    return dict(line.split(";") for line in rows)


def not_a_municipality(code: str) -> str:
    """Say why a code is no municipality's; "" when it is one's, the made-up one included."""
    if code in municipalities():
        return ""
    if code == CHRISTIANSOE:
        return "is Christiansø, which the state runs and which is no municipality"
    what = "is not the four-digit code of a municipality, such as 0461"
    if code.isascii() and code.isdigit() and code.zfill(4) in municipalities():
        what += f"; a leading zero is missing: {code.zfill(4)}"
    return what
