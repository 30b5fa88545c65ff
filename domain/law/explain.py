"""Puts findings, missing facts, open points and answers into words, in both languages.

Pure, and apart from the receipt: nothing here is hashed. A kind, rule or reading that has no
text raises LookupError, so that nothing is ever shown in one language only.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from functools import lru_cache
from string import Formatter
from typing import TYPE_CHECKING, TypeVar

from domain import calendar
from domain.facts import Benefit, CitizenshipCondition, ListKind, MemberList, PlanKind
from domain.law import all_texts as texts
from domain.law.ending import offences
from domain.law.kernel import (
    Change,
    Condition,
    Confidence,
    Effect,
    LawPackage,
    Missing,
    Outcome,
    Status,
    Variation,
)
from domain.law.letting import flexible
from domain.law.referral import bases as referral_bases
from domain.law.referral import grounds as law
from domain.law.referral import refugees
from domain.law.texts.kinds import PointText, Sentence, Text

if TYPE_CHECKING:
    from domain.law.answer import Decision, Examined, Value

T = TypeVar("T")
K = TypeVar("K", bound=str)
Values = tuple[tuple[str, str], ...]

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_MONTH = re.compile(r"\d{4}-\d{2}")
_START = "START-"


# --- Findings -------------------------------------------------------------------------------


def finding_text(examined: Examined, day: date | None = None) -> Text:
    """Say what a rule found: its title, and a sentence filled with the finding's values.

    `day` is the day asked about; on earlier days some areas had other names.

    Raises LookupError when the rule, or this way of coming out, has no text.
    """
    found = examined.finding
    erased = any(missing.kind == "erased" for missing in found.missing)
    older = day is not None and day < texts.NAMES_CHANGED
    return _finding_text(examined.rule_id, found.status, found.values, erased, older)


@lru_cache(maxsize=4096)
def _finding_text(rule_id: str, status: Status, values: Values, erased: bool, older: bool) -> Text:
    """Fill a sentence; the same few come again and again, and none of them names anybody."""
    rule = _known(texts.RULES, rule_id, "rule")
    if older:
        rule = texts.OLDER_RULES.get(rule_id, rule)
    if erased:
        said: Text = texts.ERASED
    elif status in texts.WITHOUT_VALUES:
        said = texts.WITHOUT_VALUES[status]
    elif any(value == "not_known_here" for _, value in values):
        return _titled(rule.title, texts.DECIDED_ELSEWHERE)
    else:
        sentences = rule.findings.get(status, ())
        return _titled(rule.title, _filled(_fitting(sentences, values, rule_id, status), values))
    return Text(f"{rule.title.da} {said.da}", f"{rule.title.en} {said.en}")


def condition_text(condition: Condition) -> Text:
    """Say what a condition is and whether it is met; raises LookupError without a text."""
    title = _known(texts.CONDITIONS, condition.name, "condition")
    status = texts.STATUSES[condition.status]
    detail = texts.CONDITION_DETAILS.get(condition.name)
    if detail is None or not _fields(detail.da) <= {name for name, _ in condition.values}:
        return Text(f"{title.da}: {status.da}.", f"{title.en}: {status.en}.")
    more = _filled(detail, condition.values)
    return Text(f"{title.da}: {status.da} ({more.da}).", f"{title.en}: {status.en} ({more.en}).")


def value_text(value: Value) -> Text:
    """Say a value that the answer computed; raises LookupError without a text."""
    text = _known(texts.VALUES, value.name, "value")
    said = Text(value.value, value.value)
    if value.kind == "day":
        said = _day(value.value)
    elif value.kind == "distance_cm":
        said = _metres(value.value, ())
    elif value.kind == "share":
        said = _decimal(value.value, ())
    return Text(text.da.format(value=said.da), text.en.format(value=said.en))


def rule_title(rule_id: str) -> Text:
    """Return what a rule is called; raises LookupError when it has no text."""
    return _known(texts.RULES, rule_id, "rule").title


def rule_text(rule_id: str) -> Text:
    """Return what a rule says, in a sentence; raises LookupError when it has no text."""
    return _known(texts.RULES, rule_id, "rule").says


def consequence_text(rule_id: str) -> Text:
    """Say what a rule that reaches an area says; raises LookupError when it has no text."""
    if rule_id in texts.CONSEQUENCES:
        return texts.CONSEQUENCES[rule_id]
    return rule_text(rule_id)


def criterion_title(name: str) -> Text:
    """Return what a criterion is called; raises LookupError without a text."""
    return _known(texts.CRITERIA, name, "criterion")


def _titled(title: Text, said: Text) -> Text:
    return Text(f"{title.da}: {said.da}", f"{title.en}: {said.en}")


def _fitting(sentences: Sequence[Sentence], values: Values, rule_id: str, status: Status) -> Text:
    known = {name for name, _ in values}
    if known & set(texts.CRITERIA):
        known.add("criteria")
    for sentence in sentences:
        if set(sentence.when) <= set(values) and _fields(sentence.text.da) <= known:
            return sentence.text
    raise LookupError(f"{rule_id} has no text for {status} with {sorted(known)}")


# --- Missing facts, changes, duties, warnings -----------------------------------------------


def missing_text(missing: Missing) -> Text:
    """Say what is missing and who can supply it; raises LookupError without a text."""
    what = _filled(_known(texts.MISSING, missing.kind, "missing fact"), missing.details)
    who = supplier_text(missing.supplier)
    by = texts.SUPPLIED_BY
    return Text(f"{what.da} {by.da}: {who.da}.", f"{what.en} {by.en}: {who.en}.")


def supplier_text(supplier: str) -> Text:
    """Say who a supplier of facts is; raises LookupError without a text."""
    return _known(texts.SUPPLIERS, supplier, "supplier")


def change_text(change: Change, decision: Decision | None = None) -> Text:
    """Say what would remove a ground; raises LookupError without a text.

    With the decision it also says what an assessment of the municipality's own falls short in.
    """
    if change.kind == "fallback_decided" and decision is not None:
        for examined in decision.examined:
            if examined.rule_id == "REF-FALLBACK":
                for value in examined.finding.values:
                    if value in texts.FALLBACK_CHANGES:
                        return texts.FALLBACK_CHANGES[value]
    return _filled(_known(texts.CHANGES, change.kind, "change"), change.details)


def duty_text(code: str) -> Text:
    """Say what a duty is; raises LookupError without a text."""
    return _known(texts.DUTIES, code, "duty")


def warning_text(code: str, package: LawPackage) -> Text:
    """Say what a warning means under a law package; raises LookupError without a text."""
    values = (("reviewed_through", package.reviewed_through.isoformat()),)
    return _filled(_known(texts.WARNINGS, code, "warning"), values)


def unseen_text(rule_id: str, confidence: Confidence) -> Text:
    """Say of a rule whose text was not seen how it is known; raises LookupError without a text."""
    said, title = _known(texts.UNSEEN, confidence.value, "confidence"), rule_title(rule_id)
    return Text(said.da.format(title=title.da), said.en.format(title=title.en))


# --- Open points of law ---------------------------------------------------------------------


def point_text(point: str) -> PointText:
    """Return an open point's question, readings and reason; raises LookupError without a text.

    A point that is about a rule's first day takes the rule's title.
    """
    if not point.startswith(_START):
        return _known(texts.POINTS, point, "open point")
    title = rule_title(point.removeprefix(_START))
    start = texts.START_POINT
    question = Text(
        start.question.da.format(title=title.da), start.question.en.format(title=title.en)
    )
    return PointText(question, start.readings, start.reason)


def variation_text(variation: Variation) -> Text:
    """Say which other readings would change the answer, and to what."""
    read = []
    for point, reading in zip(variation.points, variation.readings, strict=True):
        known = point_text(point)
        said = _known(known.readings, reading, f"reading of {point}")
        read.append(
            Text(
                texts.VARIATION_READ.da.format(question=known.question.da, reading=said.da),
                texts.VARIATION_READ.en.format(question=known.question.en, reading=said.en),
            )
        )
    if variation.outcome is None:
        then = texts.VARIATION_NOT_EXAMINED
    else:
        outcome = texts.OUTCOMES[variation.outcome]
        then = Text(
            texts.VARIATION_OUTCOME.da.format(outcome=outcome.da),
            texts.VARIATION_OUTCOME.en.format(outcome=outcome.en),
        )
    da = f"{'; '.join(each.da for each in read)} – {then.da}"
    en = f"{'; '.join(each.en for each in read)} – {then.en}"
    if variation.decides:
        return Text(f"{da} {texts.VARIATION_DECIDES.da}", f"{en} {texts.VARIATION_DECIDES.en}")
    return Text(da, en)


# --- Answers --------------------------------------------------------------------------------


def summary_text(decision: Decision) -> Text:
    """Say what the answer is, and why, in a sentence or a few."""
    kind = decision.question.kind
    if kind in texts.SUMMARIES:
        summaries = texts.SUMMARIES[kind]
        said = {*decision.warnings, *(duty for duty, _ in decision.duties)}
        if said & {"DUTY_TO_TERMINATE_OPEN", "MUST_TERMINATE_IF_NEEDED"}:
            summaries = {**summaries, "DISCRETIONARY": texts.SUMMARY_DUTY_UNDER_80}
        return _summary(decision, summaries)
    match decision.outcome:
        case Outcome.PROHIBITED:
            barred = any(each.rule_id in _BASES for each in decision.decided_by)
            text = texts.SUMMARY_BARRED if barred else texts.SUMMARY_PROHIBITED
            return _grounds(text, _deciding(decision))
        case Outcome.PERMITTED:
            for rule_id, text in texts.SUMMARY_LIFTED.items():
                if _titles(decision, (rule_id,), Status.MET):
                    return text
            if _titles(decision, _REFUGEES, Status.MET):
                return texts.SUMMARY_UKRAINE
            if any(e.rule_id in _OTHER_ACTS for e in decision.examined):
                return texts.SUMMARY_OTHER_ACT
            tried = (Status.MET, Status.NOT_MET, Status.UNKNOWN)
            grounds_tried = any(
                e.rule_id in _BANS and e.finding.status in tried for e in decision.examined
            )
            return texts.SUMMARY_NO_GROUND if grounds_tried else texts.SUMMARY_ORDINARY
        case Outcome.UNDETERMINED:
            return _undetermined(decision)
        case Outcome.DISCRETIONARY:
            raise LookupError("no rule about a referral leaves a discretion")


_REFUGEES = tuple(rule.id for rule in refugees.RULES if rule.effect is Effect.BANS)
_BANS = (*law.ALL_GROUNDS, *_REFUGEES)
_TOGETHER = frozenset(rule.id for rule in law.RULES if rule.limbs)
"""Rules that take nr. 1 to 4 together; their titles name all four."""
_BASES = tuple(rule.id for rule in referral_bases.RULES)
_CRITERIA_RULES = frozenset(rule.id for rule in flexible.RULES if rule.effect is Effect.BANS)
_RIGHTS = frozenset({"EXC-69-GENERAL", "SUB-64-65-GENERAL"})
"""Rules called by the right that they give: what takes it away is said by the finding."""
_OTHER_ACTS = frozenset({"REF-THIRD", "PRIV-ANV", "PRIV-ANV-2022", "PRIV-ANV-58"})


def place_text(kind: str, name: str) -> Text:
    """Name a place that a household could be referred to; `name` is empty for a kind of area."""
    place = _known(texts.PLACES, kind, "place")
    da, en = (f"{name} ({said})" if name else said for said in place)
    return Text(da, en)


def _summary(decision: Decision, summaries: Mapping[str, Text]) -> Text:
    """Say what an answer about a letting, exchange, sublet, certificate or benefit is."""
    if decision.outcome is Outcome.UNDETERMINED:
        return _undetermined(decision)
    said = _known(summaries, str(decision.outcome), "summary")
    for each in decision.decided_by:
        by = (decision.question.kind, str(decision.outcome), each.rule_id)
        said = texts.SUMMARIES_BY.get(by, said)
    return _grounds(said, _deciding(decision))


def _deciding(decision: Decision) -> list[Text]:
    """Name what decided, each once; of a rule that speaks for the party, that it is unmet.

    A basis that lacks, and what a notice lacks, are said to be lacking by the sentence itself.
    """
    found: dict[Text, Text] = {}
    for each in decision.decided_by:
        title = rule_title(_ground_of(each))
        if each.finding.status is Status.NOT_MET and each.rule_id in _CRITERIA_RULES:
            unmet = texts.SUMMARY_UNMET
            title = Text(unmet.da.format(title=title.da), unmet.en.format(title=title.en))
        elif each.rule_id in _RIGHTS:
            said = finding_text(each, decision.question.day)
            title = Text(said.da.removesuffix("."), said.en.removesuffix("."))
        found.setdefault(title, title)
    return list(found.values())


def _ground_of(examined: Examined) -> str:
    """Return the rule whose title says what was found: of nr. 1 to 4 taken together, the number."""
    if examined.rule_id in _TOGETHER:
        return f"REF-UDS-N{dict(examined.finding.values)['number']}"
    return examined.rule_id


def _undetermined(decision: Decision) -> Text:
    parts = [texts.SUMMARY_UNDETERMINED]
    parts += [
        texts.WARNINGS[code]
        for code in ("LAW_REVIEW_STALE", "OUTSIDE_SECTION_59")
        if code in decision.warnings
    ]
    if decision.missing:
        parts.append(texts.SUMMARY_MISSING)
    if any(variation.decides for variation in decision.variations):
        parts.append(texts.SUMMARY_POINTS)
    return Text(" ".join(part.da for part in parts), " ".join(part.en for part in parts))


def _titles(decision: Decision, rule_ids: Iterable[str], status: Status) -> list[Text]:
    found = {e.rule_id for e in decision.examined if e.finding.status is status}
    return [rule_title(rule_id) for rule_id in rule_ids if rule_id in found]


def _grounds(text: Text, grounds: list[Text]) -> Text:
    """Name the grounds; none are left where the facts behind a recorded outcome were erased."""
    grounds = grounds or [texts.SUMMARY_ERASED]
    return Text(
        text.da.format(grounds="; ".join(ground.da for ground in grounds)),
        text.en.format(grounds="; ".join(ground.en for ground in grounds)),
    )


def area_text(day: date, statuses: Iterable[tuple[str, Status]]) -> Text:
    """Say of which categories an area is on a day, and of which that is not known."""
    known = list(statuses)
    on = [_category(name, day) for name, status in known if status is Status.MET]
    unsure = [_category(name, day) for name, status in known if status is Status.UNKNOWN]
    parts = []
    if on:
        parts.append(_categories(texts.AREA_IS, day, on))
    elif not unsure:
        parts.append(_categories(texts.AREA_IS_NOTHING, day, on))
    if unsure:
        parts.append(_categories(texts.AREA_IS_UNKNOWN, day, unsure))
    return Text(" ".join(part.da for part in parts), " ".join(part.en for part in parts))


def _category(name: str, day: date) -> Text:
    if name in set(ListKind):
        return list_kind_text(ListKind(name), day)
    return _known(texts.AREA_CATEGORIES, name, "area category")


def _categories(text: Text, day: date, names: list[Text]) -> Text:
    said = _day(day.isoformat())
    return Text(
        text.da.format(day=said.da, categories=_joined([n.da for n in names], texts.AND.da)),
        text.en.format(day=said.en, categories=_joined([n.en for n in names], texts.AND.en)),
    )


# --- Filling texts with values --------------------------------------------------------------


def list_kind_text(kind: ListKind, day: date) -> Text:
    """Return what a kind of list was called on a day."""
    if day < texts.NAMES_CHANGED and kind in texts.OLDER_LIST_KINDS:
        return texts.OLDER_LIST_KINDS[kind]
    return texts.LIST_KINDS[kind]


def month_text(month: str) -> Text:
    """Write `2024-08` as `august 2024` and `August 2024`."""
    number = calendar.parse_month(month)
    name = texts.MONTHS[number % 12]
    return Text(f"{name.da} {number // 12}", f"{name.en} {number // 12}")


def _filled(text: Text, values: Values) -> Text:
    """Put the values into a text; raises LookupError for one that the text names and lacks."""
    said = {name: _word(name, value, values) for name, value in values}
    said["criteria"] = _criteria(values)
    lacking = (_fields(text.da) | _fields(text.en)) - set(said)
    if lacking:
        raise LookupError(f"a text names {sorted(lacking)}, which is not given")
    return Text(
        text.da.format(**{name: word.da for name, word in said.items()}),
        text.en.format(**{name: word.en for name, word in said.items()}),
    )


def _fields(template: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(template) if name}


def _word(name: str, value: str, values: Values) -> Text:
    if name in _WORDS:
        return _WORDS[name](value, values)
    if _DAY.fullmatch(value):
        return _day(value)
    if _MONTH.fullmatch(value):
        return month_text(value)
    return Text(value, value)


def _day(value: str) -> Text:
    day = date.fromisoformat(value)
    month = month_text(value[:7])
    return Text(f"{day.day}. {month.da}", f"{day.day} {month.en}")


def _benefits(value: str, values: Values) -> Text:
    names = [texts.BENEFITS[Benefit(each)] for each in value.split()]
    return Text(
        _joined([name.da for name in names], texts.AND.da),
        _joined([name.en for name in names], texts.AND.en),
    )


def _months(value: str, values: Values) -> Text:
    """Write months, runs of them by their first and last."""
    runs: list[list[int]] = []
    for month in sorted(calendar.parse_month(each) for each in value.split()):
        if runs and runs[-1][-1] == month - 1:
            runs[-1].append(month)
        else:
            runs.append([month])
    said = [
        (month_text(calendar.month_text(run[0])), month_text(calendar.month_text(run[-1])))
        for run in runs
    ]
    return Text(
        _joined([a.da if a == b else f"{a.da} – {b.da}" for a, b in said], texts.AND.da),
        _joined([a.en if a == b else f"{a.en} – {b.en}" for a, b in said], texts.AND.en),
    )


def _kind(value: str, values: Values) -> Text:
    list_day = dict(values).get("list_day")
    day = texts.NAMES_CHANGED if list_day is None else date.fromisoformat(list_day)
    return list_kind_text(ListKind(value), day)


def _plan(value: str, values: Values) -> Text:
    return texts.PLANS[PlanKind(value)] if value in set(PlanKind) else Text(value, value)


def _decimal(value: str, values: Values) -> Text:
    return Text(value.replace(".", ","), value)


def _metres(value: str, values: Values) -> Text:
    """Write whole centimetres as metres with two decimals."""
    metres, rest = divmod(int(value), 100)
    return Text(f"{metres},{rest:02d}", f"{metres}.{rest:02d}")


def _named(names: Mapping[K, Text]) -> Callable[[str, Values], Text]:
    """Return what writes words apart by spaces by their names; none is said to be none."""

    by_name = {str(name): text for name, text in names.items()}

    def write(value: str, values: Values) -> Text:
        said = [by_name[each] for each in value.split()]
        if not said:
            return texts.NONE
        return Text(
            _joined([each.da for each in said], texts.AND.da),
            _joined([each.en for each in said], texts.AND.en),
        )

    return write


def _of(value: str, values: Values) -> Text:
    return Text(value.replace(" / ", " af "), value.replace(" / ", " of "))


def _criteria(values: Values) -> Text:
    da, en = [], []
    for name, value in values:
        title = texts.CRITERIA.get(name)
        if title is None:
            continue
        compared, _, met = value.partition(": ")
        said = texts.MET_WORDS[met]
        limit = texts.NATIONAL_SHARE_UNKNOWN if compared.endswith(" x") else Text("", "")
        da.append(f"{title.da} {compared.replace('.', ',')} {limit.da}".rstrip() + f" ({said.da})")
        en.append(f"{title.en} {compared} {limit.en}".rstrip() + f" ({said.en})")
    return Text("; ".join(da), "; ".join(en))


def _met_by(value: str, values: Values) -> Text:
    kinds = [texts.CRITERION_KINDS[each] for each in value.split("+")]
    return Text(
        _joined([kind.da for kind in kinds], texts.AND.da),
        _joined([kind.en for kind in kinds], texts.AND.en),
    )


def _asked_for(value: str, values: Values) -> Text:
    said = [_met_by(each, values) for each in value.split()]
    return Text("; ".join(each.da for each in said), "; ".join(each.en for each in said))


_WORDS: dict[str, Callable[[str, Values], Text]] = {
    "benefits": _benefits,
    "months": _months,
    "kind": _kind,
    "plan": _plan,
    "condition": lambda value, values: texts.CITIZENSHIP[CitizenshipCondition(value)],
    "list": lambda value, values: (
        texts.MEMBER_LISTS[MemberList(value)] if value in set(MemberList) else Text(value, value)
    ),
    "shortest": _metres,
    "longest": _metres,
    "provisions": _named({code: Text(at, at) for code, at in offences.CITATIONS.items()}),
    "sanction": _named(texts.SANCTIONS),
    "method": _named(texts.METHODS),
    "factor": _named(texts.FACTORS),
    "present": _named(texts.FACTORS),
    "absent": _named(texts.FACTORS),
    "not_stated": _named(texts.REQUEST_DETAILS),
    "grounds": _named(texts.GROUNDS),
    "share_used": _decimal,
    "met_by": _met_by,
    "asked_for": _asked_for,
    "criterion": _met_by,
    "lacks": _named(texts.SIGHT_DETAILS),
    "asked_condition": lambda value, values: texts.ASKED_CONDITIONS[value],
    "dwellings": _of,
}


def _joined(words: list[str], last: str) -> str:
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {last} {words[-1]}"


def _known(texts_by_key: Mapping[str, T], key: str, what: str) -> T:
    try:
        return texts_by_key[key]
    except KeyError:
        raise LookupError(f"no text for the {what} {key!r}") from None
