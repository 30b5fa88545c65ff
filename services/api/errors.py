"""The one place where exceptions become gRPC errors.

Every error has a google.rpc.Status with an ErrorInfo (reason: a name of the ErrorReason enum,
domain "husret"); wrong fields stand in a BadRequest. No error repeats a value of the request.
"""

from __future__ import annotations

from typing import NamedTuple

import grpc
from google.protobuf import any_pb2
from google.rpc import code_pb2, error_details_pb2, status_pb2

from domain.decide import AreaUnknownError, BeforeCoverageError, DwellingUnknownError
from domain.law.edition import EditionUnknownError
from domain.receipt import MalformedReceiptError
from husret.v1 import eligibility_service_pb2 as eligibility
from husret.v1 import error_reason_pb2 as reasons
from services.answers.receipts import UnknownHousehold, UnknownReceipt
from services.answers.screening import NotOnPage
from services.api import bearer
from services.api.contract import DOMAIN, INTERNAL
from services.api.gate import NotLetIn
from services.facts.fields import FieldError, InvalidFields
from services.facts.recording import (
    FactUnknown,
    InvariantBroken,
    NotForThisController,
    SubjectUnknown,
)
from services.instance.instance import PositionBeyondHead
from services.instance.signing import SigningKeyError
from services.instance.views import ViewBehind
from services.letters.making import LetterRefused
from services.log.ownership import Held
from services.log.port import (
    AppendConflict,
    ClockSuspect,
    EventIdReused,
    LogAltered,
    LogClosed,
    LogFull,
    StorageError,
)
from services.persons.access import AccessNotRecorded
from services.persons.database import DatabaseUnwritable
from services.persons.keys import SubjectConflict, UnknownSubject, WrongMasterKey
from services.persons.reading import Erased, TamperedEvent
from services.persons.sealing import KeyErased, Tampered
from services.sheets.file import BadFile
from services.tenancies.lives import StepUnknown
from services.tenancies.requirements import StaleReceipt


class OverLimit(ValueError):
    """A request asks for more than a stated limit."""


class NoRequest(ValueError):
    """A call ended its side before it had sent a request."""


class UnreadableRequest(ValueError):
    """What came is no message of the kind that the method takes."""


class AreaUnknown(LookupError):
    """No area has this id."""


class DwellingUnknown(LookupError):
    """No dwelling has this id, on any day."""


class NotNamed(LookupError):
    """No CPR number or external id names it here."""


class Kind(NamedTuple):
    """How one kind of exception is answered; `message` "" takes the exception's own."""

    error: type[Exception]
    code: grpc.StatusCode
    reason: reasons.ErrorReason.ValueType
    message: str = ""


_CODES = grpc.StatusCode
KINDS = (
    Kind(
        NotLetIn,
        _CODES.UNAUTHENTICATED,
        reasons.ERROR_REASON_TOKEN_WRONG,
        bearer.NOT_BORNE,
    ),
    Kind(InvalidFields, _CODES.INVALID_ARGUMENT, reasons.ERROR_REASON_INVALID_FIELDS),
    Kind(
        NoRequest,
        _CODES.INVALID_ARGUMENT,
        reasons.ERROR_REASON_INVALID_FIELDS,
        "no request came with the call",
    ),
    Kind(
        UnreadableRequest,
        _CODES.INVALID_ARGUMENT,
        reasons.ERROR_REASON_INVALID_FIELDS,
        "the request can't be read as the message that this method takes; compare the protos",
    ),
    Kind(BadFile, _CODES.INVALID_ARGUMENT, reasons.ERROR_REASON_INVALID_FIELDS),
    Kind(BeforeCoverageError, _CODES.INVALID_ARGUMENT, reasons.ERROR_REASON_BEFORE_COVERAGE),
    Kind(PositionBeyondHead, _CODES.INVALID_ARGUMENT, reasons.ERROR_REASON_POSITION_BEYOND_HEAD),
    Kind(
        EventIdReused,
        _CODES.ALREADY_EXISTS,
        reasons.ERROR_REASON_REQUEST_ID_REUSED,
        "request_id: was used for other content; repeat the first request unchanged, or give a "
        "new id",
    ),
    Kind(StepUnknown, _CODES.NOT_FOUND, reasons.ERROR_REASON_NOT_FOUND),
    Kind(FactUnknown, _CODES.NOT_FOUND, reasons.ERROR_REASON_NOT_FOUND),
    Kind(SubjectUnknown, _CODES.NOT_FOUND, reasons.ERROR_REASON_NOT_FOUND),
    Kind(UnknownHousehold, _CODES.NOT_FOUND, reasons.ERROR_REASON_NOT_FOUND),
    Kind(UnknownReceipt, _CODES.NOT_FOUND, reasons.ERROR_REASON_NOT_FOUND),
    Kind(NotOnPage, _CODES.NOT_FOUND, reasons.ERROR_REASON_NOT_FOUND),
    Kind(NotNamed, _CODES.NOT_FOUND, reasons.ERROR_REASON_NOT_FOUND),
    Kind(AreaUnknown, _CODES.NOT_FOUND, reasons.ERROR_REASON_NOT_FOUND),
    Kind(
        AreaUnknownError,
        _CODES.NOT_FOUND,
        reasons.ERROR_REASON_NOT_FOUND,
        "the area asked about is not registered",
    ),
    Kind(DwellingUnknown, _CODES.NOT_FOUND, reasons.ERROR_REASON_NOT_FOUND),
    Kind(
        DwellingUnknownError,
        _CODES.NOT_FOUND,
        reasons.ERROR_REASON_NOT_FOUND,
        "the dwelling is not recorded for the day asked about",
    ),
    Kind(
        NotForThisController,
        _CODES.FAILED_PRECONDITION,
        reasons.ERROR_REASON_NOT_FOR_THIS_CONTROLLER,
    ),
    Kind(LetterRefused, _CODES.FAILED_PRECONDITION, reasons.ERROR_REASON_LETTER_INCOMPLETE),
    Kind(InvariantBroken, _CODES.FAILED_PRECONDITION, reasons.ERROR_REASON_INVARIANT),
    Kind(SubjectConflict, _CODES.FAILED_PRECONDITION, reasons.ERROR_REASON_INVARIANT),
    Kind(
        EditionUnknownError,
        _CODES.FAILED_PRECONDITION,
        reasons.ERROR_REASON_EDITION_UNKNOWN,
    ),
    Kind(StaleReceipt, _CODES.ABORTED, reasons.ERROR_REASON_STALE),
    Kind(
        AppendConflict,
        _CODES.ABORTED,
        reasons.ERROR_REASON_STALE,
        "what the write rests on has moved; read again and decide again",
    ),
    Kind(Erased, _CODES.FAILED_PRECONDITION, reasons.ERROR_REASON_ERASED),
    Kind(KeyErased, _CODES.FAILED_PRECONDITION, reasons.ERROR_REASON_ERASED),
    Kind(UnknownSubject, _CODES.FAILED_PRECONDITION, reasons.ERROR_REASON_ERASED),
    Kind(
        SigningKeyError,
        _CODES.FAILED_PRECONDITION,
        reasons.ERROR_REASON_NO_SIGNING_KEY,
        "the instance has no signing key that it can use: whoever runs it finds out by "
        "`husret log key`",
    ),
    Kind(LogFull, _CODES.RESOURCE_EXHAUSTED, reasons.ERROR_REASON_LOG_NOT_WRITABLE),
    Kind(LogAltered, _CODES.DATA_LOSS, reasons.ERROR_REASON_LOG_ALTERED),
    Kind(StorageError, _CODES.UNAVAILABLE, reasons.ERROR_REASON_LOG_NOT_WRITABLE),
    Kind(Held, _CODES.UNAVAILABLE, reasons.ERROR_REASON_LOG_NOT_WRITABLE),
    Kind(ClockSuspect, _CODES.UNAVAILABLE, reasons.ERROR_REASON_LOG_NOT_WRITABLE),
    Kind(LogClosed, _CODES.UNAVAILABLE, reasons.ERROR_REASON_LOG_NOT_WRITABLE),
    Kind(AccessNotRecorded, _CODES.UNAVAILABLE, reasons.ERROR_REASON_LOG_NOT_WRITABLE),
    Kind(
        DatabaseUnwritable,
        _CODES.UNAVAILABLE,
        reasons.ERROR_REASON_LOG_NOT_WRITABLE,
        "the key store or the access table can't be written now; look at its disk",
    ),
    Kind(TamperedEvent, _CODES.DATA_LOSS, reasons.ERROR_REASON_LOG_ALTERED),
    Kind(Tampered, _CODES.DATA_LOSS, reasons.ERROR_REASON_LOG_ALTERED),
    Kind(
        MalformedReceiptError,
        _CODES.DATA_LOSS,
        reasons.ERROR_REASON_LOG_ALTERED,
        "the receipt cannot be read as it is stored; compare the log with a backup",
    ),
    Kind(WrongMasterKey, _CODES.DATA_LOSS, reasons.ERROR_REASON_LOG_ALTERED),
    Kind(
        TimeoutError,
        _CODES.DEADLINE_EXCEEDED,
        reasons.ERROR_REASON_DEADLINE,
        "the deadline passed before the work was done; nothing was recorded but the whole pages of "
        "a waiting list",
    ),
    Kind(ViewBehind, _CODES.UNAVAILABLE, reasons.ERROR_REASON_VIEW_BEHIND),
    Kind(OverLimit, _CODES.RESOURCE_EXHAUSTED, reasons.ERROR_REASON_LIMIT),
)
"""Every exception that a caller is told of; the first that matches counts."""


def kind_of(error: Exception) -> Kind | None:
    """Return how an exception is answered, None for one that is the server's own fault."""
    for kind in KINDS:
        if isinstance(error, kind.error):
            return kind
    return None


def wrong_fields(error: Exception) -> list[FieldError]:
    """Return the wrong fields that an exception names."""
    match error:
        case InvalidFields() | LetterRefused():
            return error.fields
        case BadFile():
            return [FieldError("content", str(problem)) for problem in error.problems]
        case NotForThisController():
            return [FieldError(path, _not_here(path)) for path in error.paths]
        case _:
            return []


def _not_here(path: str) -> str:
    if path.startswith("fact"):
        return "may not be held in this kind of instance"
    return "this kind of instance answers no such question"


def status_of(error: Exception) -> status_pb2.Status:
    """Return the google.rpc.Status that an exception is answered with."""
    kind = kind_of(error)
    if kind is None:
        return status_pb2.Status(code=code_pb2.INTERNAL, message=INTERNAL)
    reason = reasons.ErrorReason.Name(kind.reason)
    info = error_details_pb2.ErrorInfo(reason=reason, domain=DOMAIN)
    fields = wrong_fields(error)
    named = _fitting(fields)
    message = kind.message or str(error)
    if fields:
        message = f"{len(fields)} wrong; the first: {fields[0].field}: {fields[0].description}"
        info.metadata["wrong_fields"] = str(len(fields))
        info.metadata["named_fields"] = str(len(named))
    if isinstance(error, StaleReceipt | AppendConflict):
        info.metadata["moved_type"] = error.type
        info.metadata["moved_position"] = str(error.position)
    if isinstance(error, StaleReceipt):
        info.metadata["receipt"] = f"basis.receipt_ids[{error.index}]"
    status = status_pb2.Status(code=kind.code.value[0], message=message[:_LONGEST_MESSAGE])
    _add(status, info)
    if kind.code is _CODES.INVALID_ARGUMENT and fields:
        violation = error_details_pb2.BadRequest.FieldViolation
        violations = [violation(field=field, description=what) for field, what in named]
        _add(status, error_details_pb2.BadRequest(field_violations=violations))
    elif fields:
        broken = error_details_pb2.PreconditionFailure.Violation
        _add(
            status,
            error_details_pb2.PreconditionFailure(
                violations=[
                    broken(type=reason, subject=field, description=what) for field, what in named
                ]
            ),
        )
    return status


_LONGEST_MESSAGE = 500
_ROOM_FOR_FIELDS = 4_500


def _fitting(fields: list[FieldError]) -> list[FieldError]:
    """Return the wrong fields that fit: an error travels in trailers, which hold 8 KiB."""
    room = _ROOM_FOR_FIELDS
    fitting = []
    for field in fields:
        room -= len(field.field.encode()) + len(field.description.encode()) + 8
        if room < 0:
            break
        fitting.append(field)
    return fitting


def item_error(error: Exception) -> eligibility.ItemError:
    """Return what is said of one item of a batch that failed."""
    kind = kind_of(error)
    if kind is None:
        return eligibility.ItemError(code=code_pb2.INTERNAL)
    return eligibility.ItemError(
        code=kind.code.value[0],
        reason=reasons.ErrorReason.Name(kind.reason),
        fields=[
            eligibility.FieldError(field=field, description=what)
            for field, what in wrong_fields(error)
        ],
    )


def _add(
    status: status_pb2.Status,
    detail: error_details_pb2.ErrorInfo
    | error_details_pb2.BadRequest
    | error_details_pb2.PreconditionFailure,
) -> None:
    packed = any_pb2.Any()
    packed.Pack(detail)
    status.details.append(packed)
