"""Puts findings, missing facts, open points and answers into words, in both languages.

Pure, and apart from the receipt. The words are those of the edition that decided. A kind, rule or
reading that has no text raises LookupError, so that nothing is ever shown in one language only.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from functools import lru_cache
from string import Formatter
from typing import TYPE_CHECKING, Any, TypeVar

from domain import calendar
from domain.facts import Benefit, CitizenshipCondition, ListKind, MemberList, PlanKind
from domain.law.edition import Edition
from domain.law.ending import offences
from domain.law.kernel import (
    Change,
    Condition,
    Confidence,
    Effect,
    Missing,
    Outcome,
    Status,
    Variation,
)
from domain.law.texts.kinds import OutsideText, PointText, Sentence, Text, Texts

if TYPE_CHECKING:
    from domain.law.answer import Decision, Examined, Value

T = TypeVar("T")
Values = tuple[tuple[str, str], ...]

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_MONTH = re.compile(r"\d{4}-\d{2}")
_START = "START-"


# --- Findings -------------------------------------------------------------------------------


def finding_text(law: Edition, examined: Examined, day: date | None = None) -> Text:
    """Say what a rule found: its title, and a sentence filled with the finding's values.

    `day` is the day asked about; on earlier days some areas had other names.

    Raises LookupError when the rule, or this way of coming out, has no text.
    """
    found = examined.finding
    erased = any(missing.kind == "erased" for missing in found.missing)
    older = day is not None and day < law.texts.NAMES_CHANGED
    return _finding_text(law, examined.rule_id, found.status, found.values, erased, older)


@lru_cache(maxsize=4096)
def _finding_text(
    law: Edition, rule_id: str, status: Status, values: Values, erased: bool, older: bool
) -> Text:
    """Fill a sentence; the same few come again and again, and none of them names anybody."""
    rule = _known(law.texts.RULES, rule_id, "rule")
    if older:
        rule = law.texts.OLDER_RULES.get(rule_id, rule)
    if erased:
        said: Text = law.texts.ERASED
    elif status in law.texts.WITHOUT_VALUES:
        said = law.texts.WITHOUT_VALUES[status]
    elif any(value == "not_known_here" for _, value in values):
        return _titled(rule.title, law.texts.DECIDED_ELSEWHERE)
    else:
        sentences = rule.findings.get(status, ())
        return _titled(
            rule.title,
            _filled(law, _fitting(law, sentences, values, rule_id, status), values),
        )
    return Text(f"{rule.title.da} {said.da}", f"{rule.title.en} {said.en}")


def condition_text(law: Edition, condition: Condition) -> Text:
    """Say what a condition is and whether it is met; raises LookupError without a text."""
    title = _known(law.texts.CONDITIONS, condition.name, "condition")
    status = law.texts.STATUSES[condition.status]
    detail = law.texts.CONDITION_DETAILS.get(condition.name)
    if detail is None or not _fields(detail.da) <= {name for name, _ in condition.values}:
        return Text(f"{title.da}: {status.da}.", f"{title.en}: {status.en}.")
    more = _filled(law, detail, condition.values)
    return Text(f"{title.da}: {status.da} ({more.da}).", f"{title.en}: {status.en} ({more.en}).")


def value_text(law: Edition, value: Value) -> Text:
    """Say a value that the answer computed; raises LookupError without a text."""
    text = _known(law.texts.VALUES, value.name, "value")
    said = Text(value.value, value.value)
    if value.kind == "day":
        said = _day(law, value.value)
    elif value.kind == "distance_cm":
        said = _metres(law, value.value, ())
    elif value.kind == "share":
        said = _decimal(law, value.value, ())
    elif value.kind == "money_oere":
        said = _kroner(law, value.value, ())
    return Text(text.da.format(value=said.da), text.en.format(value=said.en))


def rule_title(law: Edition, rule_id: str) -> Text:
    """Return what a rule is called; raises LookupError when it has no text."""
    return _known(law.texts.RULES, rule_id, "rule").title


def rule_text(law: Edition, rule_id: str) -> Text:
    """Return what a rule says, in a sentence; raises LookupError when it has no text."""
    return _known(law.texts.RULES, rule_id, "rule").says


def consequence_text(law: Edition, rule_id: str) -> Text:
    """Say what a rule that reaches an area says; raises LookupError when it has no text."""
    if rule_id in law.texts.CONSEQUENCES:
        return law.texts.CONSEQUENCES[rule_id]
    return rule_text(law, rule_id)


def outside(law: Edition) -> dict[str, OutsideText]:
    """Return what lies outside of what an edition decides: what was only named, by its code, and
    what was agreed and never enacted, by the id of the rule that says so.
    """
    unseen = (Confidence.AGREEMENT_ONLY, Confidence.NOT_VERIFIED)
    return {
        **law.texts.OUTSIDE,
        **{
            rule.id: OutsideText(
                rule_title(law, rule.id),
                unseen_text(law, rule.id, rule.confidence),
                law.texts.AGREEMENT,
            )
            for rule in law.rules.values()
            if rule.confidence in unseen
        },
    }


def criterion_title(law: Edition, name: str) -> Text:
    """Return what a criterion is called; raises LookupError without a text."""
    return _known(law.texts.CRITERIA, name, "criterion")


def _titled(title: Text, said: Text) -> Text:
    return Text(f"{title.da}: {said.da}", f"{title.en}: {said.en}")


def _fitting(
    law: Edition, sentences: Sequence[Sentence], values: Values, rule_id: str, status: Status
) -> Text:
    known = {name for name, _ in values}
    if known & set(law.texts.CRITERIA):
        known.add("criteria")
    for sentence in sentences:
        if set(sentence.when) <= set(values) and _fields(sentence.text.da) <= known:
            return sentence.text
    raise LookupError(f"{rule_id} has no text for {status} with {sorted(known)}")


# --- Missing facts, changes, duties, warnings -----------------------------------------------


def missing_text(law: Edition, missing: Missing) -> Text:
    """Say what is missing and who can supply it; raises LookupError without a text."""
    what = _filled(law, _known(law.texts.MISSING, missing.kind, "missing fact"), missing.details)
    who = supplier_text(law, missing.supplier)
    by = law.texts.SUPPLIED_BY
    return Text(f"{what.da} {by.da}: {who.da}.", f"{what.en} {by.en}: {who.en}.")


def supplier_text(law: Edition, supplier: str) -> Text:
    """Say who a supplier of facts is; raises LookupError without a text."""
    return _known(law.texts.SUPPLIERS, supplier, "supplier")


def change_text(law: Edition, change: Change, decision: Decision | None = None) -> Text:
    """Say what would remove a ground; raises LookupError without a text.

    With the decision it also says what an assessment of the municipality's own falls short in.
    """
    if change.kind == "fallback_decided" and decision is not None:
        for examined in decision.examined:
            if examined.rule_id == "REF-FALLBACK":
                for value in examined.finding.values:
                    if value in law.texts.FALLBACK_CHANGES:
                        return law.texts.FALLBACK_CHANGES[value]
    return _filled(law, _known(law.texts.CHANGES, change.kind, "change"), change.details)


def duty_text(law: Edition, code: str) -> Text:
    """Say what a duty is; raises LookupError without a text."""
    return _known(law.texts.DUTIES, code, "duty")


def warning_text(law: Edition, code: str) -> Text:
    """Say what a warning means under an edition of the law; raises LookupError without a text."""
    values = (("reviewed_through", law.reviewed_through.isoformat()),)
    return _filled(law, _known(law.texts.WARNINGS, code, "warning"), values)


def unseen_text(law: Edition, rule_id: str, confidence: Confidence) -> Text:
    """Say of a rule whose text was not seen how it is known; raises LookupError without a text."""
    said, title = (
        _known(law.texts.UNSEEN, confidence.value, "confidence"),
        rule_title(law, rule_id),
    )
    return Text(said.da.format(title=title.da), said.en.format(title=title.en))


# --- Open points of law ---------------------------------------------------------------------


def point_text(law: Edition, point: str) -> PointText:
    """Return an open point's question, readings and reason; raises LookupError without a text.

    A point that is about a rule's first day takes the rule's title.
    """
    if not point.startswith(_START):
        return _known(law.texts.POINTS, point, "open point")
    title = rule_title(law, point.removeprefix(_START))
    start = law.texts.START_POINT
    question = Text(
        start.question.da.format(title=title.da), start.question.en.format(title=title.en)
    )
    return PointText(question, start.readings, start.reason)


def variation_text(law: Edition, variation: Variation) -> Text:
    """Say which other readings would change the answer, and to what."""
    read = []
    for point, reading in zip(variation.points, variation.readings, strict=True):
        known = point_text(law, point)
        said = _known(known.readings, reading, f"reading of {point}")
        read.append(
            Text(
                law.texts.VARIATION_READ.da.format(question=known.question.da, reading=said.da),
                law.texts.VARIATION_READ.en.format(question=known.question.en, reading=said.en),
            )
        )
    if variation.outcome is None:
        then = law.texts.VARIATION_NOT_EXAMINED
    else:
        outcome = law.texts.OUTCOMES[variation.outcome]
        then = Text(
            law.texts.VARIATION_OUTCOME.da.format(outcome=outcome.da),
            law.texts.VARIATION_OUTCOME.en.format(outcome=outcome.en),
        )
    da = f"{'; '.join(each.da for each in read)} – {then.da}"
    en = f"{'; '.join(each.en for each in read)} – {then.en}"
    if variation.decides:
        return Text(
            f"{da} {law.texts.VARIATION_DECIDES.da}",
            f"{en} {law.texts.VARIATION_DECIDES.en}",
        )
    return Text(da, en)


# --- Answers --------------------------------------------------------------------------------


def summary_text(law: Edition, decision: Decision) -> Text:
    """Say what the answer is, and why, in a sentence or a few."""
    kind = decision.question.kind
    if kind in law.texts.SUMMARIES:
        summaries = law.texts.SUMMARIES[kind]
        said = {*decision.warnings, *(duty for duty, _ in decision.duties)}
        if said & {"DUTY_TO_TERMINATE_OPEN", "MUST_TERMINATE_IF_NEEDED"}:
            summaries = {**summaries, "DISCRETIONARY": law.texts.SUMMARY_DUTY_UNDER_80}
        return _summary(law, decision, summaries)
    match decision.outcome:
        case Outcome.PROHIBITED:
            barred = any(
                law.rules[each.rule_id].effect is Effect.ALLOWS for each in decision.decided_by
            )
            text = law.texts.SUMMARY_BARRED if barred else law.texts.SUMMARY_PROHIBITED
            return _grounds(law, text, _deciding(law, decision))
        case Outcome.PERMITTED:
            met = {e.rule_id for e in decision.examined if e.finding.status is Status.MET}
            for rule_id, text in law.texts.SUMMARY_LIFTED.items():
                if rule_id in met:
                    return text
            if any(e.rule_id in _OTHER_ACTS for e in decision.examined):
                return law.texts.SUMMARY_OTHER_ACT
            tried = (Status.MET, Status.NOT_MET, Status.UNKNOWN)
            grounds_tried = any(
                e.finding.status in tried and _bans(law, e.rule_id) for e in decision.examined
            )
            return law.texts.SUMMARY_NO_GROUND if grounds_tried else law.texts.SUMMARY_ORDINARY
        case Outcome.UNDETERMINED:
            return _undetermined(law, decision)
        case Outcome.DISCRETIONARY:
            raise LookupError("no rule about a referral leaves a discretion")


def _bans(law: Edition, rule_id: str) -> bool:
    """Tell whether a rule is a ground on which a referral is banned."""
    rule = law.rules.get(rule_id)
    return rule is not None and rule.question == "referral" and rule.effect is Effect.BANS


_RIGHTS = frozenset({"EXC-69-GENERAL", "SUB-64-65-GENERAL"})
"""Rules called by the right that they give: what takes it away is said by the finding."""


_OTHER_ACTS = frozenset({"REF-THIRD", "PRIV-ANV", "PRIV-ANV-2022", "PRIV-ANV-58"})


def place_text(law: Edition, kind: str, name: str) -> Text:
    """Name a place that a household could be referred to; `name` is empty for a kind of area."""
    place = _known(law.texts.PLACES, kind, "place")
    da, en = (f"{name} ({said})" if name else said for said in place)
    return Text(da, en)


def _summary(law: Edition, decision: Decision, summaries: Mapping[str, Text]) -> Text:
    """Say what an answer about a letting, exchange, sublet, certificate or benefit is."""
    if decision.outcome is Outcome.UNDETERMINED:
        return _undetermined(law, decision)
    said = _known(summaries, str(decision.outcome), "summary")
    for each in decision.decided_by:
        by = (decision.question.kind, str(decision.outcome), each.rule_id)
        said = law.texts.SUMMARIES_BY.get(by, said)
    for each in decision.concluded:
        found = (decision.question.kind, str(decision.outcome), each.rule_id, each.finding.status)
        said = law.texts.SUMMARIES_FOUND.get(found, said)
    return _grounds(law, said, _deciding(law, decision))


def _deciding(law: Edition, decision: Decision) -> list[Text]:
    """Name what decided, each once; of a rule that speaks for the party, that it is unmet.

    A basis that lacks, and what a notice lacks, are said to be lacking by the sentence itself.
    """
    found: dict[Text, Text] = {}
    for each in decision.decided_by:
        title = rule_title(law, _ground_of(law, each))
        rule = law.rules.get(each.rule_id)
        unmet_criteria = (
            rule is not None and rule.question == "letting" and rule.effect is Effect.BANS
        )
        if each.finding.status is Status.NOT_MET and unmet_criteria:
            unmet = law.texts.SUMMARY_UNMET
            title = Text(unmet.da.format(title=title.da), unmet.en.format(title=title.en))
        elif each.rule_id in _RIGHTS:
            said = finding_text(law, each, decision.question.day)
            title = Text(said.da.removesuffix("."), said.en.removesuffix("."))
        found.setdefault(title, title)
    return list(found.values())


def _ground_of(law: Edition, examined: Examined) -> str:
    """Return the rule whose title says what was found: of nr. 1 to 4 taken together, the number."""
    rule = law.rules.get(examined.rule_id)
    number = dict(examined.finding.values).get("number")
    if rule is not None and rule.question == "referral" and rule.limbs and number is not None:
        return f"REF-UDS-N{number}"
    return examined.rule_id


def _undetermined(law: Edition, decision: Decision) -> Text:
    parts = [law.texts.SUMMARY_UNDETERMINED]
    parts += [
        law.texts.WARNINGS[code]
        for code in ("LAW_REVIEW_STALE", "OUTSIDE_SECTION_59")
        if code in decision.warnings
    ]
    if decision.missing:
        parts.append(law.texts.SUMMARY_MISSING)
    if any(variation.decides for variation in decision.variations):
        parts.append(law.texts.SUMMARY_POINTS)
    return Text(" ".join(part.da for part in parts), " ".join(part.en for part in parts))


def _grounds(law: Edition, text: Text, grounds: list[Text]) -> Text:
    """Name the grounds; none are left where the facts behind a recorded outcome were erased."""
    grounds = grounds or [law.texts.SUMMARY_ERASED]
    return Text(
        text.da.format(grounds="; ".join(ground.da for ground in grounds)),
        text.en.format(grounds="; ".join(ground.en for ground in grounds)),
    )


def area_text(law: Edition, day: date, statuses: Iterable[tuple[str, Status]]) -> Text:
    """Say of which categories an area is on a day, and of which that is not known."""
    known = list(statuses)
    on = [_category(law, name, day) for name, status in known if status is Status.MET]
    unsure = [_category(law, name, day) for name, status in known if status is Status.UNKNOWN]
    parts = []
    if on:
        parts.append(_categories(law, law.texts.AREA_IS, day, on))
    elif not unsure:
        parts.append(_categories(law, law.texts.AREA_IS_NOTHING, day, on))
    if unsure:
        parts.append(_categories(law, law.texts.AREA_IS_UNKNOWN, day, unsure))
    return Text(" ".join(part.da for part in parts), " ".join(part.en for part in parts))


def _category(law: Edition, name: str, day: date) -> Text:
    if name in set(ListKind):
        return list_kind_text(law, ListKind(name), day)
    return _known(law.texts.AREA_CATEGORIES, name, "area category")


def _categories(law: Edition, text: Text, day: date, names: list[Text]) -> Text:
    said = _day(law, day.isoformat())
    return Text(
        text.da.format(day=said.da, categories=_joined([n.da for n in names], law.texts.AND.da)),
        text.en.format(day=said.en, categories=_joined([n.en for n in names], law.texts.AND.en)),
    )


# --- Filling texts with values --------------------------------------------------------------


def list_kind_text(law: Edition, kind: ListKind, day: date) -> Text:
    """Return what a kind of list was called on a day."""
    if day < law.texts.NAMES_CHANGED and kind in law.texts.OLDER_LIST_KINDS:
        return law.texts.OLDER_LIST_KINDS[kind]
    return law.texts.LIST_KINDS[kind]


def month_text(law: Edition, month: str) -> Text:
    """Write `2024-08` as `august 2024` and `August 2024`."""
    number = calendar.parse_month(month)
    name = law.texts.MONTHS[number % 12]
    return Text(f"{name.da} {number // 12}", f"{name.en} {number // 12}")


def _filled(law: Edition, text: Text, values: Values) -> Text:
    """Put the values into a text; raises LookupError for one that the text names and lacks."""
    said = {name: _word(law, name, value, values) for name, value in values}
    said["criteria"] = _criteria(law, values)
    lacking = (_fields(text.da) | _fields(text.en)) - set(said)
    if lacking:
        raise LookupError(f"a text names {sorted(lacking)}, which is not given")
    return Text(
        text.da.format(**{name: word.da for name, word in said.items()}),
        text.en.format(**{name: word.en for name, word in said.items()}),
    )


def _fields(template: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(template) if name}


def _word(law: Edition, name: str, value: str, values: Values) -> Text:
    if name in _WORDS:
        return _WORDS[name](law, value, values)
    if name.endswith("_oere"):
        return _kroner(law, value, values)
    if _DAY.fullmatch(value):
        return _day(law, value)
    if _MONTH.fullmatch(value):
        return month_text(law, value)
    return Text(value, value)


def _day(law: Edition, value: str) -> Text:
    day = date.fromisoformat(value)
    month = month_text(law, value[:7])
    return Text(f"{day.day}. {month.da}", f"{day.day} {month.en}")


def _benefits(law: Edition, value: str, values: Values) -> Text:
    names = [Benefit(each) for each in value.split()]
    return Text(
        _joined([name.da for name in names], law.texts.AND.da),
        _joined([name.en for name in names], law.texts.AND.en),
    )


def _months(law: Edition, value: str, values: Values) -> Text:
    """Write months, runs of them by their first and last."""
    runs: list[list[int]] = []
    for month in sorted(calendar.parse_month(each) for each in value.split()):
        if runs and runs[-1][-1] == month - 1:
            runs[-1].append(month)
        else:
            runs.append([month])
    said = [
        (
            month_text(law, calendar.month_text(run[0])),
            month_text(law, calendar.month_text(run[-1])),
        )
        for run in runs
    ]
    return Text(
        _joined([a.da if a == b else f"{a.da} – {b.da}" for a, b in said], law.texts.AND.da),
        _joined([a.en if a == b else f"{a.en} – {b.en}" for a, b in said], law.texts.AND.en),
    )


def _kind(law: Edition, value: str, values: Values) -> Text:
    list_day = dict(values).get("list_day")
    day = law.texts.NAMES_CHANGED if list_day is None else date.fromisoformat(list_day)
    return list_kind_text(law, ListKind(value), day)


def _plan(law: Edition, value: str, values: Values) -> Text:
    return law.texts.PLANS[PlanKind(value)] if value in set(PlanKind) else Text(value, value)


def _decimal(law: Edition, value: str, values: Values) -> Text:
    return Text(value.replace(".", ","), value)


def _money(law: Edition, value: str, values: Values) -> Text:
    """Write an amount in øre as kroner; whole tenths of a million, from one up, in millions."""
    kroner, oere = divmod(int(value), 100)
    if kroner >= 1_000_000 and oere == 0 and kroner % 100_000 == 0:
        millions, tenths = divmod(kroner // 100_000, 10)
        rest = f"{tenths}" if tenths else ""
        return Text(
            f"{_thousands(millions, '.')}{',' if rest else ''}{rest} mio. kr.",
            f"DKK {_thousands(millions, ',')}{'.' if rest else ''}{rest} million",
        )
    rest = f"{oere:02d}" if oere else ""
    return Text(
        f"{_thousands(kroner, '.')}{',' if rest else ''}{rest} kr.",
        f"DKK {_thousands(kroner, ',')}{'.' if rest else ''}{rest}",
    )


def _thousands(number: int, mark: str) -> str:
    return f"{number:,}".replace(",", mark)


def _metres(law: Edition, value: str, values: Values) -> Text:
    """Write whole centimetres as metres with two decimals."""
    metres, rest = divmod(int(value), 100)
    return Text(f"{metres},{rest:02d}", f"{metres}.{rest:02d}")


def _kroner(law: Edition, value: str, values: Values) -> Text:
    """Write whole øre as kroner with two decimals."""
    kroner, rest = divmod(int(value), 100)
    return Text(
        f"{_thousands(kroner, '.')},{rest:02d} kr.", f"DKK {_thousands(kroner, ',')}.{rest:02d}"
    )


def _named(
    table: Callable[[Texts], Mapping[Any, Text]],
) -> Callable[[Edition, str, Values], Text]:
    """Return what writes words apart by spaces by their names; none is said to be none."""

    def write(law: Edition, value: str, values: Values) -> Text:
        names = table(law.texts)
        said = [names[each] for each in value.split()]
        if not said:
            return law.texts.NONE
        return Text(
            _joined([each.da for each in said], law.texts.AND.da),
            _joined([each.en for each in said], law.texts.AND.en),
        )

    return write


def _of(law: Edition, value: str, values: Values) -> Text:
    return Text(value.replace(" / ", " af "), value.replace(" / ", " of "))


def _criteria(law: Edition, values: Values) -> Text:
    da, en = [], []
    for name, value in values:
        title = law.texts.CRITERIA.get(name)
        if title is None:
            continue
        compared, _, met = value.partition(": ")
        said = law.texts.MET_WORDS[met]
        limit = law.texts.NATIONAL_SHARE_UNKNOWN if compared.endswith(" x") else Text("", "")
        da.append(f"{title.da} {compared.replace('.', ',')} {limit.da}".rstrip() + f" ({said.da})")
        en.append(f"{title.en} {compared} {limit.en}".rstrip() + f" ({said.en})")
    return Text("; ".join(da), "; ".join(en))


def _met_by(law: Edition, value: str, values: Values) -> Text:
    kinds = [law.texts.CRITERION_KINDS[each] for each in value.split("+")]
    return Text(
        _joined([kind.da for kind in kinds], law.texts.AND.da),
        _joined([kind.en for kind in kinds], law.texts.AND.en),
    )


def _met_by_each(law: Edition, value: str, values: Values) -> Text:
    said = [_met_by(law, each, values) for each in value.split()]
    return Text("; ".join(each.da for each in said), "; ".join(each.en for each in said))


def _asked_for(law: Edition, value: str, values: Values) -> Text:
    listed = _met_by_each(law, value, values)
    if " " not in value:
        return listed
    one_of = law.texts.ONE_OF
    return Text(one_of.da.format(listed.da), one_of.en.format(listed.en))


_PROVISIONS = {code: Text(at, at) for code, at in offences.CITATIONS.items()}

_WORDS: dict[str, Callable[[Edition, str, Values], Text]] = {
    "benefits": _benefits,
    "months": _months,
    "kind": _kind,
    "plan": _plan,
    "condition": lambda law, value, values: law.texts.CITIZENSHIP[CitizenshipCondition(value)],
    "list": lambda law, value, values: (
        law.texts.MEMBER_LISTS[MemberList(value)]
        if value in set(MemberList)
        else Text(value, value)
    ),
    "frame_oere": _money,
    "of_it_oere": _money,
    "shortest": _metres,
    "longest": _metres,
    "provisions": _named(lambda texts: _PROVISIONS),
    "sanction": _named(lambda texts: texts.SANCTIONS),
    "method": _named(lambda texts: texts.METHODS),
    "factor": _named(lambda texts: texts.FACTORS),
    "weighed": _named(lambda texts: texts.WINDING_UP_FACTORS),
    "present": _named(lambda texts: texts.FACTORS),
    "absent": _named(lambda texts: texts.FACTORS),
    "not_stated": _named(lambda texts: texts.REQUEST_DETAILS),
    "grounds": _named(lambda texts: texts.GROUNDS),
    **dict.fromkeys(
        (
            *("share_used", "share", "target", "total", "units", "plot_ratio"),
            *("in_parallel_societies", "in_transformation_areas"),
        ),
        _decimal,
    ),
    "met_by": _met_by_each,
    "asked_for": _asked_for,
    "criterion": _met_by,
    "lacks": _named(lambda texts: texts.SIGHT_DETAILS),
    "asked_condition": lambda law, value, values: law.texts.ASKED_CONDITIONS[value],
    "dwellings": _of,
    "asked_decision": lambda law, value, values: law.texts.DECISIONS[value],
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
