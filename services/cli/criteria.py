"""`husret criteria`: what an agreement on flexible letting says, and tried on its households."""

from __future__ import annotations

import difflib
from pathlib import Path
from typing import Any

from domain.law.letting import criteria_said
from domain.law.texts.kinds import Text
from services.cases import agreements, trying
from services.cases.agreements import Agreement
from services.cases.stated import CaseError
from services.cli import options as shared
from services.cli.exits import ANSWERED, FAILED, CommandError
from services.cli.options import Options, Parser
from services.facts import agreeing, validating
from services.facts.fields import FieldErrors
from services.facts.validating import Checked
from services.terminal import output
from services.terminal.show import Words


def add_criteria(parser: Parser) -> None:
    """Add what can be done with agreements in files."""
    commands = parser.add_subparsers(metavar="COMMAND", required=True)
    check = commands.add_parser(
        "check",
        help="say in sentences what the criteria say, and try them on the file's households",
    )
    check.add_argument("path", type=Path, metavar="FILE", help="YAML (docs/criteria.md)")
    check.set_defaults(run=_check)
    diff = commands.add_parser("diff", help="say what two agreements say differently")
    diff.add_argument("before", type=Path, metavar="BEFORE")
    diff.add_argument("after", type=Path, metavar="AFTER")
    diff.set_defaults(run=_diff)
    for each in (check, diff):
        shared.language(each)
        shared.as_json(each)


def _check(options: Options) -> int:
    agreement = _read(options.path)
    wrong = _wrong(agreement)
    tried = [] if wrong else agreements.try_cases(agreement)
    held = sum(each.holds for each in tried)
    said = _Said(agreement, options.language)
    words = Words(options.language)
    document = {
        "criteria": agreement.criteria.criteria,
        "wrong": [{"field": each.field, "what": each.description} for each in wrong.found]
        if wrong
        else [],
        "says": said.sentences,
        "proof": said.proof,
        "needed": said.needed,
        "cases": [trying.plain(each, options.language) for each in tried],
        "held": held,
        "tried": len(tried),
    }
    lines = [*said.sentences, ""]
    lines += [words.say("Forevises:", "Shown:"), *_listed(said.proof)]
    if said.needed:
        asked = words.say("Skal desuden vides om en husstand:", "To be known of a household too:")
        lines += ["", asked, *(f"- {each}" for each in said.needed)]
    lines.append("")
    if wrong:
        lines += [f"{each.field}: {each.description}" for each in wrong.found]
    else:
        failed = [each for each in tried if not each.holds]
        lines += [line for each in failed for line in trying.lines(each, options.language)]
        lines.append(f"{held} of {len(tried)} hold")
    output.put(options, document, lines)
    return FAILED if wrong or held < len(tried) else ANSWERED


def _diff(options: Options) -> int:
    before, after = (
        _Said(_read(path), options.language).all() for path in (options.before, options.after)
    )
    changed = [line for line in difflib.ndiff(before, after) if line.startswith(("- ", "+ "))]
    document = {
        "only_before": [line[2:] for line in changed if line.startswith("-")],
        "only_after": [line[2:] for line in changed if line.startswith("+")],
    }
    same = Words(options.language).say("De siger det samme.", "They say the same.")
    output.put(options, document, changed or [same])
    return ANSWERED


def _read(path: Path) -> Agreement:
    try:
        return agreements.read(path)
    except CaseError as error:
        raise CommandError(f"{path}: {error}") from error


def _wrong(agreement: Agreement) -> FieldErrors | None:
    """Return what would be refused when the criteria were recorded; None: nothing."""
    wrong = FieldErrors()
    field = Checked("criteria", wrong)
    criteria = agreement.criteria
    days = (criteria.set_on, criteria.announced_on, criteria.revised_on)
    day = max(each for each in days if each is not None)
    validating.check_fields(criteria, field, day, test_numbers=False)
    agreeing.check_agreement(criteria, field, day)
    return wrong if wrong.found else None


class _Said:
    """What an agreement says, in one language."""

    def __init__(self, agreement: Agreement, language: str) -> None:
        self._language = language
        criteria = agreement.criteria
        self.sentences = [self._in(each) for each in criteria_said.sentences(criteria)]
        proof = criteria_said.proof(criteria)
        self.proof = {self._in(kind): self._in(shown) for kind, shown in proof}
        self.needed = [self._in(each) for each in criteria_said.needed(criteria)]

    def all(self) -> list[str]:
        """Return every sentence, with the proof and what must be known."""
        return [*self.sentences, *_listed(self.proof), *(f"- {each}" for each in self.needed)]

    def _in(self, text: Text) -> str:
        said: str = getattr(text, self._language)
        return said


def _listed(proof: dict[str, Any]) -> list[str]:
    return [f"- {kind}: {shown}" for kind, shown in proof.items()]
