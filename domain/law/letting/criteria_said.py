"""Says a set of criteria in sentences, its proof, and what must be known of a household."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from enum import StrEnum
from typing import Any

from domain.facts import (
    Alternative,
    Clause,
    Condition,
    CountedBy,
    CriteriaSet,
    CriteriaTest,
    Criterion,
    CriterionKind,
    DocumentKind,
    MustMeet,
    OtherShare,
    TurnOrder,
    Way,
)
from domain.law.letting import criteria_texts as texts
from domain.law.letting.flexible import due_for_revision
from domain.law.texts.kinds import Text
from domain.law.texts.words import AND, MONTHS

_OR = Text("eller", "or")
_HUNDRED = 100
"""Of so many a share is per cent."""


def sentences(criteria: CriteriaSet) -> list[Text]:
    """Say what a set of criteria says: when it holds, for which dwellings, and what it asks."""
    said = [texts.SET[criteria.basis], texts.FROM if criteria.last_day is None else texts.UNTIL]
    said.append(texts.IN_PLACES if criteria.area is None else texts.IN_AREA)
    said.append(texts.NOT_ANNOUNCED if criteria.announced_on is None else texts.ANNOUNCED)
    said += [texts.REVISION, texts.SHARE[criteria.share_of]]
    said += [_other_share(each) for each in criteria.other_shares]
    said += [texts.COUNTED_BY[each] for each in criteria.counted_by]
    if criteria.rounding in texts.ROUNDED:
        said.append(texts.ROUNDED[criteria.rounding])
    if criteria.priority_only:
        said.append(texts.PRIORITY)
    if criteria.certificate:
        said.append(texts.CERTIFICATE)
    if criteria.couple_months is not None:
        said.append(texts.COUPLE)
    if criteria.exempt_residents:
        said.append(texts.RESIDENTS_FREE)
    if criteria.most_a_year is not None:
        said.append(texts.MOST_A_YEAR)
    said.append(texts.CONFIRMED)
    found = [_filled(each, _of_set(criteria)) for each in said]
    found += [_filled(texts.ALWAYS, {"condition": _condition(each)}) for each in criteria.every]
    equal = len({each.rank for each in criteria.ways}) == 1
    way = texts.UNRANKED_WAY if criteria.turns or equal else texts.WAY
    found += [_way(number, each, way) for number, each in enumerate(criteria.ways, 1)]
    found += [_turn(number, each) for number, each in enumerate(criteria.turns, 1)]
    if criteria.ties is not None:
        found.append(texts.TIES[criteria.ties])
    if criteria.exempt:
        found.append(_filled(texts.EXEMPT, {"criteria": _any_of(criteria.exempt)}))
    return [*found, *(_clause(each) for each in criteria.clauses)]


def proof(criteria: CriteriaSet) -> list[tuple[Text, Text]]:
    """Say of each kind of criterion in the set what is commonly shown."""
    asked = set(_kinds(criteria))
    return [
        (
            texts.KINDS[kind],
            _joined([texts.DOCUMENTS[each] for each in _shown(criteria, kind)], _OR),
        )
        for kind in texts.KINDS
        if kind in asked
    ]


def _shown(criteria: CriteriaSet, kind: CriterionKind) -> Iterable[DocumentKind]:
    """Return what is shown of a kind: what the criteria name, else what is usual."""
    of_kind = [each for each in _criteria(criteria) if each.kind is kind]
    named = dict.fromkeys(each for criterion in of_kind for each in criterion.shown_by)
    if of_kind and all(each.shown_by for each in of_kind):
        return named
    return dict.fromkeys((*texts.PROOF[kind], *named))


def needed(criteria: CriteriaSet) -> list[Text]:
    """Say what must be known of a household, beside what its members show."""
    conditions = criteria.conditions
    tested = {each.tested for each in conditions}
    ranged = any(each.from_age is not None or each.to_age is not None for each in conditions)
    within = any(c.start_within is not None for c in _criteria(criteria))
    asked = {
        "members": any(each.who is not MustMeet.APPLICANT for each in conditions)
        or any(way.household is not None for way in criteria.ways),
        "together_since": criteria.couple_months is not None,
        "ages": ranged,
        "let_by": bool(criteria.splits),
        "residence": criteria.exempt_residents or any(way.residents_only for way in criteria.ways),
        "rooms": any(_rooms(each) for each in criteria.ways)
        or any(_rooms(each) for each in criteria.other_shares)
        or CountedBy.ROOMS in criteria.counted_by,
        "offered": CriteriaTest.OFFER in tested,
        "takeover": CriteriaTest.TAKEOVER in tested or within,
    }
    return [texts.ASKED_OF[name] for name, needed in asked.items() if needed]


def _of_set(criteria: CriteriaSet) -> dict[str, Any]:
    fields: dict[str, Any] = {name: getattr(criteria, name) for name in criteria.__struct_fields__}
    named = [Text(each, each) for each in criteria.departments]
    fields["departments"] = _joined(named, AND)
    part = texts.PER_HUNDRED if criteria.share_of_every == _HUNDRED else texts.OF_EVERY
    if criteria.share >= criteria.share_of_every:
        part = texts.WHOLE
    return {**fields, "part": _filled(part, fields), "due": due_for_revision(criteria)}


def _criteria(criteria: CriteriaSet) -> Iterator[Criterion]:
    alternatives = [each for condition in criteria.conditions for each in condition.any_of]
    of_ways = (each for way in criteria.ways for each in way.exempt)
    for alternative in (*alternatives, *criteria.exempt, *of_ways):
        yield from alternative.all_of


def _kinds(criteria: CriteriaSet) -> Iterator[CriterionKind]:
    yield from (each.kind for each in _criteria(criteria))
    if any(c.from_age is not None or c.to_age is not None for c in criteria.conditions):
        yield CriterionKind.AGE


def _way(number: int, way: Way, text: Text) -> Text:
    open_to = [texts.OPEN_TO[way.household]] if way.household is not None else []
    if way.residents_only:
        open_to.append(texts.RESIDENTS_ONLY)
    if rooms := _rooms(way):
        open_to.append(_filled(texts.OF_ROOMS, {"rooms": _joined(rooms, AND)}))
    for named, dwellings in (
        (texts.ONLY_DWELLINGS, way.only_dwellings),
        (texts.NOT_DWELLINGS, way.not_dwellings),
    ):
        if dwellings:
            said_of = _joined([Text(each, each) for each in dwellings], AND)
            open_to.append(_filled(named, {"dwellings": said_of}))
    if way.share is not None:
        open_to.append(_part(way, texts.WAY_PART, texts.WAY_PART_OF_EVERY))
    said = Text("".join(f", {each.da}" for each in open_to), "".join(f", {e.en}" for e in open_to))
    conditions = _joined([_condition(each) for each in way.conditions], AND)
    if not way.conditions:
        conditions = texts.NO_CONDITION
    if way.exempt:
        free = _filled(texts.EXEMPT_OF_WAY, {"criteria": _any_of(way.exempt)})
        conditions = Text(conditions.da + free.da, conditions.en + free.en)
    values = {"number": number, "rank": way.rank, "open_to": said, "conditions": conditions}
    return _filled(text, values)


def _rooms(of: Way | OtherShare) -> list[Text]:
    if of.from_rooms is not None and of.from_rooms == of.to_rooms:
        return [_so_many(texts.ALL_ROOMS, of.from_rooms)]
    if of.from_rooms is not None and of.to_rooms is not None:
        return [_filled(texts.FROM_TO_ROOMS, {"least": of.from_rooms, "most": of.to_rooms})]
    return [
        _so_many(text, rooms)
        for text, rooms in ((texts.FROM_ROOMS, of.from_rooms), (texts.TO_ROOMS, of.to_rooms))
        if rooms is not None
    ]


def _so_many(text: Text, rooms: int) -> Text:
    said = _filled(text, {"rooms": rooms})
    return Text(_of_one(said.da), _of_one(said.en)) if rooms == 1 else said


def _part(of: Way | OtherShare | TurnOrder, per_cent: Text, of_every: Text) -> Text:
    values = {"share": of.share, "share_of_every": of.share_of_every}
    return _filled(per_cent if of.share_of_every == _HUNDRED else of_every, values)


def _other_share(share: OtherShare) -> Text:
    where = Text("", "")
    if share.departments:
        named = _joined([Text(each, each) for each in share.departments], AND)
        where = _filled(texts.IN_DEPARTMENTS, {"departments": named})
    if rooms := _rooms(share):
        size = _filled(texts.WITH_ROOMS, {"rooms": _joined(rooms, AND)})
        where = Text(where.da + size.da, where.en + size.en)
    part = _part(share, texts.PART, texts.PART_OF_EVERY)
    return _filled(texts.OTHER_SHARE, {"where": where, "part": part})


def _turn(number: int, turn: TurnOrder) -> Text:
    ways = _joined(
        [Text(str(each), str(each)) for each in turn.ways], AND if turn.equal else texts.THEN
    )
    if turn.equal:
        ways = _filled(texts.EQUAL, {"ways": ways})
    part = _part(turn, texts.WAY_PART, texts.WAY_PART_OF_EVERY)
    return _filled(texts.TURN, {"number": number, "part": part, "ways": ways})


def _condition(condition: Condition) -> Text:
    ages = []
    if condition.from_age is not None:
        ages.append(_filled(texts.FROM_AGE, {"from_age": condition.from_age}))
    if condition.to_age is not None:
        ages.append(_filled(texts.TO_AGE, {"to_age": condition.to_age}))
    said = Text("".join(f" {each.da}" for each in ages), "".join(f" {each.en}" for each in ages))
    values = {
        "who": _filled(texts.WHO[condition.who], {"ages": said}),
        "criteria": _any_of(condition.any_of),
        "tested": texts.TESTED[condition.tested],
    }
    return _filled(texts.CONDITION, values)


def _any_of(alternatives: Iterable[Alternative]) -> Text:
    listed = list(alternatives)
    said = [_all_of(each) for each in listed]
    if len(listed) > 1:
        # What one person must meet all of is set apart from what is enough instead.
        said = [
            Text(f"({each.da})", f"({each.en})") if len(of.all_of) > 1 else each
            for of, each in zip(listed, said, strict=True)
        ]
    return _joined(said, _OR)


def _all_of(alternative: Alternative) -> Text:
    return _joined([_criterion(each) for each in alternative.all_of], AND)


def _criterion(criterion: Criterion) -> Text:
    said = [texts.KINDS[criterion.kind]]
    if criterion.children is not None:
        said = [_filled(texts.SO_MANY_CHILDREN, {"children": criterion.children})]
    elif criterion.none:
        said = [texts.NO_CHILD]
    for name, text in texts.FIELDS.items():
        value = getattr(criterion, name)
        if value is None or value is False or value == ():
            continue
        if name == "months":
            text = texts.MONTHS[criterion.kind]
        elif name == "start_within" and value == 0:
            text = texts.BY_THE_TAKEOVER
        elif name == "most_age" and len(said) > 1:
            said.append(AND)
        if not text.da:
            continue  # said with the kind
        given = _value(name, value)
        da, en = text.da.format(given.da), text.en.format(given.en)
        said.append(Text(_of_one(da), _of_one(en)) if value in (1, "1") else Text(da, en))
    da, en = (" ".join(each).replace(" ,", ",") for each in zip(*said, strict=True))
    return Text(da, en)


def _of_one(said: str) -> str:
    """Say one of a unit as one."""
    said = said.replace("de seneste 1 måneder", texts.ONE_MONTH.da)
    said = said.replace("the last 1 months", texts.ONE_MONTH.en)
    for many, one in texts.UNITS.items():
        said = said.replace(f"1 {many}", f"1 {one}")
    return said


def _value(name: str, value: Any) -> Text:
    if name in ("amount", "most_amount"):
        kroner = f"{value / 100:,.2f}".removesuffix(".00")
        danish = kroner.translate(str.maketrans(",.", ".,"))
        return Text(danish, kroner)
    if name == "hours":
        return Text(value.replace(".", ","), value)
    if isinstance(value, tuple):
        return _joined([_value("", each) for each in value], _OR)
    if isinstance(value, DocumentKind):
        return texts.DOCUMENTS[value]
    if isinstance(value, StrEnum):
        return texts.WORDS[type(value)][value]
    return Text(str(value), str(value))


def _clause(clause: Clause) -> Text:
    at = f", {clause.at}" if clause.at else ""
    of_way = texts.OF_ALL
    if clause.way is not None:
        of_way = _filled(texts.OF_WAY, {"number": clause.way})
    values = {
        "of_way": of_way,
        "at": at,
        "says": clause.says.rstrip("."),
        "does": texts.DOES[clause.does],
        "looks": texts.LOOKS[clause.looks],
    }
    return _filled(texts.CLAUSE, values)


def _filled(text: Text, values: dict[str, Any]) -> Text:
    return Text(text.da.format_map(_in(values, _da)), text.en.format_map(_in(values, _en)))


def _in(values: dict[str, Any], language: Callable[[Any], Any]) -> dict[str, Any]:
    return {name: language(value) for name, value in values.items()}


def _da(value: Any) -> Any:
    if isinstance(value, date):
        return f"{value.day}. {MONTHS[value.month - 1].da} {value.year}"
    return value.da if isinstance(value, Text) else value


def _en(value: Any) -> Any:
    if isinstance(value, date):
        return f"{value.day} {MONTHS[value.month - 1].en} {value.year}"
    return value.en if isinstance(value, Text) else value


def _joined(parts: list[Text], last: Text) -> Text:
    """Join parts with commas and a last word, with a comma before it where a part has its own."""
    if len(parts) < 2:
        return parts[0] if parts else Text("", "")
    return Text(
        _listed([each.da for each in parts], last.da),
        _listed([each.en for each in parts], last.en),
    )


def _listed(parts: list[str], last: str) -> str:
    comma = "," if any(", " in each for each in parts[:-1]) else ""
    return f"{', '.join(parts[:-1])}{comma} {last} {parts[-1]}"
