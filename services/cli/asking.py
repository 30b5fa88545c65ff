"""`husret measure`, `batch`, `order` and `attest`: what is asked with a file, or for others."""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TypeVar
from uuid import uuid4

from google.protobuf import json_format
from google.protobuf.message import Message

from domain.law.texts.kinds import Text
from domain.questions import KINDS
from husret.v1 import core_pb2, fact_service_pb2
from husret.v1 import distance_service_pb2 as distances
from husret.v1 import eligibility_service_pb2 as pb
from husret.v1.distance_service_pb2_grpc import DistanceServiceStub
from husret.v1.eligibility_service_pb2_grpc import EligibilityServiceStub
from services.cli import connection, following, lacking, questions
from services.cli import options as shared
from services.cli.connection import DEADLINE
from services.cli.exits import ANSWERED, CommandError
from services.cli.options import Options, Parser
from services.terminal import output, show

M = TypeVar("M", bound=Message)

_ATTESTED = KINDS["benefit_condition"]
_LISTS = ("ordinary", "internal")
_TIES = ("seniority", "lot", "time-alone", "internal-first", "asked-first")
_CRS = "25832"


# --- Measuring ------------------------------------------------------------------------------


def add_measure(parser: Parser) -> None:
    """Add whose offence, which property, and where it was."""
    shared.asking(parser)
    parser.add_argument("--person", required=True, metavar="ID", help="whom the judgment is about")
    parser.add_argument(
        "--offence", required=True, metavar="REFERENCE", help="of the judgment's offence"
    )
    parser.add_argument("--dwelling", required=True, metavar="ID", help="of the tenancy")
    parser.add_argument(
        "--parcels",
        required=True,
        type=Path,
        metavar="GEOJSON",
        help="the property's cadastral parcels, in EPSG:25832",
    )
    parser.add_argument(
        "--place",
        required=True,
        type=_point,
        metavar="EASTING,NORTHING",
        help="of the offence, in metres of EPSG:25832",
    )
    parser.add_argument(
        "--within",
        required=True,
        type=float,
        metavar="METRES",
        help="the radius that the place lies in; 0: it is known exactly",
    )
    parser.add_argument(
        "--address-point", type=_point, metavar="EASTING,NORTHING", help="to be measured from too"
    )
    parser.add_argument("--dry-run", action="store_true", help="measure, and record nothing")
    parser.set_defaults(run=_measure)


def _point(text: str) -> distances.Point:
    try:
        easting, northing = map(float, text.split(","))
    except ValueError:
        raise argparse.ArgumentTypeError("must be EASTING,NORTHING, with points") from None
    return distances.Point(easting=easting, northing=northing)


def _measure(options: Options) -> int:
    request = distances.MeasureDistanceRequest(
        context=connection.context(options, "case"),
        request_id=str(uuid4()),
        person_id=options.person,
        offence=options.offence,
        dwelling_id=options.dwelling,
        parcels=_parcels(options.parcels),
        place=distances.OffencePlace(point=options.place, uncertainty_m=options.within),
        address_point=options.address_point,
        validate_only=options.dry_run,
    )
    with connection.stub(options, DistanceServiceStub) as stub:
        found = stub.MeasureDistance(request, timeout=DEADLINE)
    words = show.Words(options.language)
    lines = []
    for each in found.measured:
        method = fact_service_pb2.DistanceMethod.Name(each.method)
        said = _BY[method.removeprefix("DISTANCE_METHOD_").lower()]
        shortest, longest = f"{each.shortest_cm / 100:.2f}", f"{each.longest_cm / 100:.2f}"
        between = words.say(
            f"mellem {shortest} og {longest} m".replace(".", ","),
            f"between {shortest} and {longest} m",
        )
        lines.append(f"{words.both(said)}: {between}")
    lines += [output.recorded(options, each.fact_id, each.position) for each in found.recorded]
    if options.dry_run:
        lines.append(output.tried(options))
    following.found(options, dwelling="" if options.dry_run else options.dwelling)
    output.put(options, found, lines)
    return ANSWERED


_BY = {
    "property_boundary": Text(
        "i lige linje til ejendommens nærmeste skel",
        "in a straight line to the property's nearest boundary",
    ),
    "address_point": Text("i lige linje til adressepunktet", "in a straight line to the address"),
}
"""How it was measured."""


def _parcels(path: Path) -> list[distances.Polygon]:
    """Read the polygons of a GeoJSON file; raises CommandError."""
    try:
        found = json.loads(path.read_bytes())
        crs = str(found.get("crs", {}).get("properties", {}).get("name", _CRS))
        if not crs.endswith(_CRS):
            raise CommandError(f"{path.name}: is not in EPSG:{_CRS}; have it made so")
        return [
            distances.Polygon(outer=_ring(rings[0]), holes=map(_ring, rings[1:]))
            for geometry in _geometries(found)
            for rings in _RINGS[geometry["type"]](geometry["coordinates"])
        ]
    except (ValueError, TypeError, KeyError, IndexError, AttributeError):
        raise CommandError(f"{path.name}: is no GeoJSON of polygons") from None


_RINGS: dict[str, Any] = {"Polygon": lambda rings: [rings], "MultiPolygon": lambda each: each}


def _geometries(found: Any) -> Iterator[Any]:
    if found["type"] == "FeatureCollection":
        yield from (feature["geometry"] for feature in found["features"])
    else:
        yield found["geometry"] if found["type"] == "Feature" else found


def _ring(points: Any) -> distances.Ring:
    return distances.Ring(
        points=[distances.Point(easting=each[0], northing=each[1]) for each in points]
    )


# --- Many questions -------------------------------------------------------------------------


def add_batch(parser: Parser) -> None:
    """Add which questions."""
    shared.asking(parser)
    parser.add_argument(
        "file",
        type=Path,
        metavar="FILE",
        help='a question a line, as JSON: {"referral": {"household_id": …}} (docs/api.md)',
    )
    shared.preview(parser)
    parser.add_argument(
        "--texts", action="store_true", help="answers, and what is missing, in words"
    )
    shared.known(parser)
    parser.set_defaults(run=_batch)


def _batch(options: Options) -> int:
    request = pb.BatchCheckRequest(
        context=connection.context(options, "case"),
        request_id="" if options.preview else str(uuid4()),
        checks=_read(
            options.file, pb.CheckQuestion, "is no question of the contract", "docs/questions.md"
        ),
        preview=options.preview,
        texts=options.texts,
        consistency=connection.consistency(options),
    )
    with connection.stub(options, EligibilityServiceStub) as stub:
        answered = stub.BatchCheck(request, timeout=DEADLINE)
    words = show.Words(options.language)
    following.found(
        options,
        receipt=next((each.receipt_id for each in answered.items if each.receipt_id), ""),
        fact=lacking.template(each for item in answered.items for each in item.missing),
    )
    output.put(options, answered, _lines(answered, options, words))
    return ANSWERED


def _lines(answered: pb.BatchCheckResponse, options: Options, words: show.Words) -> Iterator[str]:
    if options.preview:
        yield words.both(show.PREVIEW)
    for number, item in enumerate(answered.items, start=1):
        if item.HasField("error"):
            yield f"{number:>5}  {item.error.reason}"
            for wrong in item.error.fields:
                yield f"       {wrong.field}: {wrong.description}"
            continue
        short = "" if options.texts else lacking.in_short(item, words)
        said = words.outcome(item.outcome).plain
        rules = " ".join(item.rule_ids)
        yield f"{number:>5}  {said:<12}  {item.receipt_id}  {rules}  {short}".rstrip()
        if options.texts:
            yield f"       {words.both(item.summary)}"
            for each in lacking.told(item, words):
                yield f"       - {each}"
    for warning in answered.warnings:
        yield f"{warning.code}: {words.both(warning.text)}"


def _read(
    path: Path, message: type[M], otherwise: str, page: str, wire: Callable[[str], str] = str
) -> list[M]:
    """Return the message of each line; raises CommandError, which repeats no value.

    `otherwise`: what is said of a line that is none; `page`: what describes them; `wire`: makes a
    line, as it is typed, the JSON of the contract.
    """
    found = []
    for number, line in enumerate(path.read_text(encoding="utf-8-sig").split("\n"), start=1):
        if not line.strip():
            continue
        try:
            found.append(json_format.Parse(wire(line), message()))
        except (ValueError, AttributeError, json_format.ParseError) as error:
            named = _NO_FIELD.search(str(error))
            said = f"has no field {named[1]}" if named else otherwise
            raise CommandError(f"{path.name}, line {number}: {said} ({page})") from None
    return found


_NO_FIELD = re.compile(r'has no field named "([A-Za-z0-9_]{1,40})"')


# --- Candidates -----------------------------------------------------------------------------


def add_order(parser: Parser) -> None:
    """Add which candidates, and by what they are told apart."""
    shared.asking(parser)
    parser.add_argument(
        "file",
        type=Path,
        metavar="FILE",
        help="a candidate a line, as JSON: key, waiting_list, registered_on, rank, … (docs/api.md)",
    )
    parser.add_argument("--due", required=True, choices=_LISTS, help="the list that is due")
    parser.add_argument("--ties", choices=_TIES, help="default: as the criteria say")
    parser.add_argument("--criteria", default="", metavar="ID", help="whose order it is")
    shared.day(parser)
    shared.known(parser)
    parser.set_defaults(run=_order)


def _order(options: Options) -> int:
    request = pb.OrderCandidatesRequest(
        context=connection.context(options, "letting"),
        candidates=_read(options.file, pb.Candidate, "is no candidate", "docs/api.md", _candidate),
        due=pb.WaitingList.Value(f"WAITING_LIST_{options.due.upper()}"),
        day=options.day,
        criteria=options.criteria,
        consistency=connection.consistency(options),
    )
    if options.ties:
        request.ties = core_pb2.Ties.Value(f"TIES_{options.ties.upper().replace('-', '_')}")
    with connection.stub(options, EligibilityServiceStub) as stub:
        ordered = stub.OrderCandidates(request, timeout=DEADLINE)
    lines = [
        f"{turn.place:>4}  {turn.key:<24} "
        + ", ".join(f"{each.kind} {each.value}".rstrip() for each in turn.reasons)
        for turn in ordered.turns
    ]
    output.put(options, ordered, lines)
    return ANSWERED


def _candidate(line: str) -> str:
    """Write the list that a candidate is on as the contract does."""
    said = json.loads(line)
    if said.get("waiting_list") in _LISTS:
        said["waiting_list"] = f"WAITING_LIST_{said['waiting_list'].upper()}"
    return json.dumps(said)


# --- Another body ---------------------------------------------------------------------------


def add_attest(parser: Parser) -> None:
    """Add about whom, which condition and which day."""
    shared.asking(parser)
    questions.add_fields(parser, _ATTESTED)
    parser.set_defaults(run=_attest)


def _attest(options: Options) -> int:
    request = questions.filled(_ATTESTED, options)
    request.context.CopyFrom(connection.context(options, _ATTESTED.purpose))
    request.request_id = str(uuid4())
    with connection.stub(options, EligibilityServiceStub) as stub:
        answered = stub.AttestBenefitCondition(request, timeout=DEADLINE)
    answer = core_pb2.AttestedAnswer.Name(answered.answer).removeprefix("ATTESTED_ANSWER_")
    lines = [
        f"{answer}: {core_pb2.BenefitCondition.Name(answered.condition)}, {answered.day}",
        f"{answered.receipt_id}  hash {answered.receipt_hash.hex()}",
    ]
    lines += [f"missing: {each}" for each in answered.missing]
    lines += [f"could be read otherwise: {each}" for each in answered.points]
    following.found(options, receipt=answered.receipt_id)
    output.put(options, answered, lines)
    return ANSWERED
