"""Mutations of a valid bundle, and the one thing that must hold for each of them.

Whatever is changed, the verifier says what is wrong, or it says exactly what it said of the bundle
as it was: then only the spelling was changed, or a signature that nobody asked for, or another true
checkpoint of the same log stands beside.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from random import Random
from typing import Any

from husret_verify import bundle as bundles
from husret_verify import receipt
from husret_verify.note import Note
from husret_verify.problems import Problem, Unreadable
from husret_verify.receipt import Page, Receipt, varint
from husret_verify.verifying import Refused, Valid, verify
from tests.verify.made import WITNESS_KEY, Made, made

SAME, REFUSED, UNREADABLE = "same", "not valid", "unreadable"


@cache
def worlds() -> tuple[tuple[Made, Valid, bytes], ...]:
    """Bundles of different kinds, what is proved by each, and its bytes."""
    kinds = (made(), made(None), made(16), made(page=True))
    return tuple(
        (of, verify(of.bundle, of.log.key, [WITNESS_KEY]), bundles.write(of.bundle)) for of in kinds
    )


def judged(text: bytes, of: Made, proved: Valid) -> str:
    """Return how a mutated file was judged; fails when it is valid and says something false."""
    try:
        found = verify(bundles.read(text), of.log.key, [WITNESS_KEY])
    except Refused as refused:
        return REFUSED if refused.readable else UNREADABLE
    except Unreadable:
        return UNREADABLE
    assert replace(found, joined=proved.joined) == proved, "a changed bundle was called valid"
    for size, root in found.joined:  # another true checkpoint may take the place of the one
        assert of.log.head(size).root == root, "a false checkpoint was called one of this history"
    return SAME


def mutated(random: Random) -> tuple[bytes, Made, Valid]:
    """Return a valid bundle with one to three changes made, and what it proved before."""
    of, proved, text = random.choice(worlds())
    for _ in range(random.choice((1, 1, 1, 2, 3))):
        text = random.choice(_MUTATIONS)(random, text)
    return text, of, proved


def read_back(payload: bytes) -> bool:
    """Whether the payload is read as a receipt or page; fails when it has another spelling too."""
    known = False
    for read, written in _READ_AND_WRITTEN:
        try:
            taken = read(payload)
        except Problem:
            continue
        assert written(taken) == payload, "two spellings of one payload"
        known = True
    return known


def _receipt(read: Receipt) -> bytes:
    classes = {name: number for number, name in receipt.CLASSES.items()}
    outcomes = {name: number for number, name in receipt.OUTCOMES.items()}
    parts = [bytes((2,)), read.frame_id, varint(read.known_at), bytes((outcomes[read.outcome],))]
    parts += [read.period.to_bytes(2, "big"), varint(len(read.sections))]
    for each in read.sections:
        parts += [varint(each.subject * 8 + classes[each.data_class] - 1), each.commitment]
        parts += [varint(len(each.sealed)), each.sealed]
    return b"".join((*parts, read.question, (read.found or "").encode()))


def _page(read: Page) -> bytes:
    parts = [bytes((2,)), read.frame_id, varint(read.known_at), read.period.to_bytes(2, "big")]
    parts += [varint(read.number), varint(len(read.entries))]
    for each in read.entries:
        parts += [each.commitment, varint(len(each.sealed)), each.sealed]
    return b"".join(parts)


_READ_AND_WRITTEN: tuple[tuple[Callable[[bytes], Any], Callable[[Any], bytes]], ...] = (
    (receipt.read_receipt, _receipt),
    (receipt.read_page, _page),
)


# --- The changes --------------------------------------------------------------------------------


def blob(random: Random, data: bytes) -> bytes:
    """Change some bytes: one bit, one byte, a stretch cut, doubled, moved or made up."""
    if not data:
        return random.randbytes(random.randrange(4))
    start = random.randrange(len(data))
    end = min(len(data), start + random.choice((1, 1, 2, 4, 32, 64)))
    before, part, after = data[:start], data[start:end], data[end:]
    match random.randrange(7):
        case 0:
            return before + bytes((part[0] ^ 1 << random.randrange(8),)) + part[1:] + after
        case 1:
            return before + bytes((random.randrange(256),)) + part[1:] + after
        case 2:
            return before + after
        case 3:
            return before + part * 2 + after
        case 4:
            return data[:start]
        case 5:
            return before + random.randbytes(len(part)) + after
        case _:
            return part + before + after


def _spelling(random: Random, text: bytes) -> bytes:
    """Write the same JSON otherwise."""
    try:
        whole = json.loads(text)
    except ValueError:
        return text
    spaced = random.choice((None, 1, "\t"))
    return json.dumps(whole, indent=spaced, ensure_ascii=random.random() < 0.5).encode(
        "utf-8", "replace"
    )


def _bytes(random: Random, text: bytes) -> bytes:
    return blob(random, text)


def _tree(change: Callable[[Random, dict[str, Any]], None]) -> Callable[[Random, bytes], bytes]:
    """Make a mutation of the text of one that changes the decoded JSON."""

    def mutate(random: Random, text: bytes) -> bytes:
        try:
            whole = json.loads(text)
            change(random, whole)
            return json.dumps(whole).encode()
        except (ValueError, KeyError, TypeError, IndexError, AttributeError, RecursionError):
            return blob(random, text)  # an earlier change took away what this one is about

    return mutate


def _value(random: Random, whole: dict[str, Any]) -> None:
    """Set one value somewhere to another, also of another type."""
    places: list[tuple[Any, Any]] = []

    def walk(inner: Any) -> None:
        pairs = inner.items() if isinstance(inner, dict) else enumerate(inner)
        for name, value in pairs:
            places.append((inner, name))
            if isinstance(value, dict | list):
                walk(value)

    walk(whole)
    inner, name = random.choice(places)
    old = inner[name]
    near: list[Any] = [None, True, 0, -1, 2**62, 1.5, "", [], {}, whole["format"], "\ud800"]
    if isinstance(old, int):
        near += [old + 1, old - 1, old * 2, str(old), float(old)] * 3
    if isinstance(old, str):
        cut = random.randrange(len(old) + 1)
        near += [old[:cut], old[:cut] + " " + old[cut:], old + "=", old.swapcase(), old * 2] * 3
    if isinstance(old, list):
        near += [old[1:], old[::-1], [*old, *old], [*old, old[0]] if old else ["x"]] * 3
    if random.random() < 0.15 and isinstance(inner, dict):
        del inner[name]
    else:
        inner[name] = random.choice(near)


def _payload(random: Random, whole: dict[str, Any]) -> None:
    """Change the bytes of a payload, a fingerprint or a hash."""
    event = whole[random.choice(("receipt", "frame"))]
    if random.random() < 0.5:
        name = random.choice(("data", "data", "data", "fingerprint"))
        changed = blob(random, base64.b64decode(event["event"][name]))
        event["event"][name] = base64.b64encode(changed).decode()
        return
    index = random.randrange(len(event["path"]))
    changed = blob(random, base64.b64decode(event["path"][index]))
    event["path"][index] = base64.b64encode(changed).decode()


def _exchange(random: Random, whole: dict[str, Any]) -> None:
    """Put parts of one bundle in the place of another's, or of one's own other part."""
    other = json.loads(random.choice(worlds())[2])
    match random.randrange(6):
        case 0:
            whole["receipt"], whole["frame"] = whole["frame"], whole["receipt"]
        case 1:
            name = random.choice(("receipt", "frame", "checkpoint", "size", "consistency"))
            whole[name] = other[name]
        case 2:
            name = random.choice(("receipt", "frame"))
            whole[name]["path"] = other[random.choice(("receipt", "frame"))]["path"]
        case 3:
            name = random.choice(sorted(whole["receipt"]["event"]))
            whole["receipt"]["event"][name] = whole["frame"]["event"][name]
        case 4:
            joined = whole["consistency"]
            joined["checkpoint"], whole["checkpoint"] = whole["checkpoint"], joined["checkpoint"]
        case _:
            path = whole[random.choice(("receipt", "frame", "consistency"))]["path"]
            first, second = random.randrange(len(path)), random.randrange(len(path))
            path[first], path[second] = path[second], path[first]


def _checkpoint(random: Random, whole: dict[str, Any]) -> None:
    """Change the note: its text, its signatures, their order."""
    inside = whole if random.random() < 0.6 else whole["consistency"]
    note = Note.parse(inside["checkpoint"])
    lines = [each.line() for each in note.signatures]
    text = note.text
    match random.randrange(6):
        case 0:
            random.shuffle(lines)
        case 1:
            lines.append(random.choice(lines))
        case 2:
            lines.pop(random.randrange(len(lines)))
        case 3:
            lines.append(f"— stranger.example {base64.b64encode(random.randbytes(68)).decode()}\n")
        case 4:
            rows = text.split("\n")
            row = random.randrange(len(rows))
            rows[row] = blob(random, rows[row].encode()).decode("utf-8", "replace")
            text = "\n".join(rows)
        case _:
            one = random.randrange(len(lines))
            lines[one] = blob(random, lines[one].encode()).decode("utf-8", "replace")
    inside["checkpoint"] = text + "\n" + "".join(lines)


_MUTATIONS: tuple[Callable[[Random, bytes], bytes], ...] = (
    _bytes,
    _spelling,
    _tree(_value),
    _tree(_value),
    _tree(_payload),
    _tree(_exchange),
    _tree(_checkpoint),
)
