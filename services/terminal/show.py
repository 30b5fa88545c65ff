"""Prints answers, replays and areas for people: for the command line in the language asked for,
for the demo in Danish and English at once. Plain when piped, at most 100 columns.
"""

from __future__ import annotations

import re
from argparse import Namespace as Options
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Protocol

from google.protobuf.message import Message
from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from domain.facts import ListKind
from domain.law import explain
from domain.law.area.measured import COUNTRY
from domain.law.editions import CURRENT
from domain.law.kernel import Outcome, Status
from domain.law.texts.kinds import Text as Said
from domain.law.texts.words import FIGURES
from domain.readback import CLASSES
from husret.v1 import area_service_pb2 as areas
from husret.v1 import audit_service_pb2 as audit
from husret.v1 import core_pb2 as core
from husret.v1 import fact_service_pb2 as facts
from services.terminal import output, shell

WIDTH = 100
"""Most columns; a narrower terminal is filled."""

HASH = 8
"""Hexadecimal digits shown of a fact's hash; twice as many of a receipt's."""

OUTCOMES = {
    core.OUTCOME_PERMITTED: (Outcome.PERMITTED, "bold green"),
    core.OUTCOME_PROHIBITED: (Outcome.PROHIBITED, "bold red"),
    core.OUTCOME_DISCRETIONARY: (Outcome.DISCRETIONARY, "bold magenta"),
    core.OUTCOME_UNDETERMINED: (Outcome.UNDETERMINED, "bold yellow"),
}
_ELSEWHERE = (
    core.OUTCOME_PERMITTED,
    core.OUTCOME_PROHIBITED,
    core.OUTCOME_DISCRETIONARY,
    core.OUTCOME_UNDETERMINED,
    core.OUTCOME_UNSPECIFIED,
)
"""The order in which other places are shown, those where the household can be referred first."""
STATUSES = {
    core.FINDING_STATUS_MET: Status.MET,
    core.FINDING_STATUS_NOT_MET: Status.NOT_MET,
    core.FINDING_STATUS_UNKNOWN: Status.UNKNOWN,
    core.FINDING_STATUS_NOT_EXAMINED: Status.NOT_EXAMINED,
    core.FINDING_STATUS_NOT_IN_FORCE: Status.NOT_IN_FORCE,
    core.FINDING_STATUS_NOT_APPLICABLE: Status.NOT_APPLICABLE,
    core.FINDING_STATUS_NOT_COVERED: Status.NOT_COVERED,
}
DATA_CLASSES = {
    core.DataClass.Value(f"DATA_CLASS_{each.upper()}"): said for each, said in CLASSES.items()
}
_VERDICTS = {
    audit.REPLAY_VERDICT_EQUAL: (Said("samme bytes", "the same bytes"), "green"),
    audit.REPLAY_VERDICT_EQUAL_BUT_ERASED: (
        Said("samme bytes, så vidt de kan åbnes", "the same bytes, as far as they can be read"),
        "green",
    ),
    audit.REPLAY_VERDICT_DIFFERENT: (Said("FORSKELLIGT", "DIFFERENT"), "bold red"),
}
_SECTION_VERDICTS = {
    "equal": Said("ens", "equal"),
    "erased": Said("slettet", "erased"),
    "different": Said("FORSKELLIG", "DIFFERENT"),
}
_NOT_APPLIED = {
    core.FINDING_STATUS_NOT_EXAMINED,
    core.FINDING_STATUS_NOT_COVERED,
    core.FINDING_STATUS_NOT_IN_FORCE,
}
"""Findings that say no more than that the rule was not applied; named on a line of their own."""

PREVIEW = Said("PRØVE: ikke gemt og intet svar", "PREVIEW: not recorded, and no answer")
"""Stands above what was not asked for good."""

_READ_AS = {
    "semicolons": Said("semikolon", "semicolons"),
    "commas": Said("komma", "commas"),
    "tabulators": Said("tabulator", "tabulators"),
    "JSON lines": Said("JSON-linjer", "JSON lines"),
    "a workbook": Said("et regneark", "a workbook"),
}
_AREA_CHANGES = {
    "split": Said("Opdeling godkendt", "Split approved"),
    "merger": Said("Sammenlægning godkendt", "Merger approved"),
    "extension": Said("Udvidelse godkendt", "Extension approved"),
}

_UNTIL = re.compile(r"indtil (\d{1,2})/(\d{1,2})/(\d{4})")
_OTHER_LISTS = {
    str(ListKind.PREVENTION): "almenboligloven § 61 b, jf. § 61 a, stk. 5",
    str(ListKind.COMBINED_LETTING): (
        "almenboligloven § 51 b, stk. 3-6; udlejningsbekendtgørelsen § 35"
    ),
}
"""Where the lists stand that § 61 a does not make."""


class Bilingual(Protocol):
    """A text in both languages, of the API or of ours."""

    @property
    def da(self) -> str:
        """The Danish text."""

    @property
    def en(self) -> str:
        """The English text."""


Row = tuple[str, Sequence[RenderableType]]


class _Console(Console):
    """A console that leaves a reader who has enough to `shell.whoever_reads`."""

    def on_broken_pipe(self) -> None:
        """Say so, in place of ending the process with 1."""
        raise BrokenPipeError


def console(*, quiet: bool = False) -> Console:
    """Return a console on stdout that fills a terminal of up to `WIDTH` columns."""
    made = _Console(quiet=quiet, highlight=False, markup=False, emoji=False)
    if not made.is_terminal or made.width > WIDTH:
        made.width = WIDTH
    return made


def grid(rows: Iterable[Row]) -> Padding:
    """Lay labels out beside their lines; a label without lines is left out."""
    table = Table.grid(padding=(0, 2))
    table.add_column(width=21, style="dim")
    table.add_column(ratio=1)
    for label, lines in rows:
        if lines:
            table.add_row(label, Group(*lines))
    return Padding(table, (0, 0, 0, 2))


def put(options: Options, answer: Message, rows: Sequence[Row]) -> None:
    """Print an answer with --json, else its rows."""
    if options.json:
        output.put(options, answer, ())
        return
    print_rows(rows)


def print_rows(rows: Sequence[Row]) -> None:
    """Print rows, with nothing behind the end of a line."""
    made = console()
    with made.capture() as printed:
        made.print(grid(rows))
    with shell.whoever_reads():
        for line in printed.get().splitlines():
            print(line.rstrip())


def put_decision(
    options: Options, decision: core.Decision, asked: Iterable[Bilingual] = ()
) -> None:
    """Print an answer with everything that it rests on; `asked`: what was asked, in words."""
    put(options, decision, decision_rows(options, decision, asked))


def decision_rows(
    options: Options,
    decision: core.Decision,
    asked: Iterable[Bilingual] = (),
    about: Sequence[Row] = (),
    names: Mapping[str, str] | None = None,
) -> list[Row]:
    """Lay out an answer with everything that it rests on.

    `about`: what it is about; `names`: of the persons, by their ids.
    """
    words = Words(options.language, names or {})
    rows: list[Row] = [
        (
            words.say("Spørgsmål", "Question"),
            [Text(words.place(decision)), *words.lines(asked)],
        ),
        *about,
        *words.answer(decision),
        (words.say("Udgave af loven", "Edition of the law"), [Text(decision.law_package[:12])]),
    ]
    if decision.receipt_id:
        stands = words.say("gemt ved position", "recorded at position")
        hashed = Text(f"{stands} {decision.recorded_position} · hash {decision.receipt_hash.hex()}")
        rows.append((words.say("Kvittering", "Receipt"), [Text(words.receipt(decision)), hashed]))
    elif getattr(options, "preview", False):
        rows.insert(0, ("", [Text(words.both(PREVIEW), "bold")]))
    return rows


@dataclass
class Words:
    """Puts messages of the API into lines, in one language or (`language` "") in both."""

    language: str = ""
    names: Mapping[str, str] = field(default_factory=dict)
    """Names to show for ids of persons; an id without one is shown itself."""
    types: Mapping[int, str] = field(default_factory=dict)
    """Types of events by position, where they are known."""

    def both(self, said: Bilingual) -> str:
        """Return a text on one line."""
        if self.language:
            return said.da if self.language == "da" else said.en
        return said.da if said.da == said.en else f"{said.da} · {said.en}"

    def say(self, da: str, en: str) -> str:
        """Return words of our own on one line."""
        return self.both(Said(da, en))

    def lines(self, said: Iterable[Bilingual]) -> list[Text]:
        """Return each text on a line for each language."""
        if self.language:
            return [Text(self.both(each)) for each in said]
        return [line for each in said for line in (Text(each.da), Text(each.en, "italic"))]

    def day(self, day: str) -> str:
        """Write a day in words."""
        known = date.fromisoformat(day)
        month = explain.month_text(CURRENT, day[:7])
        return self.say(f"{known.day}. {month.da}", f"{known.day} {month.en}")

    def read_as(self, said: str) -> str:
        """Say how a file was read; a server says it in English."""
        parts = said.split(", ")
        return ", ".join(self.both(_READ_AS.get(each, Said(each, each))) for each in parts)

    def place(self, decision: core.Decision) -> str:
        """Say where and on which day it was asked."""
        where = decision.area or self.say("uden for områder", "outside areas")
        return f"{where}, {self.day(decision.day)}"

    def outcome(self, outcome: core.Outcome.ValueType) -> Text:
        """Name an outcome: in English by its code."""
        known, style = OUTCOMES[outcome]
        code, danish = outcome_name(outcome), CURRENT.texts.OUTCOMES[known].da
        if self.language:
            return Text(code if self.language == "en" else danish.upper(), style)
        return Text(f"{code} · {danish}", style)

    # -- answers

    def answer(self, decision: core.Decision, *, briefly: bool = False) -> list[Row]:
        """Lay out an answer with everything that it rests on.

        `briefly`: without the rules that were tried and not met.
        """
        return [
            (self.say("Svar", "Answer"), self._outcome(decision)),
            (self.say("Pligt", "Duty"), self.lines(each.text for each in decision.duties)),
            (self.say("Beregnet", "Computed"), self.lines(each.text for each in decision.values)),
            (self.say("Regler", "Rules"), self._findings(decision)),
            (self.say("Ellers", "Otherwise"), [] if briefly else self._others(decision)),
            (
                self.say("Mangler", "Missing"),
                self._named([(each.person_id, each.text) for each in decision.missing]),
            ),
            (
                self.say("Ville ændre det", "Would change it"),
                self._named([(each.person_id, each.text) for each in decision.would_change]),
            ),
            (self.say("Andre steder", "Elsewhere"), self._elsewhere(decision)),
            (self.say("Fortolkningsspørgsmål", "Open points"), self._points(decision)),
            (self.say("Bemærk", "Note"), self._warnings(decision)),
        ]

    def _outcome(self, decision: core.Decision) -> list[RenderableType]:
        return [self.outcome(decision.outcome), *self.lines([decision.summary])]

    def _elsewhere(self, decision: core.Decision) -> list[Text]:
        """Say where else the household can be referred, and where not, once it can't be here."""
        if decision.outcome == core.OUTCOME_PERMITTED:
            return []
        places: dict[core.Outcome.ValueType, list[core.Text]] = {}
        for each in decision.alternatives:
            places.setdefault(each.outcome, []).append(each.text)
        said = []
        for outcome, found in sorted(places.items(), key=lambda pair: _ELSEWHERE.index(pair[0])):
            what = CURRENT.texts.NOT_EXAMINED_ELSEWHERE
            if outcome != core.OUTCOME_UNSPECIFIED:
                what = CURRENT.texts.OUTCOMES[OUTCOMES[outcome][0]]
            da, en = "; ".join(each.da for each in found), "; ".join(each.en for each in found)
            said.append(Said(f"{what.da}: {da}", f"{what.en}: {en}"))
        return self.lines(said)

    def _warnings(self, decision: core.Decision) -> list[Text]:
        """Say the warnings that the answer does not say itself, and whose texts were not seen."""
        said = (decision.summary.da, decision.summary.en)
        warned = [
            each
            for each in decision.warning_texts
            if each.da not in said[0] and each.en not in said[1]
        ]
        return self.lines([*warned, *(each.text for each in decision.unseen_texts)])

    def receipt(self, decision: core.Decision) -> str:
        """Name an answer's receipt, its hash's beginning, and what it was made on."""
        return (
            f"{decision.receipt_id} · hash {decision.receipt_hash.hex()[: 2 * HASH]} · "
            f"{self.say('kendt ved', 'known at')} position {decision.known_at_position} · "
            f"{self.say('åbnet', 'unsealed')}: {decision.unsealed}"
        )

    def _findings(self, decision: core.Decision) -> list[RenderableType]:
        """Explain what was met, is not known, or depends on how the law is read."""
        deciding = left_open(decision)
        lines: list[RenderableType] = []
        for finding in decision.findings:
            depends = rests_open(finding, deciding)
            plain = finding.status in _NOT_APPLIED | {core.FINDING_STATUS_NOT_MET}
            if plain and not depends and not finding.conditions:
                continue
            who = f" – {self._name(finding.person_id)}" if finding.person_id else ""
            status = self.both(CURRENT.texts.STATUSES[STATUSES[finding.status]])
            if depends:
                points = ", ".join(depends)
                status = self.say(f"afhænger af {points}", f"depends on {points}")
            lines.append(Text(f"{citation(finding)}{who}: {status}", "bold"))
            said = title(finding.explanation) if depends else finding.explanation
            lines += [_indented(each) for each in self.lines([said])]
            lines += self._conditions(finding)
            if finding.evidence:
                rests = [
                    f"{_evidence(each)} {self.types.get(each.position, '')}".strip()
                    for each in finding.evidence
                ]
                lines.append(_indented(Text(_shortened(rests), "cyan")))
        return lines

    def _conditions(self, finding: core.Finding) -> list[RenderableType]:
        """Show a rule's checklist: each condition, and the facts that show it."""
        lines: list[RenderableType] = []
        for each in finding.conditions:
            rests = _shortened([_evidence(item) for item in each.evidence])
            said = self.lines([each.text])
            if rests:
                said[-1] = Text(f"{said[-1].plain} ({rests})", said[-1].style)
            lines += [Padding(line, (0, 0, 0, 4)) for line in said]
        return lines

    def _others(self, decision: core.Decision) -> list[Text]:
        """Name the sections that were not met, with the facts for it, or were not applied."""
        deciding = left_open(decision)
        lines = []
        said_of_rule: dict[str, int] = {}
        for status in (core.FINDING_STATUS_NOT_MET, *sorted(_NOT_APPLIED)):
            named: dict[str, dict[str, None]] = {}
            for finding in decision.findings:
                # A rule that does not reach the place is said to be that, and not unexamined too.
                if (
                    finding.status == status
                    and said_of_rule.setdefault(finding.rule_id, status) == status
                    and not finding.conditions
                    and not rests_open(finding, deciding)
                ):
                    who = f"{self._name(finding.person_id)} " if finding.person_id else ""
                    rests = _shortened([_evidence(each) for each in finding.evidence], 3)
                    said_of = named.setdefault(self._section(finding), {})
                    # Several rules of a section may rest on the same facts, and some on none.
                    if who or rests:
                        said_of[f"{who}{rests}".strip()] = None
            if named:
                said = (
                    section + (f" ({', '.join(rests)})" if rests else "")
                    for section, rests in named.items()
                )
                lines.append(
                    Text(
                        f"{self.both(CURRENT.texts.STATUSES[STATUSES[status]])}: {'; '.join(said)}"
                    )
                )
        return lines

    def _section(self, finding: core.Finding) -> str:
        """Return where a rule stands, without the act's name, and which list is meant."""
        section = citation(finding).removeprefix("almenboligloven ").partition(" (")[0]
        kind = finding.values.get("kind", "")
        if kind not in set(ListKind):
            return section
        day = finding.values.get("list_day", "")
        listed = explain.list_kind_text(
            CURRENT, ListKind(kind), date.fromisoformat(day) if day else CURRENT.texts.NAMES_CHANGED
        )
        return f"{section}, {self.both(listed)}"

    def _named(self, said: Sequence[tuple[str, Bilingual]]) -> list[Text]:
        lines = []
        for person, text in said:
            if person:
                lines.append(Text(f"{self._name(person)}:"))
            lines += self.lines([text])
        return lines

    def _name(self, person: str) -> str:
        return self.names.get(person, person)

    def _points(self, decision: core.Decision) -> list[RenderableType]:
        lines: list[RenderableType] = []
        for point in decision.open_points:
            ids = " + ".join(
                f"{id}={reading}"
                for id, reading in zip(point.point_ids, point.readings, strict=True)
            )
            then = "?" if point.not_examined else self.outcome(point.outcome).plain
            lines.append(Text(f"{ids} -> {then}", "bold"))
            lines += [_indented(each) for each in self.lines([point.text])]
        return lines

    # -- replays

    def replay(self, replay: audit.ReplayDecisionResponse) -> list[Row]:
        """Lay out what came out of computing an answer again, the differences first."""
        verdict, style = _VERDICTS[replay.verdict]
        stored, computed = replay.stored_hash.hex(), replay.computed_hash.hex()
        if stored == computed:
            hashes = [Text(f"hash {stored}")]
        else:
            hashes = [
                Text(f"{self.say('gemt', 'stored')} {stored}"),
                Text(f"{self.say('beregnet', 'computed')} {computed or '-'}"),
            ]
        sections = Counter(
            (each.verdict, each.data_class, each.erased_at_position, each.policy)
            for each in replay.sections
        )
        said = [
            Text(
                f"{self.both(_SECTION_VERDICTS[how])}: {self.both(DATA_CLASSES[data_class])}"
                + (f" x {count}" if count > 1 else "")
                + (f" (position {position}, policy {policy})" if policy else "")
            )
            for (how, data_class, position, policy), count in sections.items()
        ]
        return [
            (self.say("Resultat", "Result"), [Text(self.both(verdict), style)]),
            (
                self.say("Forskelle", "Differences"),
                [Text(self.both(each.text), "bold red") for each in replay.found],
            ),
            ("Hash", hashes),
            (self.say("Afsnit", "Sections"), said),
        ]

    # -- areas

    def category(self, status: areas.GetAreaStatusResponse, name: str) -> str:
        """Return what a category of areas was called on the day of the status."""
        day = date.fromisoformat(status.day)
        if name in set(ListKind):
            return self.both(explain.list_kind_text(CURRENT, ListKind(name), day))
        return self.both(CURRENT.texts.AREA_CATEGORIES[name])

    def area(self, status: areas.GetAreaStatusResponse) -> list[Row]:
        """Lay out an area's status, category by category."""
        rows: list[Row] = []
        for category in status.categories:
            official, computed = (
                self.both(CURRENT.texts.STATUSES[STATUSES[each]])
                for each in (category.official, category.computed)
            )
            said = self.say(f"på listen: {official}", f"on the list: {official}")
            if category.category in set(ListKind):
                said += self.say(f"; efter tallene: {computed}", f"; by the figures: {computed}")
            else:
                said = official
            if category.differs:
                said += self.say(" – de stemmer ikke overens", " – they differ")
            lines: list[RenderableType] = [Text(said, "bold")]
            for finding in category.findings:
                lines += self.lines([finding.explanation])
                lines.append(_indented(Text(citation(finding), "dim")))
            lines += self.lines(each.text for each in category.missing)
            rows.append((self.category(status, category.category), lines))
        rows.append((self.say("Advarsler", "Warnings"), self.lines(status.warning_texts)))
        rows.append((self.say("Ændringer", "Changes"), [*map(self._change, status.changes)]))
        brings = [line for each in status.consequences for line in self._consequence(each)]
        rows.append((self.say("Det medfører", "It brings with it"), brings))
        return rows

    def _change(self, change: areas.ApprovedChange) -> Text:
        what = self.both(_AREA_CHANGES[change.change])
        counts = self.say(
            f"tæller fra listen af {self.day(change.counts_from)}",
            f"counts from the list of {self.day(change.counts_from)}",
        )
        parts = ", ".join(change.parts)
        return Text(f"{what} {self.day(change.approved_on)}: {change.area} <> {parts}; {counts}")

    def _consequence(self, consequence: areas.Consequence) -> list[RenderableType]:
        where = f"{consequence.rule_id}: {consequence.citation}"
        return [*self.lines([consequence.text]), _indented(Text(where, "dim"))]

    def figures(self, found: areas.GetAreaFiguresResponse) -> list[Row]:
        """Lay out the figures of an area, day by day, and what is worked out of them."""
        rows: list[Row] = []
        for day in found.days:
            lines: list[RenderableType] = []
            for name, title in FIGURES.items():
                value = getattr(day.figures, name, "")
                if value and name not in day.suppressed:
                    lines.append(Text(f"{self.both(title)}: {self._figure(name, value)}"))
            for part in day.figures.measured:
                name = facts.Measure.Name(part.figure).removeprefix("MEASURE_").lower()
                if part.HasField("numerator") or part.share:
                    lines.append(Text(self._part(name, part)))
            lines += [
                Text(self._worked_out(each)) for each in day.worked_out if not each.suppressed
            ]
            if day.suppressed:
                few = self.say(
                    f"ikke vist, da det siger noget om færre end {found.least_shown}",
                    f"not shown, for it tells of fewer than {found.least_shown}",
                )
                lines.append(Text(f"{few}: {', '.join(map(self._titled, day.suppressed))}", "dim"))
            lines.append(_indented(Text(f"#{day.evidence.position} {day.source}", "dim")))
            of = self.say(" (listen)", " (the list)") if day.of_list else ""
            rows.append((f"{self.day(day.reference_day)}{of}", lines))
        missing = self.lines(each.text for each in found.missing)
        rows.append((self.say("Mangler", "Missing"), missing))
        return rows

    def _figure(self, name: str, value: str | int) -> str:
        if name == "average_income":
            value = f"{int(value) // 100}.{int(value) % 100:02d}"
        return self.say(str(value).replace(".", ","), str(value))

    def _part(self, name: str, part: facts.Measured) -> str:
        many = part.share and self._figure(name, part.share)
        if part.HasField("numerator"):
            many = self.say(
                f"{part.numerator} af {part.denominator}", f"{part.numerator} of {part.denominator}"
            )
        return f"{self.both(FIGURES[name])}, {part.first_year}: {many}"

    def _worked_out(self, worked: areas.WorkedOutFigure) -> str:
        years = {worked.first_year, worked.last_year}
        over = f" {'-'.join(str(each) for each in sorted(years))}" if worked.last_year else ""
        value = self._figure(worked.figure, worked.by_shares)
        if worked.by_counts:
            together = self._figure(worked.figure, worked.by_counts)
            value += self.say(f" (talt samlet: {together})", f" (all counted together: {together})")
        how = ("regnet ud", "worked out")
        if worked.figure == COUNTRY:
            how = ("til sammenligning", "to compare with")
        said = f"{self.say(*how)}{over}: {self.both(worked.title)} {value}"
        if worked.differs:
            published = self._figure(worked.figure, worked.published)
            said += self.say(
                f" – afviger fra det offentliggjorte, {published}, som afgør",
                f" – differs from the published {published}, which decides",
            )
        return said

    def _titled(self, suppressed: str) -> str:
        name, _, year = suppressed.partition(" ")
        return f"{self.both(FIGURES[name])} {year}".rstrip()

    def tools(self, found: areas.GetAreaToolsResponse) -> list[Row]:
        """Lay out what is in force in an area, by kind of tool, and what lies outside."""
        rows: list[Row] = [
            (self.both(group.title), [line for each in group.tools for line in self._tool(each)])
            for group in found.groups
        ]
        missing = self.lines(each.text for each in found.missing)
        rows.append((self.say("Mangler", "Missing"), missing))
        outside: list[RenderableType] = []
        for each in found.outside:
            outside += self.lines([each.what])
            outside += map(_indented, self.lines([each.why]))
            outside.append(_indented(Text(self.both(each.named_in), "dim")))
        rows.append((self.say("Afgøres ikke her", "Not decided here"), outside))
        rows.append((self.say("Advarsler", "Warnings"), self.lines(found.warning_texts)))
        return rows

    def _tool(self, tool: areas.AreaTool) -> list[RenderableType]:
        lines: list[RenderableType] = [*self.lines([tool.text])]
        where = f"{tool.rule_id}: {_UNTIL.sub(_until, tool.citation)}"
        lines.append(_indented(Text(where, "dim")))
        if tool.status == core.FINDING_STATUS_UNKNOWN:
            perhaps = self.say(
                "Det vides ikke, om det gælder her.", "Whether it holds is not known."
            )
            lines.append(_indented(Text(perhaps, "bold")))
        if tool.HasField("finding"):
            lines += map(_indented, self.lines([tool.finding.explanation]))
            lines += self._conditions(tool.finding)
        rests = [_evidence(each) for each in tool.evidence]
        if rests:
            lines.append(_indented(Text(_shortened(rests), "cyan")))
        return lines

    def timeline(self, timeline: areas.GetAreaTimelineResponse) -> list[Row]:
        """Lay out the periods of an area's status, category by category."""
        lines: dict[str, list[RenderableType]] = {}
        for period in timeline.periods:
            last = self.day(period.last_day) if period.last_day else "..."
            status = self.both(CURRENT.texts.STATUSES[STATUSES[period.status]])
            said = lines.setdefault(self.both(CURRENT.texts.AREA_CATEGORIES[period.category]), [])
            said.append(Text(f"{self.day(period.first_day)} - {last}: {status}", "bold"))
            said += self.lines([period.began_text])
            if period.HasField("ended_text"):
                said += self.lines([period.ended_text])
            positions = " ".join(f"#{position}" for position in period.evidence_positions)
            if positions:
                said.append(_indented(Text(positions, "dim")))
        return list(lines.items())


def outcome_name(outcome: core.Outcome.ValueType) -> str:
    """Return an outcome's code."""
    return core.Outcome.Name(outcome).removeprefix("OUTCOME_")


def who(by: facts.RecordedBy) -> str:
    """Say who asked or recorded: a system, and whom it acts for; empty: it can't be read."""
    return "/".join(filter(None, (by.system, by.actor)))


def citation(finding: core.Finding) -> str:
    """Return where a rule stands; of some lists the section that made them."""
    kind = finding.values.get("kind", "")
    if finding.rule_id == "AREA-PUBLISH" and kind in _OTHER_LISTS:
        return _OTHER_LISTS[kind]
    return _UNTIL.sub(_until, finding.citation)


def _until(found: re.Match[str]) -> str:
    day, month, year = map(int, found.groups())
    last = date(year, month, day)
    return f"til og med {last.day}. {explain.month_text(CURRENT, f'{last:%Y-%m}').da}"


def last_day_of_older_names() -> str:
    """Return the last day on which two of the lists had their older names, YYYY-MM-DD."""
    return (CURRENT.texts.NAMES_CHANGED - timedelta(days=1)).isoformat()


def title(explanation: core.Text) -> Said:
    """Return a rule's title alone: what follows it holds under one of several readings only."""
    return Said(explanation.da.partition(":")[0], explanation.en.partition(":")[0])


def left_open(decision: core.Decision) -> set[str]:
    """Return the points without a reading that leave the answer open."""
    return {point for each in decision.open_points if each.decides for point in each.point_ids}


def rests_open(finding: core.Finding, deciding: set[str]) -> list[str]:
    """Return those of the points that a finding depends on."""
    return [point for point in finding.points if point in deciding]


def _evidence(evidence: core.Evidence) -> str:
    return f"#{evidence.position} {evidence.leaf_hash.hex()[:HASH]}"


def _shortened(words: Sequence[str], most: int = 6) -> str:
    more = f"; + {len(words) - most}" if len(words) > most else ""
    return "; ".join(words[:most]) + more


def _indented(text: Text) -> Padding:
    return Padding(text, (0, 0, 0, 2))
