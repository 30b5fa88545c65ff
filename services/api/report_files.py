"""The files of any report, made by the server that has it, and the manifest that names them."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import grpc
from google.protobuf.message import Message

from husret.v1 import report_service_pb2 as pb
from husret_verify.note import sign
from services.api.errors import OverLimit
from services.facts.fields import FieldError, FieldErrors, InvalidFields
from services.instance.instance import Instance
from services.reports.files import FORMATS, KINDS, File, Kind, files
from services.reports.manifest import ENDING, Manifest
from services.reports.rendering import PdfUnavailable
from services.reports.writing import LANGUAGES, Writing

Make = Callable[[Any, grpc.ServicerContext], Any]

LARGEST = 48 * 1024 * 1024
"""Most bytes of the files of one call together."""

_NAME = re.compile(r"[a-z0-9][a-z0-9._-]{0,63}")

_NUMBERS = {pb.ReportFormat.Value(f"REPORT_FORMAT_{each.upper()}"): each for each in FORMATS}


_REPORTS = {message.DESCRIPTOR.name: kind for message, kind in KINDS.items()}


class _Asked(NamedTuple):
    kind: str
    formats: Sequence[str]
    writing: Writing


def rendered(
    instance: Instance,
    makers: dict[str, Make],
    request: pb.RenderReportRequest,
    context: grpc.ServicerContext,
) -> pb.RenderReportResponse:
    """Make a report and its files; `makers`: what makes each kind. Raises SigningKeyError."""
    asked = _asked(request)
    message = makers[asked.kind](getattr(request, asked.kind), context)
    try:
        made = list(files(message, asked.writing, asked.formats, request.name))
    except PdfUnavailable as error:
        raise InvalidFields([FieldError("formats", str(error))]) from None
    if sum(len(each.content) for each in made) > LARGEST:
        raise OverLimit(f"the files have more than {LARGEST} bytes; ask for fewer formats")
    response = pb.RenderReportResponse(
        files=[_file(each) for each in made], known_at_position=_position(message)
    )
    if "basis" in message.DESCRIPTOR.fields_by_name:
        stem = request.name or KINDS[type(message)].name(message)
        signed = _manifest(instance, message, made, asked, request.name)
        response.manifest.CopyFrom(_file(File(stem + ENDING, signed.encode())))
    return response


def _manifest(
    instance: Instance, message: Any, made: Sequence[File], asked: _Asked, name: str
) -> str:
    """Return the manifest of a report's files, signed by the log's key."""
    signer = instance.signer()
    text = Manifest.of(
        made,
        report=asked.kind,
        log_id=str(instance.log_id),
        position=_position(message),
        edition=message.basis.law_package,
        language=asked.writing.language,
        command=_command(message, asked, name),
    ).text()
    return sign(text, signer.origin, signer.private)


def _asked(request: pb.RenderReportRequest) -> _Asked:
    wrong = FieldErrors()
    kind = request.WhichOneof("report")
    if kind is None:
        wrong.add("report", "is not given; name one of the reports")
    has = FORMATS if kind is None else _of(kind).formats
    for index, each in enumerate(request.formats):
        if _NUMBERS.get(each) not in has:
            wrong.add(f"formats[{index}]", f"this report has {', '.join(has)}")
    language = request.language or LANGUAGES[0]
    if language not in LANGUAGES:
        wrong.add("language", f"must be one of {', '.join(LANGUAGES)}")
    if request.name and not _NAME.fullmatch(request.name):
        wrong.add("name", "must be 1 to 64 characters of a-z 0-9 . _ - and begin with neither")
    wrong.raise_if_any()
    assert kind is not None  # noted as wrong otherwise
    formats = [_NUMBERS[each] for each in request.formats]
    return _Asked(kind, formats, Writing(language))


def _of(kind: str) -> Kind:
    """Return the kind of report that a field of the request asks for."""
    asked = pb.RenderReportRequest.DESCRIPTOR.fields_by_name[kind].message_type
    assert asked is not None  # every report is asked for with a message of its own
    return _REPORTS[asked.name.replace("Request", "Response")]


def _position(message: Message) -> int:
    """Return the position that a report is as known at."""
    said: Any = message
    for name in ("basis", "decision", ""):
        if not name:
            return int(said.known_at_position)
        if name in message.DESCRIPTOR.fields_by_name:
            return int(getattr(said, name).known_at_position)
    raise LookupError("a report says at which position it is known")


def _command(message: Any, asked: _Asked, name: str) -> str:
    """Return what gives the same files again: the own command of the report, and its options."""
    words = [message.basis.commands[0]]
    words += [f"--format {each}" for each in asked.formats]
    words.append(f"--language {asked.writing.language}")
    words.append(f"--out {name}.{asked.formats[0]}" if name and asked.formats else "--out .")
    return " ".join(words)


def _file(file: File) -> pb.ReportFile:
    return pb.ReportFile(name=file.name, content=file.content, hash=file.hash)
