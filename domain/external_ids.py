"""External ids: what the caller's own system calls a person, a household, a dwelling or a vacancy.

One is written `system:value`: `ejd:12345`, `sag:2026-00017`. The system is the caller's own short
name for the system, or the register in it, that gives the value. So an external id is never taken
for a UUID, which has no colon. It must say nothing of whom it names: no CPR number fits in, and
hardly a name or an address.

A dwelling is known in public registers too: `dar:` and the id of its address, `bbr:` and that of
the unit, `lbf:` and its numbers with Landsbyggefonden. These name dwellings alone.
"""

from __future__ import annotations

import re

from domain.ids import UUID_FORM

LONGEST_SYSTEM = 16
LONGEST_VALUE = 32
MOST_LETTERS = 3
"""Most letters in a row of a value: the initials of a journal, and no name."""

FORM = (
    f"must be a system of 2 to {LONGEST_SYSTEM} characters of a-z 0-9 -, the first a letter, a "
    f"colon, and a value of 1 to {LONGEST_VALUE} characters of A-Z a-z 0-9 . _ / -, the first and "
    "the last a letter or digit, as in ejd:12345"
)
CASE_FORM = (
    f"must be 1 to {LONGEST_VALUE} characters of A-Z a-z 0-9 . _ / -, the first and the last a "
    "letter or digit"
)
_VALUE = re.compile(rf"[A-Za-z0-9](?:[A-Za-z0-9._/-]{{0,{LONGEST_VALUE - 2}}}[A-Za-z0-9])?")
_FORM = re.compile(rf"([a-z][a-z0-9-]{{1,{LONGEST_SYSTEM - 1}}}):({_VALUE.pattern})")
_RESERVED = frozenset({"urn"})
"""`urn:uuid:` begins a UUID."""

DAR, BBR, LBF = "dar", "bbr", "lbf"
REGISTERS = {
    DAR: "dar: must be followed by the id of an address, a UUID in its canonical form",
    BBR: "bbr: must be followed by the id of a unit, a UUID in its canonical form",
    LBF: "lbf: must be followed by the numbers of organisation, department and dwelling, as in "
    "lbf:0042-007-0012",
}
"""The registers of dwellings, and what must follow them."""
_NUMBERS = re.compile(r"[A-Za-z0-9]+-[A-Za-z0-9]+-[A-Za-z0-9]+")

_NUMBER = re.compile(
    # With up to two signs between the date and the rest, or with signs between day, month and year
    # too, and the year's century; digits before and after it hide nothing.
    r"[0-9]{6}[ ./:_-]{0,2}[0-9]{4}"
    r"|[0-9]{2}[ ./:_-][0-9]{2}[ ./:_-](?:18|19|20)?[0-9]{2}[ ./:_-]{0,2}[0-9]{4}"
)
_UUID = re.compile(UUID_FORM)
_LETTERS = re.compile(rf"[A-Za-z]{{{MOST_LETTERS + 1}}}")

LIKE_A_CPR = "holds what looks like a CPR number; an id says nothing of a person"


def has_form(text: str) -> bool:
    """Tell whether a text is an external id."""
    return not wrong(text)


def looks_like_cpr(text: str) -> bool:
    """Tell whether ten digits of a CPR number's form stand in an id, any UUIDs in it left out."""
    return _NUMBER.search(_UUID.sub("|", text.lower())) is not None


def of_register(text: str) -> tuple[str, str]:
    """Return the register of dwellings that an external id is of, and what stands there; or ""."""
    system, _, value = text.partition(":")
    return (system, value) if system in REGISTERS else ("", "")


def wrong(text: str) -> str:
    """Say what is wrong with an external id; "": nothing. No part of it is repeated."""
    register, value = of_register(text)
    if register in (DAR, BBR):
        return "" if _UUID.fullmatch(value) else REGISTERS[register]
    if looks_like_cpr(text):
        return LIKE_A_CPR
    if register == LBF and not _NUMBERS.fullmatch(value):
        return REGISTERS[LBF]
    found = _FORM.fullmatch(text)
    if found is None:
        return FORM
    system, value = found.groups()
    if system in _RESERVED:
        return "begins with urn, which begins a UUID; call the system something else"
    return _no_number(value)


def wrong_case_number(text: str) -> str:
    """Say what is wrong with a case number of the caller's; "": nothing. It has no system."""
    if looks_like_cpr(text):
        return LIKE_A_CPR
    return _no_number(text) if _VALUE.fullmatch(text) else CASE_FORM


def _no_number(value: str) -> str:
    digits, letters = (sum(map(test, value)) for test in (str.isdigit, str.isalpha))
    if _LETTERS.search(value) or letters > digits:
        return (
            f"may hold at most {MOST_LETTERS} letters in a row, and no more letters than digits: "
            "it is a number of a system's, and no text"
        )
    return ""
