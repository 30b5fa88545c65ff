"""`husret facts`: what was recorded, what became of it, who recorded it, and when."""

from __future__ import annotations

from collections.abc import Iterator

from domain import readback
from domain.data_classes import DataClass
from domain.purposes import PURPOSES
from husret.v1 import core_pb2
from husret.v1 import fact_service_pb2 as pb
from husret.v1.fact_service_pb2_grpc import FactServiceStub
from services.cli import connection, following
from services.cli import options as shared
from services.cli.connection import DEADLINE
from services.cli.exits import ANSWERED
from services.cli.options import Options, Parser
from services.terminal import output, show

SUBJECTS = ("person", "household")


def add_facts(parser: Parser) -> None:
    """Add what facts can be about: persons, households, and what open facts are tagged with."""
    about = parser.add_subparsers(metavar="ABOUT", required=True)
    for what in (*SUBJECTS, *sorted(readback.ABOUT)):
        one = about.add_parser(what, help=f"what was recorded of a {what.replace('-', ' ')}")
        shared.asking(one)
        one.add_argument("id", metavar="ID")
        _which(one, what)
        one.set_defaults(run=_list, about=what)


def _which(parser: Parser, what: str) -> None:
    classes = [str(each) for each in DataClass] if what in SUBJECTS else [str(DataClass.TENANCY)]
    if what in SUBJECTS or what == readback.STEPS:
        parser.add_argument(
            "--class",
            dest="data_class",
            choices=classes,
            default="",
            required=what in SUBJECTS,
            help="the class of data to open; the reading is noted",
        )
        parser.add_argument(
            "--purpose",
            choices=list(PURPOSES),
            default="audit",
            required=what in SUBJECTS,
            help="why it is read; stands in the access table",
        )
    parser.add_argument(
        "--kind", action="append", default=[], metavar="KIND", help="only these (docs/facts.md)"
    )
    parser.add_argument("--standing", action="store_true", help="only what stands")
    parser.add_argument("--case", default="", metavar="ID", help="only of this correlation")
    shared.known(parser)


def _list(options: Options) -> int:
    request = pb.ListFactsRequest(
        context=connection.context(options, getattr(options, "purpose", "audit")),
        kinds=options.kind,
        standing_only=options.standing,
        correlation=options.case,
        texts=True,
        page_size=1_000,
        consistency=connection.consistency(options),
    )
    following.found(options, id=options.id)
    if options.about in SUBJECTS:
        setattr(request, f"{options.about}_id", options.id)
    else:
        request.tag = f"{options.about}:{options.id}"
    if getattr(options, "data_class", ""):
        request.data_class = core_pb2.DataClass.Value(f"DATA_CLASS_{options.data_class.upper()}")
    found: list[pb.ReadFact] = []
    with connection.stub(options, FactServiceStub) as stub:
        while True:
            page = stub.ListFacts(request, timeout=DEADLINE)
            found += page.facts
            if not page.next_page_token:
                break
            request.page_token = page.next_page_token
    said = {
        "facts": [output.plain(each) for each in found],
        "known_at_position": page.known_at_position,
        "erased": page.erased,
    }
    output.put(options, said, _lines(found, page, options.language))
    return ANSWERED


def _lines(found: list[pb.ReadFact], page: pb.ListFactsResponse, language: str) -> Iterator[str]:
    danish = language == "da"
    for fact in found:
        state = pb.FactState.Name(fact.state).removeprefix("FACT_STATE_").lower()
        yield (
            f"{fact.position:>8} {fact.recorded_at.ToJsonString()} {fact.kind:<24} "
            f"{STATES[state][not danish]:<12} {_who(fact.recorded_by)}  {fact.fact_id}"
        )
        yield f"         {getattr(fact.says, language)}"
        for value in fact.values:
            meaning, said = getattr(value.meaning, language), getattr(value.said, language)
            yield f"         {value.name}: {said}  ({meaning})"
        if fact.suppressed:
            yield f"         .. {', '.join(fact.suppressed)}"
        if fact.HasField("ended"):
            ended = fact.ended
            yield (
                f"         -> #{ended.position} {ended.recorded_at.ToJsonString()} "
                f"{_who(ended.recorded_by)}  {ended.fact_id}"
            )
    if page.erased:
        yield (
            "Oplysninger af denne art er slettet; hvad de var, vides ikke mere."
            if danish
            else "Facts of this class were erased; what they were is not known any more."
        )
    count, position = len(found), page.known_at_position
    yield (
        f"{count} oplysninger, som kendt ved hændelse nr. {position}"
        if danish
        else f"{count} facts, as known at position {position}"
    )


STATES = {
    "stands": ("står", "stands"),
    "corrected": ("rettet", "corrected"),
    "retracted": ("taget tilbage", "taken back"),
    "erased": ("slettet", "erased"),
    "unknown": ("uvist", "not known"),
}


def _who(by: pb.RecordedBy) -> str:
    return show.who(by) or by.purpose
