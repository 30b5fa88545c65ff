"""The files of any report, made by the server that has it, and the manifest that names them."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import grpc
from google.protobuf.message import Message

from domain.law.editions import CURRENT
from husret.v1 import report_service_pb2 as pb
from services.api.errors import OverLimit
from services.facts.fields import FieldError, FieldErrors, InvalidFields
from services.instance.instance import Instance
from services.reports.files import FORMATS, KINDS, File, Kind, files
from services.reports.manifest import ENDING, Manifest
from services.reports.rendering import PdfUnavailable
from services.reports.writing import LANGUAGES, Writing

Make = Callable[[Any, grpc.ServicerContext], Any]
Sign = Callable[[str], str]
"""Makes a signed note of a text, by the key of the instance's log."""

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
    sign: Sign | None,
) -> pb.RenderReportResponse:
    """Make a report and its files; `makers`: what makes each kind; `sign` None: it has no key."""
    asked = _asked(request)
    message = makers[asked.kind](getattr(request, asked.kind), context)
    try:
        made = list(files(message, asked.writing, asked.formats, request.name))
    except PdfUnavailable as error:
        raise InvalidFields([FieldError("formats", str(error))]) from None
    if sum(len(each.content) for each in made) > LARGEST:
        raise OverLimit(f"the files have more than {LARGEST} bytes; ask for fewer formats")
    position = _position(message)
    manifest = Manifest.of(
        made,
        report=asked.kind,
        log_id=str(instance.log_id),
        position=position,
        edition=_edition(message),
        language=asked.writing.language,
        command=_command(message, asked, request.name),
    ).text()
    stem = request.name or KINDS[type(message)].name(message)
    said = File(stem + ENDING, (manifest if sign is None else sign(manifest)).encode())
    return pb.RenderReportResponse(
        files=[_file(each) for each in made], manifest=_file(said), known_at_position=position
    )


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


def _edition(message: Message) -> str:
    """Return the edition of the law that a report was made by."""
    said: Any = message
    for name in ("decision", "basis"):
        if name in message.DESCRIPTOR.fields_by_name:
            return str(getattr(said, name).law_package)
    return CURRENT.id


def _command(message: Message, asked: _Asked, name: str) -> str:
    """Return what gives the same files again: the report's own command, and what was asked of it.

    A sheet and a letter are made as things stand now, and have none.
    """
    said: Any = message
    if "basis" not in message.DESCRIPTOR.fields_by_name or not said.basis.commands:
        return ""
    words = [said.basis.commands[0]]
    words += [f"--format {each}" for each in asked.formats]
    words.append(f"--language {asked.writing.language}")
    words.append(f"--out {name}.{asked.formats[0]}" if name and asked.formats else "--out .")
    return " ".join(words)


def _file(file: File) -> pb.ReportFile:
    return pb.ReportFile(name=file.name, content=file.content, hash=file.hash)
