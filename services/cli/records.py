"""`husret record`: facts from files, in the names of their declarations (docs/data.md)."""

from __future__ import annotations

import json
import shlex
import sys
from pathlib import Path

from husret.v1 import fact_service_pb2 as pb
from husret.v1.fact_service_pb2_grpc import FactServiceStub
from services.cli import connection, following
from services.cli import options as shared
from services.cli.exits import ANSWERED, FAILED, CommandError
from services.cli.options import Options, Parser
from services.sheets.file import ENCODINGS
from services.terminal import output, shell, show

DEADLINE = 600.0
"""Seconds that one call may take: 100,000 facts are recorded in a fraction of it."""


def add_record(parser: Parser) -> None:
    """Add which files, and how they are read."""
    shared.asking(parser)
    parser.add_argument("files", metavar="FILE", nargs="*", type=Path, help="all of them or none")
    parser.add_argument(
        "--template",
        metavar="KIND",
        help="write an example of a sheet: of a noun (docs/nouns.md) or of one kind of fact",
    )
    parser.add_argument(
        "--kind", default="", help="what each row states; else the rows or the headings say it"
    )
    parser.add_argument(
        "--system",
        action="append",
        default=[],
        metavar="person=NAME",
        help="of the files' own ids: with person=ejd, 10001 means ejd:10001; household= likewise",
    )
    stated(parser)
    parser.add_argument("--mapping", type=Path, metavar="YAML", help="columns named otherwise")
    sheet(parser)
    parser.add_argument("--dry-run", action="store_true", help="check, and record nothing")
    parser.add_argument(
        "--accept-implausible", action="store_true", help="take implausible figures"
    )
    parser.add_argument(
        "--accept-new",
        action="store_true",
        help="take areas for new although they may be known ones under another name",
    )
    parser.set_defaults(run=_record)


def _record(options: Options) -> int:
    if options.template:
        return _template(options)
    if not (options.files or options.set):
        raise CommandError(
            "name a file, --kind and --set, or --template KIND for an example of a file"
        )
    mapping = _mapping(options.mapping) if options.mapping else pb.FactFile()
    words = show.Words(options.language)
    with output.stages(shown=bool(options.files)) as stage:
        stage(words.say("indlæser", "reading"))
        request = pb.RecordFilesRequest(
            context=connection.context(options, "import"),
            files=[
                *(_file(options, mapping, path) for path in options.files),
                *([typed(options)] if options.set else []),
            ],
            validate_only=options.dry_run,
            accept_implausible=options.accept_implausible,
            accept_new=options.accept_new,
            tell_problems=True,
        )
        with connection.stub(options, FactServiceStub) as stub:
            # How far it is with them, the server can't say: all or nothing is one step.
            said = ("kontrollerer", "checking")
            if not options.dry_run:
                said = ("kontrollerer og registrerer", "checking and recording")
            stage(words.say(*said))
            response = stub.RecordFiles(request, timeout=DEADLINE)
    _note(options, response)
    output.put(options, response, [*_means(words, response), _done(options, words, response)])
    if response.problems and not options.json:
        print("\n".join(_wrong(words, response)), file=sys.stderr)
    return FAILED if response.problems else ANSWERED


def _note(options: Options, response: pb.RecordFilesResponse) -> None:
    """Note what may follow: recording what was tried, seeing it, or the next sheet."""
    kinds = {kind for file in response.files for kind in file.facts}
    few = 0 if options.dry_run or response.new_facts > _FEW else response.new_facts
    following.found(
        options,
        again=_typed_again(options) if options.dry_run else "",
        new=few,
        then="households" if kinds and kinds <= _OF_DWELLINGS and not options.dry_run else "",
    )


_FEW = 20
"""Facts that are looked at one by one."""

_OF_DWELLINGS = {"dwelling_recorded", "dwelling_external_id"}
"""After these alone nobody is there yet to ask about."""


def _typed_again(options: Options) -> str:
    """Return the command without --dry-run, but for how it was to be recorded."""
    said = [("--kind", options.kind), ("--mapping", options.mapping)]
    said += [("--system", each) for each in options.system]
    said += [("--set", each) for each in options.set]
    said += [("--encoding", options.encoding), ("--separator", options.separator)]
    words = [str(each) for each in options.files]
    words += [word for option, value in said if value for word in (option, str(value))]
    return shlex.join(["record", *words])


def sheet(parser: Parser) -> None:
    """Add how a sheet is read where that is not to be found out."""
    parser.add_argument("--encoding", default="", choices=list(ENCODINGS))
    parser.add_argument(
        "--separator", "--delimiter", default="", help="of cells; default: it is found"
    )


def separator(options: Options) -> str:
    """Return what stands between cells; a tabulator can be said in words."""
    said: str = options.separator
    return "\t" if said in ("tab", "\\t") else said


def stated(parser: Parser) -> None:
    """Add a fact that is stated on the command line itself."""
    parser.add_argument(
        "--set",
        action="append",
        default=[],
        metavar="NAME=VALUE",
        help="a field of the one fact of --kind, in place of a file; may be repeated. Not for a "
        "CPR number: a shell keeps what is typed",
    )


def typed(options: Options) -> pb.FactFile:
    """Return the fact that --kind and --set state, as a file of it."""
    if not options.kind:
        raise CommandError("--set: say of which --kind of fact")
    said: dict[str, str] = {}
    for each in options.set:
        name, equals, value = each.partition("=")
        if not equals or name in said:
            raise CommandError("--set: must be NAME=VALUE, each name once")
        said[name] = value
    content = json.dumps(said).encode()
    return pb.FactFile(name="--set", content=content, kind=options.kind)


def _file(options: Options, mapping: pb.FactFile, path: Path) -> pb.FactFile:
    file = pb.FactFile(
        name=path.name,
        content=path.read_bytes(),
        encoding=options.encoding,
        separator=separator(options),
    )
    file.MergeFrom(mapping)
    file.kind = options.kind or mapping.kind
    for text in options.system:
        of, equals, system = text.partition("=")
        if not equals or of not in ("person", "household"):
            raise CommandError(f"--system {text}: write it as person=ejd, or household=sag")
        file.systems[of] = system
    return file


def _mapping(path: Path) -> pb.FactFile:
    """Read what a file of a mapping says; raises CommandError for what is none."""
    import yaml

    try:
        found = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (yaml.YAMLError, UnicodeDecodeError, ValueError):
        raise CommandError(f"{path}: this is not YAML in UTF-8") from None
    try:
        left = dict(found)
        over = dict.fromkeys(left.pop("pass_over", ()), "")
        made = pb.FactFile(
            kind=left.pop("kind", ""),
            columns={**left.pop("columns", {}), **over},
            words={
                name: pb.FactWords(words=words) for name, words in left.pop("words", {}).items()
            },
            constants=left.pop("constants", {}),
            systems=left.pop("systems", {}),
        )
    except (TypeError, ValueError, AttributeError):
        raise CommandError(f"{path}: {_MAPPING}") from None
    if left:
        raise CommandError(f"{path}: {', '.join(map(str, left))} is no part of it; {_MAPPING}")
    return made


_MAPPING = (
    "a mapping has kind (a text), columns (of the file: ours), pass_over (a list), words (a "
    "column: word of the file: ours), constants (a column: what stands in each row) and "
    "systems (person, household: a name); write what YAML takes for no text in quotation marks"
)


def _means(words: show.Words, response: pb.RecordFilesResponse) -> list[str]:
    lines = []
    for file in response.files:
        facts = ", ".join(f"{count} {kind}" for kind, count in sorted(file.facts.items()))
        lines.append(
            f"{file.name} ({words.read_as(file.read_as)}): {facts or words.say('intet', 'nothing')}"
        )
    if not response.problems:
        lines.append(
            words.say(
                f"{response.new_facts} nye, {response.known_facts} registreret før",
                f"{response.new_facts} new, {response.known_facts} recorded before",
            )
        )
    return lines


def _done(options: Options, words: show.Words, response: pb.RecordFilesResponse) -> str:
    nothing = words.say("intet blev registreret", "nothing was recorded")
    if response.problems:
        return nothing
    if options.dry_run:
        return f"{nothing}: --dry-run"
    stands = words.say("loggen står ved position", "the log stands at position")
    return f"{stands} {response.position}"


def _wrong(words: show.Words, response: pb.RecordFilesResponse) -> list[str]:
    line, column = words.say("linje", "line"), words.say("kolonne", "column")
    lines = [f"husret: {len(response.problems)} {words.say('fejl', 'wrong')}:"]
    for each in response.problems:
        place = f"{each.file}, {line} {each.line}"
        lines.append(f"  {place}{f', {column} {each.column}' if each.column else ''}: {each.what}")
    return lines


def _template(options: Options) -> int:
    """Write an example of a file: into the file named, or to stdout."""
    options.command = "record --template"
    from services.api import fact_templates  # only here: who records needs none of it
    from services.api.facts import FACTS
    from services.api.nouns import SHEETS, VACANCIES
    from services.api.plain_facts import nearest

    kind = options.template
    if kind not in FACTS and kind not in SHEETS:
        near = nearest(kind, (*SHEETS, *FACTS))
        what = f"{kind!r} is no noun and no kind of fact{near} (docs/nouns.md, docs/facts.md)"
        raise CommandError(what)
    if len(options.files) > 1:
        raise CommandError("name one file for the template, or none to have it printed")
    in_yaml = any(path.suffix in (".yaml", ".yml") for path in options.files)
    if kind in SHEETS:
        if in_yaml:
            raise CommandError(f"{kind} is a sheet; name a file that ends in .csv")
        content = fact_templates.noun_sheet(SHEETS[kind], options.language)
    else:
        in_yaml = in_yaml or not fact_templates.is_flat(kind)
        made = fact_templates.document if in_yaml else fact_templates.sheet
        content = made(kind, options.language)
    if not options.files:
        following.found(options, kind=kind)
        with shell.whoever_reads():
            print(content.decode("utf-8-sig"), end="")
        return ANSWERED
    [path] = options.files
    with path.open("xb") as file:
        file.write(content)
    print(path)
    filled = "vacancies" if kind == VACANCIES.name else "filled"
    following.found(options, **{filled: shlex.quote(str(path))})
    return ANSWERED
