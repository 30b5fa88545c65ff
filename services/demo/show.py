"""Prints the long course of the demo, step by step: Danish first and English beside it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager

from rich import box
from rich.console import RenderableType
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from domain.facts import ListKind
from domain.law.editions import CURRENT
from husret.v1 import area_service_pb2 as areas
from husret.v1 import core_pb2 as core
from services.demo.expected import Answered, Replayed
from services.demo.made_up import MadeUp
from services.terminal import show
from services.terminal.show import Row, Words

_BOTH = Words()
_LIST_KINDS = {
    core.LIST_KIND_VULNERABLE: ListKind.VULNERABLE,
    core.LIST_KIND_PARALLEL_SOCIETY: ListKind.PARALLEL_SOCIETY,
    core.LIST_KIND_TRANSFORMATION: ListKind.TRANSFORMATION,
    core.LIST_KIND_PREVENTION: ListKind.PREVENTION,
    core.LIST_KIND_COMBINED_LETTING: ListKind.COMBINED_LETTING,
}


class Show:
    """Prints the steps of the demo; a quiet one prints nothing."""

    def __init__(self, *, quiet: bool = False) -> None:
        self._console = show.console(quiet=quiet)
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

    def told(self, da: str, en: str, decision: core.Decision, words: Words) -> None:
        """Show an answer of the second instance: what it is, and what it rests on or lacks."""
        self._print()
        self._print(Text(f"{da} · {en}", "bold"))
        rows: list[Row] = [
            ("Spørgsmål · Question", [Text(words.place(decision))]),
            *words.answer(decision),
            ("Kvittering · Receipt", [Text(words.receipt(decision))]),
        ]
        self._print(show.grid(rows))

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
        table = _table(
            "dag · day",
            *(_BOTH.both(CURRENT.texts.LIST_KINDS[_LIST_KINDS[kind]]) for kind in kinds),
        )
        self._print("Rækker på listen, som vi har, af dem der blev offentliggjort")
        self._print(Text("Rows on the list that we hold, of those published", "italic"))
        cells = {(each.list_day, each.kind): _held(each) for each in lists}
        for day in days:
            table.add_row(day, *(cells.get((day, kind), "") for kind in kinds))
        self._print(table)
        older = [_BOTH.both(each) for each in CURRENT.texts.OLDER_LIST_KINDS.values()]
        last_day = _BOTH.day(show.last_day_of_older_names())
        self._print(
            f"Til og med · through {last_day} hed parallelsamfund og omdannelsesområde · the "
            f"parallel society and the transformation area were called: {'; '.join(older)}"
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
                f"{_BOTH.both(CURRENT.texts.LIST_KINDS[_LIST_KINDS[kind]])} {_years(years)}"
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
            "loggen; personernes navne nedenfor har demoen selv fundet på."
        )
        self._print(
            Text(
                "Names and benefits are sealed in the log; the persons' names below are made up by "
                "the demo itself.",
                "italic",
            )
        )

    # -- answers

    def category(
        self, status: areas.GetAreaStatusResponse, category: areas.AreaCategoryStatus
    ) -> None:
        """Show whether an area is of a category on a day, rule by rule."""
        lines: list[RenderableType] = [Text(f"{status.name}, {_BOTH.day(status.day)}")]
        statuses = CURRENT.texts.STATUSES
        lines += [
            Text(f"{show.citation(each)}: {_BOTH.both(statuses[show.STATUSES[each.status]])}")
            for each in category.findings
        ]
        self._print(show.grid([(_BOTH.category(status, category.category), lines)]))

    def answer(self, number: int, answered: Answered, words: Words) -> None:
        """Show one answer with everything that it rests on."""
        self._print()
        heading = f"{number}. {words.both(answered.scenario.title)}"
        self._print(Rule(Text(heading, "bold"), align="left", characters="-"))
        for line in words.lines([answered.scenario.why]):
            self._print(line)
        self._print(show.grid(answer_rows(answered, words)))

    def replay(self, replayed: Replayed) -> None:
        """Show what came out of computing an answer again."""
        self._print()
        self._print(Text("Regnet efter · Computed again", "bold"))
        rows: list[Row] = [
            ("Første svar · First answer", [Text(_BOTH.receipt(replayed.decision))]),
            *_BOTH.replay(replayed.replay),
            _unexpected(replayed.differences),
        ]
        self._print(show.grid(rows))

    # -- the end

    def summary(self, answers: Sequence[Answered]) -> None:
        """Show all answers in one table."""
        self.step(
            "Alle svar",
            "All answers",
            "Et svar er ikke bare ja eller nej, og ikke afgjort er aldrig et afslag.",
            "An answer is not just yes or no, and undetermined is never a denial.",
        )
        table = _table(
            "", "spørgsmål · question", "dag · day", "svar · answer", "afgøres af · decided by"
        )
        for number, each in enumerate(answers, 1):
            title = each.scenario.title
            table.add_row(
                str(number),
                Text.assemble(f"{title.da}\n", (title.en, "italic")),
                each.scenario.question.day,
                _code(each.decision.outcome),
                _decided_by(each.decision),
            )
        self._print(table)


# --- Words and layout -----------------------------------------------------------------------


def answer_rows(answered: Answered, words: Words, *, briefly: bool = False) -> list[Row]:
    """Lay out a question, its answer, and how that differs from what is expected."""
    question, decision = answered.scenario.question, answered.decision
    who, what = words.names[question.household_id], words.names[question.dwelling_id]
    household = words.say(f"husstanden {who}", f"the household {who}")
    asked = f"{household} -> {what}, {words.place(decision)}"
    return [
        (words.say("Spørgsmål", "Question"), [Text(asked)]),
        *words.answer(decision, briefly=briefly),
        (words.say("Kvittering", "Receipt"), [Text(words.receipt(decision))]),
        _unexpected(answered.differences),
    ]


def _table(*headings: str) -> Table:
    table = Table(box=box.SIMPLE, pad_edge=False, show_edge=False)
    for heading in headings:
        table.add_column(heading)
    return table


def _unexpected(differences: Sequence[str]) -> Row:
    return "UVENTET · UNEXPECTED", [Text(each, "bold red") for each in differences]


def _code(outcome: core.Outcome.ValueType) -> Text:
    return Text(show.outcome_name(outcome), _BOTH.outcome(outcome).style)


def _years(years: Sequence[str]) -> str:
    runs: list[list[int]] = []
    for year in map(int, years):
        if runs and runs[-1][-1] == year - 1:
            runs[-1].append(year)
        else:
            runs.append([year])
    return ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]}–{run[-1]}" for run in runs)


def _held(summary: areas.AreaListSummary) -> Text:
    """Say how many areas of a list are known, of how many, and whether that is all."""
    total = str(summary.published_total) if summary.HasField("published_total") else "?"
    known = f"{summary.rows_known:>2} / {total:>2}"
    if summary.complete_nationwide:
        return Text(f"{known} alle · all")
    return Text(f"{known} ikke alle · not all", "yellow")


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
        if finding.status == core.FINDING_STATUS_MET
        and finding.rule_id.startswith(("REF-", "PRIV-"))
        and finding.rule_id != "REF-QUARTER"
    ]
    if met:
        return ", ".join(dict.fromkeys(met))
    if "OUTSIDE_SECTION_59" in decision.warnings:
        return "boligtypen · the kind of dwelling"
    return "boligens sted · the dwelling's place"
