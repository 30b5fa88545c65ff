"""`husret tenancy` and `husret ledger`: the steps of a dwelling's life, and who was due.

A step's options are made of the fields of its method's request, so that none can be forgotten.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import grpc
from google.protobuf.descriptor import FieldDescriptor

from husret.v1 import tenancy_service_pb2 as pb
from husret.v1.tenancy_service_pb2_grpc import TenancyServiceStub
from services.cli import connection, following, questions, taken_over, turns
from services.cli import options as shared
from services.cli.connection import DEADLINE
from services.cli.exits import ANSWERED, CommandError
from services.cli.options import Options, Parser
from services.terminal import output

STEPS = {
    "vacancy": ("RecordVacancy", "a dwelling is vacant"),
    "withdraw-vacancy": ("WithdrawVacancy", "close a vacancy without a contract"),
    "allocate": ("AllocateVacancy", "give a vacancy to the channel that is due"),
    "release": ("ReleaseAllocation", "take a vacancy back from its channel"),
    "offer": ("MakeOffer", "offer it to a household"),
    "accept": ("AcceptOffer", "the household accepts"),
    "refuse": ("RefuseOffer", "the household does not want it"),
    "lapse": ("LapseOffer", "the deadline passed without an acceptance"),
    "withdraw-offer": ("WithdrawOffer", "take an offer back"),
    "contract": ("CommenceTenancy", "make the contract"),
    "notice": ("GiveNotice", "the tenant, or the landlord, gives notice"),
    "end": ("EndTenancy", "what ends the tenancy, and its last day"),
    "free": ("FreeDwelling", "close what is left of an erased household's offer or tenancy"),
}
"""The steps: the method that each takes, and what it says."""

WORDS = {method: word for word, (method, _) in STEPS.items()} | {"RecordFacts": "take-over"}
"""The word of each method by which a step is recorded."""

STEP_METHODS = frozenset(method for method, _ in STEPS.values())
"""The methods whose requests name what they follow."""

_OTHERWISE = {"vacant_from": "from", "given_by": "by"}
"""Options that are not called as their field is."""

_OPTIONAL = ("day",)
_OF_TURN = ("channel", "basis", "way")
"""Fields of an allocation that the turn taken fills."""

_CHANNEL = pb.Turn.DESCRIPTOR.fields_by_name["channel"]


def add_tenancy(parser: Parser) -> None:
    """Add the steps, and what can be looked at."""
    steps = parser.add_subparsers(metavar="STEP", required=True)
    for word, (method, says) in STEPS.items():
        step = steps.add_parser(word, help=says)
        shared.asking(step)
        for field in _fields(method):
            _add_field(step, field)
        if word == "allocate":
            step.add_argument(
                "--channel",
                choices=list(questions.words(_CHANNEL)),
                help="one that may be taken (default: the one that is due)",
            )
        step.set_defaults(run=_allocate if word == "allocate" else _step, method=method)
    taken_over.add(
        steps.add_parser("take-over", help="a tenancy that began before it was kept here")
    )
    shown = steps.add_parser("show", help="where a dwelling stands, and its steps")
    shared.asking(shown)
    shown.add_argument("dwelling", metavar="DWELLING")
    shared.known(shown)
    shown.set_defaults(run=_show)
    vacancies = steps.add_parser("vacancies", help="what an organisation has vacant or on offer")
    shared.asking(vacancies)
    vacancies.add_argument("organisation", metavar="ORGANISATION")
    vacancies.add_argument("--department", default="", help="only this department's")
    shared.known(vacancies)
    vacancies.set_defaults(run=_vacancies)
    due = steps.add_parser("due", help="which channel is due for a vacancy, and by which count")
    shared.asking(due)
    due.add_argument("vacancy", metavar="VACANCY", help=shared.EVENT)
    shared.day(due)
    shared.known(due)
    due.set_defaults(run=_due)


def add_ledger(parser: Parser) -> None:
    """Add whose allocations."""
    shared.asking(parser)
    parser.add_argument("organisation", metavar="ORGANISATION")
    parser.add_argument("--department", default="", help="only this department's rows")
    shared.known(parser)
    parser.set_defaults(run=_ledger)


# --- Steps ----------------------------------------------------------------------------------


def _fields(method: str) -> list[FieldDescriptor]:
    """Return the fields that a step is asked with; the first names what it follows."""
    message = getattr(pb, f"{method}Request").DESCRIPTOR
    beside = ("context", "request_id", *(_OF_TURN if method == "AllocateVacancy" else ()))
    return [field for field in message.fields if field.name not in beside]


def _add_field(parser: Parser, field: FieldDescriptor) -> None:
    name, option = field.name, _option(field)
    if name == "validate_only":
        parser.add_argument(
            "--dry-run", dest=name, action="store_true", help="check, and record nothing"
        )
    elif name == "basis":
        _add_basis(parser)
    elif name == "household_id":
        parser.add_argument(option, dest=name, required=True, metavar="ID")
    elif name.endswith("_id"):
        named = name.removesuffix("_id").upper()
        event = None if named == "DWELLING" else shared.EVENT
        parser.add_argument(name, metavar=named, help=event)
    elif name in _OPTIONAL:
        shared.day(parser)
    elif field.enum_type is not None:
        choices = list(questions.words(field))
        parser.add_argument(option, dest=name, required=True, choices=choices)
    elif field.type == FieldDescriptor.TYPE_BOOL:
        parser.add_argument(option, dest=name, action="store_true")
    else:
        parser.add_argument(option, dest=name, required=True, metavar=shared.DAY)


def _option(field: FieldDescriptor) -> str:
    """Return the option that a field is said with."""
    return "--" + _OTHERWISE.get(field.name, field.name.removesuffix("_id")).replace("_", "-")


def _add_basis(parser: Parser) -> None:
    """Add what a step rests on: answers, and a person's decision."""
    parser.add_argument(
        "--receipt",
        action="append",
        default=[],
        metavar="RECEIPT",
        help=f"{shared.EVENT}; may be repeated",
    )
    parser.add_argument("--decided-by", default="", metavar="WHO", help="who decides, if needed")
    parser.add_argument("--reasons", default="", metavar="TEXT", help="why; sealed")
    parser.add_argument("--party-heard", choices=("yes", "no"), help="was the party heard?")


def typed(step: pb.NextStep) -> str:
    """Return the command that takes a step, with what must still be said of it."""
    said = [f"tenancy {WORDS[step.method]} {step.names}"]
    if step.method not in STEP_METHODS:
        return f"{said[0]} --household ID --first-day {shared.DAY} --let-as LET_AS"
    for field in _fields(step.method):
        if field.name == "basis":
            said.append("--receipt RECEIPT")
        elif field.name == "household_id":
            said.append(f"{_option(field)} ID")
        elif field.enum_type is not None:
            said.append(f"{_option(field)} {field.name.upper()}")
        elif field.type == FieldDescriptor.TYPE_STRING and not (
            field.name.endswith("_id") or field.name in _OPTIONAL
        ):
            said.append(f"{_option(field)} {shared.DAY}")
    return " ".join(said)


def _step(options: Options) -> int:
    with connection.channel(options) as channel:
        return _take(options, channel, {})


def _take(options: Options, channel: grpc.Channel, turn: dict[str, Any]) -> int:
    """Take one step, and print the id that the next step names."""
    values = {field.name: _value(options, channel, field) for field in _fields(options.method)}
    request = getattr(pb, f"{options.method}Request")(
        context=connection.context(options, "case"), request_id=str(uuid4()), **values, **turn
    )
    take = getattr(TenancyServiceStub(channel), options.method)
    recorded = take(request, timeout=DEADLINE).recorded
    if options.validate_only:
        output.put(options, recorded, [output.tried(options)])
        return ANSWERED
    following.may(options, map(typed, recorded.next))
    said = output.recorded(options, recorded.step_id, recorded.position)
    output.put(options, recorded, [said])
    return ANSWERED


def _value(options: Options, channel: grpc.Channel, field: FieldDescriptor) -> Any:
    if field.name == "basis":
        heard = None if options.party_heard is None else options.party_heard == "yes"
        return pb.StepBasis(
            receipt_ids=[connection.event_id(options, channel, each) for each in options.receipt],
            decided_by=options.decided_by,
            reasons=options.reasons,
            party_heard=heard,
        )
    said = getattr(options, field.name)
    if field.name.endswith("_id") and field.name not in ("household_id", "dwelling_id"):
        return connection.event_id(options, channel, said)
    return said if field.enum_type is None else questions.words(field)[said]


def _allocate(options: Options) -> int:
    with connection.channel(options) as channel:
        options.vacancy_id = connection.event_id(options, channel, options.vacancy_id)
        asked = pb.GetDueChannelRequest(
            context=connection.context(options, "case"),
            vacancy_id=options.vacancy_id,
            day=options.day,
        )
        found = TenancyServiceStub(channel).GetDueChannel(asked, timeout=DEADLINE)
        called = {number: word for word, number in questions.words(_CHANNEL).items()}
        turns_open = reversed([found.due, *found.out_of_turn])
        possible = {called[each.channel]: each for each in turns_open}
        turn = found.due if options.channel is None else possible.get(options.channel)
        if turn is None:
            raise CommandError(f"--channel: now it may be {', '.join(sorted(possible))}")
        if not options.json:
            print(turns.turn(options, turn))
        way = {"way": turn.way} if turn.HasField("way") else {}
        return _take(options, channel, {"channel": turn.channel, "basis": turn.basis, **way})


# --- Looking --------------------------------------------------------------------------------


def _show(options: Options) -> int:
    request = pb.GetTenancyRequest(
        context=connection.context(options, "case"),
        dwelling_id=options.dwelling,
        consistency=connection.consistency(options),
    )
    with connection.stub(options, TenancyServiceStub) as stub:
        life = stub.GetTenancy(request, timeout=DEADLINE)
    if request.consistency.WhichOneof("requirement") is None:
        following.may(options, map(typed, life.next))
    lines = [f"{options.dwelling}: {turns.state(options, life.state)}"]
    for step in life.steps:
        days = ", ".join(f"{name} {step.days[name]}" for name in sorted(step.days))
        said = output.say(options, "slettet", "erased") if step.erased else days
        lines.append(f"{step.position:>8} {step.type:<22} {step.step_id}  {said}")
    output.put(options, life, lines)
    return ANSWERED


def _vacancies(options: Options) -> int:
    request = pb.ListVacanciesRequest(
        context=connection.context(options, "case"),
        organisation=options.organisation,
        department=options.department,
        consistency=connection.consistency(options),
    )
    with connection.stub(options, TenancyServiceStub) as stub:
        found = stub.ListVacancies(request, timeout=DEADLINE)
    following.may(options, _of_vacancies(found))
    lines = []
    for each in found.vacancies:
        channel = f", {turns.channel(options, each.channel)}" if each.channel else ""
        lines.append(
            f"{each.dwelling_id:<20} {each.department:<8} {each.vacant_from} "
            f"{each.allocation_id or each.vacancy_id}  {turns.state(options, each.state)}{channel}"
        )
    nothing = output.say(options, "intet er ledigt eller tilbudt", "nothing is vacant or on offer")
    output.put(options, found, lines or [nothing])
    return ANSWERED


def _of_vacancies(found: pb.ListVacanciesResponse) -> Iterator[str]:
    for each in found.vacancies[:1]:
        yield f"tenancy show {each.dwelling_id}"
        if each.state == pb.DWELLING_STATE_VACANT:
            yield f"tenancy due {each.vacancy_id}"


def _due(options: Options) -> int:
    with connection.channel(options) as channel:
        options.vacancy = connection.event_id(options, channel, options.vacancy)
        request = pb.GetDueChannelRequest(
            context=connection.context(options, "case"),
            vacancy_id=options.vacancy,
            day=options.day,
            consistency=connection.consistency(options),
        )
        found = TenancyServiceStub(channel).GetDueChannel(request, timeout=DEADLINE)
    following.found(options, vacancy=options.vacancy)
    beside = output.say(options, "uden for tur", "out of turn")
    said = [turns.turn(options, each) for each in (found.due, *found.out_of_turn)]
    lines = [said[0], *(f"{beside}: {each}" for each in said[1:])]
    output.put(options, found, lines)
    return ANSWERED


def _ledger(options: Options) -> int:
    request = pb.GetAllocationLedgerRequest(
        context=connection.context(options, "audit"),
        organisation=options.organisation,
        department=options.department,
        consistency=connection.consistency(options),
    )
    with connection.stub(options, TenancyServiceStub) as stub:
        ledger = stub.GetAllocationLedger(request, timeout=DEADLINE)
    following.found(options, organisation=options.organisation)
    due = output.say(options, "turen var", "due was")
    lines = [
        f"{row.number:>5} {row.position:>8} {row.day} {row.department:<8} {row.dwelling_id:<20} "
        + turns.turn(options, row.turn)
        + ("" if row.in_order else f"; {due}: {turns.turn(options, row.due)}")
        for row in ledger.rows
    ]
    nothing = output.say(options, "der er ikke registreret nogen", "no allocation is recorded")
    output.put(options, ledger, lines or [nothing])
    return ANSWERED
