"""What the demo prints: Danish first and English beside it, 100 columns, plain when piped."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, timedelta
from typing import TYPE_CHECKING, Protocol

from rich import box
from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from domain.facts import ListKind
from domain.law import explain, texts
from domain.law.kernel import Outcome, Status
from husret.v1 import area_service_pb2 as areas
from husret.v1 import audit_service_pb2 as audit
from husret.v1 import core_pb2 as core
from services.demo_data import MadeUp

if TYPE_CHECKING:
    from services.demo import Answered, Replayed

WIDTH = 100
"""Most columns; a narrower terminal is filled."""

_HASH = 8
"""Hexadecimal digits shown of a hash."""

_OUTCOMES = {
    core.OUTCOME_PERMITTED: (Outcome.PERMITTED, "bold green"),
    core.OUTCOME_PROHIBITED: (Outcome.PROHIBITED, "bold red"),
    core.OUTCOME_DISCRETIONARY: (Outcome.DISCRETIONARY, "bold magenta"),
    core.OUTCOME_UNDETERMINED: (Outcome.UNDETERMINED, "bold yellow"),
}
_STATUSES = {
    core.FINDING_STATUS_MET: Status.MET,
    core.FINDING_STATUS_NOT_MET: Status.NOT_MET,
    core.FINDING_STATUS_UNKNOWN: Status.UNKNOWN,
    core.FINDING_STATUS_NOT_EXAMINED: Status.NOT_EXAMINED,
    core.FINDING_STATUS_NOT_IN_FORCE: Status.NOT_IN_FORCE,
    core.FINDING_STATUS_NOT_APPLICABLE: Status.NOT_APPLICABLE,
    core.FINDING_STATUS_NOT_COVERED: Status.NOT_COVERED,
}
_LIST_KINDS = {
    core.LIST_KIND_VULNERABLE: ListKind.VULNERABLE,
    core.LIST_KIND_PARALLEL_SOCIETY: ListKind.PARALLEL_SOCIETY,
    core.LIST_KIND_TRANSFORMATION: ListKind.TRANSFORMATION,
    core.LIST_KIND_PREVENTION: ListKind.PREVENTION,
}
_DATA_CLASSES = {
    core.DATA_CLASS_IDENTITY: "identitet · identity",
    core.DATA_CLASS_MEMBERSHIP: "medlemskab · membership",
    core.DATA_CLASS_BENEFITS: "ydelser · benefits",
    core.DATA_CLASS_CONVICTIONS: "domme · convictions",
    core.DATA_CLASS_TERMINATIONS: "ophævelser · terminations",
    core.DATA_CLASS_ATTESTATIONS: "attester · attestations",
    core.DATA_CLASS_TENANCY: "lejemål · tenancy",
    core.DATA_CLASS_DECISIONS: "afgørelser · decisions",
}
_VERDICTS = {
    audit.REPLAY_VERDICT_EQUAL: ("samme bytes · the same bytes", "green"),
    audit.REPLAY_VERDICT_EQUAL_BUT_ERASED: (
        "samme bytes, så vidt de kan læses · the same bytes, as far as they can be read",
        "green",
    ),
    audit.REPLAY_VERDICT_DIFFERENT: ("ANDRE BYTES · OTHER BYTES", "bold red"),
}
_SECTION_VERDICTS = {
    "equal": "ens · equal",
    "erased": "slettet · erased",
    "different": "FORSKELLIG · DIFFERENT",
}


class _Said(Protocol):
    """A text in both languages, of the API or of the demo."""

    @property
    def da(self) -> str: ...

    @property
    def en(self) -> str: ...


class Show:
    """Prints the steps of the demo; a quiet one prints nothing."""

    def __init__(self, *, quiet: bool = False) -> None:
        self._console = Console(quiet=quiet, highlight=False, markup=False, emoji=False)
        if not self._console.is_terminal or self._console.width > WIDTH:
            self._console.width = WIDTH
        self._steps = 0

    def _print(self, *what: object) -> None:
        self._console.print(*what)

    # -- steps

    def step(self, da: str, en: str, why_da: str, why_en: str) -> None:
        """Begin a step: its heading, and why it is there."""
        self._steps += 1
        self._print()
        self._print(Rule(Text(f"{self._steps}  {da} · {en}", "bold"), align="left"))
        self._print(why_da)
        self._print(Text(why_en, "italic"))
        self._print()

    def instance(self, controller: str, municipality: str, address: str) -> None:
        """Say whose instance it is, and where it is served."""
        self._print(
            f"{controller}, kommunekode · municipality code {municipality}: findes ikke · made up"
        )
        self._print(f"husret serve: {address}")

    def event(self, da: str, en: str) -> None:
        """Say what happens between two questions."""
        self._print()
        self._print(Text(f"> {da}", "bold"))
        self._print(Text(f"  {en}", "italic"))

    # -- lists

    @contextmanager
    def progress(self, name: str) -> Iterator[Callable[[int, int], None]]:
        """Show a bar, on a terminal, for as long as the context lasts; call it to advance."""
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
        with Progress(
            *columns,
            console=self._console,
            transient=True,
            disable=self._console.quiet or not self._console.is_terminal,
        ) as progress:
            task = progress.add_task(name, total=None)

            def advance(rows: int, total: int) -> None:
                progress.update(task, advance=rows, total=total)

            yield advance

    def imported(self, name: str, done: areas.ImportAreaListsResponse) -> None:
        """Say what an import recorded."""
        self._print(
            f"{name}: {done.rows} rækker · rows ({done.new_rows} nye · new, "
            f"{len(done.changed_rows)} ændrede · changed); position {done.position}"
        )

    def lists(self, lists: Sequence[areas.AreaListSummary]) -> None:
        """Show the lists held: how many areas are known of those published."""
        days = dict.fromkeys(each.list_day for each in lists)
        kinds = dict.fromkeys(each.kind for each in lists)
        table = _table("dag · day", *(_both(texts.LIST_KINDS[_LIST_KINDS[kind]]) for kind in kinds))
        self._print("Rækker på listen, som vi har, af dem der blev offentliggjort")
        self._print(Text("Rows on the list that we hold, of those published", "italic"))
        cells = {(each.list_day, each.kind): _held(each) for each in lists}
        for day in days:
            table.add_row(day, *(cells.get((day, kind), "") for kind in kinds))
        self._print(table)
        older = [_both(each) for each in texts.OLDER_LIST_KINDS.values()]
        changed = texts.NAMES_CHANGED - timedelta(days=1)
        self._print(
            f"Til · until {_day(changed.isoformat())} hed de to sidste · the last two were called: "
            f"{'; '.join(older)}"
        )

    def transformation_areas(
        self, lists: Sequence[areas.AreaListSummary], names: Mapping[str, str]
    ) -> None:
        """Show the published transformation lists beside what five lists in a row give."""
        self._print()
        self._print("Fem lister i træk: offentliggjort / beregnet af husret")
        self._print(Text("Five lists in a row: published / computed by husret", "italic"))
        table = _table("område · area", *(each.list_day for each in lists))
        for area in sorted(names):
            table.add_row(
                f"{names[area]} ({area[:4]})",
                *(
                    f"{'ja' if area in each.areas else '-':>2} / "
                    f"{'ja' if area in each.computed_areas else '-'}"
                    for each in lists
                ),
            )
        table.add_section()
        table.add_row(
            "i alt · total", *(f"{len(each.areas)} / {len(each.computed_areas)}" for each in lists)
        )
        self._print(table)

    def made_up_lists(self, count: int, lists: Sequence[areas.AreaListSummary]) -> None:
        """Show which areas the made-up municipality has had."""
        self._print()
        self._print(
            f"OPDIGTET · MADE UP: {count} lister for kommune 9999, komplette for den · "
            "lists, complete for it"
        )
        since: dict[str, dict[core.ListKind.ValueType, list[str]]] = {}
        for each in lists:
            for area in each.areas:
                since.setdefault(area, {}).setdefault(each.kind, []).append(each.list_day[:4])
        table = _table("område · area", "på listerne · on the lists")
        for area, kinds in sorted(since.items()):
            said = [
                f"{_both(texts.LIST_KINDS[_LIST_KINDS[kind]])} {_years(years)}"
                for kind, years in kinds.items()
            ]
            table.add_row(area, "\n".join(said))
        self._print(table)

    # -- facts

    def recorded(self, made: MadeUp, types: Mapping[int, str]) -> None:
        """Count the facts recorded, by type."""
        counted = Counter(types.values())
        table = _table("hændelse · event", "antal · count", "hændelse · event", "antal · count")
        wanted = sorted(
            (name, count)
            for name, count in counted.items()
            if not name.startswith(("area", "instance", "decision"))
        )
        half = (len(wanted) + 1) // 2
        for index in range(half):
            right = wanted[half + index] if half + index < len(wanted) else ("", "")
            table.add_row(*map(str, (*wanted[index], *right)))
        self._print(table)
        self._print(
            f"{len(made.households)} husstande · households. Navne og ydelser ligger forseglet i "
            "loggen; navnene her\nkender kun demoen. · Names and benefits are sealed in the log; "
            "the names shown are the demo's own."
        )

    # -- answers

    def category(
        self, status: areas.GetAreaStatusResponse, category: areas.AreaCategoryStatus
    ) -> None:
        """Show whether an area is of a category on a day, rule by rule."""
        lines: list[RenderableType] = [Text(f"{status.name}, {_day(status.day)}")]
        lines += [
            Text(f"{each.citation}: {_both(texts.STATUSES[_STATUSES[each.status]])}")
            for each in category.findings
        ]
        self._print(_grid([(_both(texts.AREA_CATEGORIES[category.category]), lines)]))

    def answer(
        self, number: int, answered: Answered, made: MadeUp, types: Mapping[int, str]
    ) -> None:
        """Show one answer with everything that it rests on."""
        scenario, decision = answered.scenario, answered.decision
        question = scenario.question
        self._print()
        heading = f"{number}. {_both(scenario.title)}"
        self._print(Rule(Text(heading, "bold"), align="left", characters="-"))
        for line in _lines([scenario.why]):
            self._print(line)
        where = f", {decision.area}" if decision.area else ", uden for områder · outside areas"
        rows: list[tuple[str, Sequence[RenderableType]]] = [
            (
                "Spørgsmål · Question",
                [
                    Text(
                        f"{made.names[question.household_id]} -> "
                        f"{made.names[question.dwelling_id]}{where}"
                    ),
                    Text(_day(question.day)),
                ],
            ),
            ("Svar · Answer", [_outcome(decision.outcome), *_lines([decision.summary])]),
            ("Pligt · Duty", _lines(each.text for each in decision.duties)),
            ("Regler · Rules", self._findings(decision, made, types)),
            ("Ellers · Otherwise", _others(decision, made)),
            (
                "Mangler · Missing",
                _named_lines([(each.person_id, each.text) for each in decision.missing], made),
            ),
            (
                "Ville ændre det · Would change it",
                _named_lines([(each.person_id, each.text) for each in decision.would_change], made),
            ),
            ("Åbne punkter · Open points", _points(decision)),
            ("Kvittering · Receipt", [Text(_receipt(decision))]),
        ]
        if answered.differences:
            said = [Text(each, "bold red") for each in answered.differences]
            rows.append(("UVENTET · UNEXPECTED", said))
        self._print(_grid(rows))

    def _findings(
        self, decision: core.Decision, made: MadeUp, types: Mapping[int, str]
    ) -> list[RenderableType]:
        """Explain what was met, or is not known."""
        lines: list[RenderableType] = []
        for finding in decision.findings:
            if finding.status in _NOT_APPLIED or finding.status == core.FINDING_STATUS_NOT_MET:
                continue
            who = f" – {made.names[finding.person_id]}" if finding.person_id else ""
            status = _both(texts.STATUSES[_STATUSES[finding.status]])
            lines.append(Text(f"{finding.citation}{who}: {status}", "bold"))
            lines += [_indented(each) for each in _lines([finding.explanation])]
            if finding.evidence:
                rests = [f"{_evidence(each)} {types[each.position]}" for each in finding.evidence]
                lines.append(_indented(Text(_shortened(rests), "cyan")))
        return lines

    def replay(self, replayed: Replayed) -> None:
        """Show what came out of computing an answer again."""
        verdict, style = _VERDICTS.get(replayed.replay.verdict, ("?", "bold red"))
        sections = Counter(
            (each.verdict, each.data_class, each.erased_at_position, each.policy)
            for each in replayed.replay.sections
        )
        said = [
            Text(
                f"{_SECTION_VERDICTS[verdict]}: {_DATA_CLASSES[data_class]}"
                + (f" x {count}" if count > 1 else "")
                + (f" (position {position}, policy {policy})" if policy else "")
            )
            for (verdict, data_class, position, policy), count in sections.items()
        ]
        self._print()
        self._print(Text("Regnet efter · Computed again", "bold"))
        stored, computed = (
            each.hex()[: 2 * _HASH]
            for each in (replayed.replay.stored_hash, replayed.replay.computed_hash)
        )
        rows: list[tuple[str, Sequence[RenderableType]]] = [
            ("Første svar · First answer", [Text(_receipt(replayed.decision))]),
            (
                "Resultat · Result",
                [
                    Text(verdict, style),
                    Text(f"gemt · stored {stored}, beregnet · computed {computed}"),
                ],
            ),
            ("Afsnit · Sections", said),
        ]
        if replayed.differences:
            wrong = [Text(each, "bold red") for each in replayed.differences]
            rows.append(("UVENTET · UNEXPECTED", wrong))
        self._print(_grid(rows))

    # -- the end

    def summary(
        self,
        answers: Sequence[Answered],
        replays: Sequence[Replayed],
        unexpected: Sequence[str],
    ) -> None:
        """Show all answers in one table, and what did not come out as expected."""
        self.step(
            "Alle svar",
            "All answers",
            "Et svar er ikke bare ja eller nej, og ikke afgjort er aldrig et afslag.",
            "An answer is not just yes or no, and undetermined is never a denial.",
        )
        table = _table("", "spørgsmål · question", "dag · day", "svar · answer", "afgøres af · by")
        for number, each in enumerate(answers, 1):
            title = each.scenario.title
            table.add_row(
                str(number),
                Text.assemble(f"{title.da}\n", (title.en, "italic")),
                each.scenario.question.day,
                Text(_outcome_name(each.decision.outcome), _OUTCOMES[each.decision.outcome][1]),
                _decided_by(each.decision),
            )
        self._print(table)
        checked: list[Answered | Replayed] = [*answers, *replays]
        right = sum(not each.differences for each in checked)
        self._print(
            f"{right} af {len(checked)} svar og efterregninger som ventet · {right} of "
            f"{len(checked)} answers and replays as expected"
        )
        for said in unexpected:
            self._print(Text(f"UVENTET · UNEXPECTED {said}", "bold red"))

    def end(self, seconds: float, seed: int) -> None:
        """Say how to go on."""
        self._print()
        self._print("Videre · Going on")
        commands = (
            ("husret init", "en instans i ./husret-data · an instance there"),
            ("husret import area-lists published", "ministeriets lister · the ministry's lists"),
            ("husret area status 0461-vollsmose --day 2019-06-01", "et område · an area"),
            ("husret serve", "svar over gRPC · answer over gRPC"),
            ("husret check referral --help", "et spørgsmål · a question"),
            ("husret log tail", "loggen · the log"),
            (f"husret demo --seed {seed + 1}", "andre navne, dage og rækkefølge · others"),
            ("husret demo --json", "det hele som JSON · all of it as JSON"),
        )
        table = Table.grid(padding=(0, 2))
        for command, said in commands:
            table.add_row(Text(f"  {command}", "bold"), said)
        self._print(table)
        self._print(
            f"Demoen tog {seconds:.1f} s og efterlader intet. · It took {seconds:.1f} s and leaves "
            "nothing behind."
        )


# --- Words and layout -----------------------------------------------------------------------

_NOT_APPLIED = {
    core.FINDING_STATUS_NOT_EXAMINED,
    core.FINDING_STATUS_NOT_COVERED,
    core.FINDING_STATUS_NOT_IN_FORCE,
}
"""Findings that say no more than that the rule was not applied; named on a line of their own."""


def _table(*headings: str) -> Table:
    table = Table(box=box.SIMPLE, pad_edge=False, show_edge=False)
    for heading in headings:
        table.add_column(heading)
    return table


def _grid(rows: Iterable[tuple[str, Sequence[RenderableType]]]) -> Padding:
    table = Table.grid(padding=(0, 2))
    table.add_column(width=21, style="dim")
    table.add_column(ratio=1)
    for label, lines in rows:
        if lines:
            table.add_row(label, Group(*lines))
    return Padding(table, (0, 0, 0, 2))


def _both(said: _Said) -> str:
    return said.da if said.da == said.en else f"{said.da} · {said.en}"


def _lines(said: Iterable[_Said]) -> list[Text]:
    return [line for each in said for line in (Text(each.da), Text(each.en, "italic"))]


def _named_lines(said: Sequence[tuple[str, _Said]], made: MadeUp) -> list[Text]:
    lines = []
    for person, text in said:
        if person:
            lines.append(Text(f"{made.names[person]}:"))
        lines += _lines([text])
    return lines


def _day(day: str) -> str:
    known = date.fromisoformat(day)
    month = explain.month_text(day[:7])
    return f"{known.day}. {month.da} · {known.day} {month.en}"


def _years(years: Sequence[str]) -> str:
    runs: list[list[int]] = []
    for year in map(int, years):
        if runs and runs[-1][-1] == year - 1:
            runs[-1].append(year)
        else:
            runs.append([year])
    return ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]}–{run[-1]}" for run in runs)


def _outcome_name(outcome: core.Outcome.ValueType) -> str:
    return core.Outcome.Name(outcome).removeprefix("OUTCOME_")


def _outcome(outcome: core.Outcome.ValueType) -> Text:
    known, style = _OUTCOMES[outcome]
    return Text(f"{_outcome_name(outcome)} · {texts.OUTCOMES[known].da}", style)


def _evidence(evidence: core.Evidence) -> str:
    return f"#{evidence.position} {evidence.leaf_hash.hex()[:_HASH]}"


def _shortened(words: Sequence[str], most: int = 6) -> str:
    more = f"; + {len(words) - most}" if len(words) > most else ""
    return "; ".join(words[:most]) + more


def _others(decision: core.Decision, made: MadeUp) -> list[Text]:
    """Name the sections that were not met, with the facts for it, or were not applied."""
    lines = []
    for status in (core.FINDING_STATUS_NOT_MET, *sorted(_NOT_APPLIED)):
        named: dict[str, list[str]] = {}
        for finding in decision.findings:
            if finding.status == status:
                who = f"{made.names[finding.person_id]} " if finding.person_id else ""
                rests = _shortened([_evidence(each) for each in finding.evidence], 3)
                named.setdefault(_section(finding), []).append(f"{who}{rests}".strip())
        if named:
            said = (
                section + (f" ({', '.join(rests)})" if any(rests) else "")
                for section, rests in named.items()
            )
            status_text = _both(texts.STATUSES[_STATUSES[status]])
            lines.append(Text(f"{status_text}: {'; '.join(said)}"))
    return lines


def _section(finding: core.Finding) -> str:
    """Return where a rule stands, without the act's name and how it was numbered before."""
    return finding.citation.removeprefix("almenboligloven ").partition(" (")[0]


def _points(decision: core.Decision) -> list[RenderableType]:
    lines: list[RenderableType] = []
    for point in decision.open_points:
        ids = " + ".join(
            f"{id}={reading}" for id, reading in zip(point.point_ids, point.readings, strict=True)
        )
        then = "?" if point.not_examined else _outcome_name(point.outcome)
        lines.append(Text(f"{ids} -> {then}", "bold"))
        lines += [_indented(each) for each in _lines([point.text])]
    return lines


def _indented(text: Text) -> Padding:
    return Padding(text, (0, 0, 0, 2))


def _held(summary: areas.AreaListSummary) -> Text:
    """Say how many areas of a list are known, of how many, and whether that is all."""
    total = str(summary.published_total) if summary.HasField("published_total") else "?"
    known = f"{summary.rows_known:>2} / {total:>2}"
    if summary.complete_nationwide:
        return Text(f"{known} alle · all")
    return Text(f"{known} ikke alle · not all", "yellow")


def _receipt(decision: core.Decision) -> str:
    return (
        f"{decision.receipt_id} · hash {decision.receipt_hash.hex()[: 2 * _HASH]} · kendt ved · "
        f"known at position {decision.known_at_position} · åbnet · unsealed: {decision.unsealed}"
    )


def _decided_by(decision: core.Decision) -> str:
    """Name what an answer turned on: a rule met, a missing fact, a point, or what is lacking."""
    missing = dict.fromkeys(each.kind for each in decision.missing)
    if missing:
        return f"mangler · missing: {', '.join(missing)}"
    deciding = dict.fromkeys(
        point for each in decision.open_points if each.decides for point in each.point_ids
    )
    if decision.outcome == core.OUTCOME_UNDETERMINED and deciding:
        return ", ".join(deciding)
    met = [
        finding.rule_id
        for finding in decision.findings
        if finding.status == core.FINDING_STATUS_MET and finding.rule_id.startswith("REF-")
    ]
    if met:
        return ", ".join(dict.fromkeys(met))
    not_covered = [
        f.rule_id for f in decision.findings if f.status == core.FINDING_STATUS_NOT_COVERED
    ]
    if decision.outcome == core.OUTCOME_UNDETERMINED and not_covered:
        return f"ikke dækket · not covered: {', '.join(not_covered)}"
    return "stedet · the place"
