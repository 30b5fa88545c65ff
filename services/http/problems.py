"""Errors over HTTP: google.rpc.Status as JSON under `error`, with the code that HTTP has for it.

What the gRPC server refuses comes through as it is, its fields in JSON names. What is refused
before it is reached (no JSON, an unknown field, a wrong header) is said in the same form.
"""

from __future__ import annotations

import re
from typing import Any

import grpc
from google.protobuf import json_format
from google.rpc import code_pb2, error_details_pb2, status_pb2
from grpc_status import rpc_status
from starlette.responses import Response

from husret.v1 import error_reason_pb2 as reasons
from services.api.contract import DOMAIN
from services.http.reading import MOST_NAMED, Wrong

JSON = "application/json"

HTTP: dict[int, int] = {
    code_pb2.CANCELLED: 499,
    code_pb2.INVALID_ARGUMENT: 400,
    code_pb2.DEADLINE_EXCEEDED: 504,
    code_pb2.NOT_FOUND: 404,
    code_pb2.ALREADY_EXISTS: 409,
    code_pb2.PERMISSION_DENIED: 403,
    code_pb2.RESOURCE_EXHAUSTED: 429,
    code_pb2.FAILED_PRECONDITION: 400,
    code_pb2.ABORTED: 409,
    code_pb2.OUT_OF_RANGE: 400,
    code_pb2.UNIMPLEMENTED: 501,
    code_pb2.UNAVAILABLE: 503,
    code_pb2.UNAUTHENTICATED: 401,
}
"""The code of HTTP for each of gRPC, as google.rpc.Code says; of others it is 500."""

_UNDERSCORE = re.compile(r"_([a-z0-9])")


class Refused(Exception):
    """A request is refused; `status` says why, `http` is the code of HTTP."""

    def __init__(self, status: status_pb2.Status, http: int = 0) -> None:
        super().__init__(status.message)
        self.status = status
        self.http = http or HTTP.get(status.code, 500)


def refused(
    code: int,
    reason: reasons.ErrorReason.ValueType,
    message: str,
    *wrong: Wrong,
    http: int = 0,
) -> Refused:
    """Return a refusal with its reason, and each field that is wrong."""
    info = error_details_pb2.ErrorInfo(reason=reasons.ErrorReason.Name(reason), domain=DOMAIN)
    status = status_pb2.Status(code=code, message=message)
    if wrong:
        info.metadata["wrong_fields"] = str(len(wrong))
        info.metadata["named_fields"] = str(min(len(wrong), MOST_NAMED))
    status.details.add().Pack(info)
    if wrong:
        violation = error_details_pb2.BadRequest.FieldViolation
        named = [violation(field=each.field, description=each.what) for each in wrong[:MOST_NAMED]]
        status.details.add().Pack(error_details_pb2.BadRequest(field_violations=named))
    return Refused(status, http)


def unreadable(wrong: list[Wrong]) -> Refused:
    """Return the refusal of a body that can't be read."""
    first = wrong[0]
    where = f"{first.field}: " if first.field else "the body "
    return refused(
        code_pb2.INVALID_ARGUMENT,
        reasons.ERROR_REASON_INVALID_FIELDS,
        f"{len(wrong)} wrong; the first: {where}{first.what}",
        *wrong,
    )


def of_call(error: grpc.RpcError) -> Refused:
    """Return what the gRPC server said, or that it can't be reached."""
    given: Any = error
    status = rpc_status.from_call(given)
    if status is None:
        code = given.code().value[0]
        message = given.details() or ""
        if code == code_pb2.UNAVAILABLE:
            message = "the gRPC server behind this one can't be reached"
        return Refused(status_pb2.Status(code=code, message=message))
    return Refused(_in_json_names(status))


def _in_json_names(status: status_pb2.Status) -> status_pb2.Status:
    """Name fields as JSON does: `question.dwelling_id` is `question.dwellingId`."""
    for detail in status.details:
        bad, broken = error_details_pb2.BadRequest(), error_details_pb2.PreconditionFailure()
        named: list[tuple[Any, str]] = []
        if detail.Unpack(bad):
            named = [(each, "field") for each in bad.field_violations]
            packed: Any = bad
        elif detail.Unpack(broken):
            named = [(each, "subject") for each in broken.violations]
            packed = broken
        for each, attribute in named:
            path = getattr(each, attribute)
            in_json = _UNDERSCORE.sub(lambda found: found[1].upper(), path)
            status.message = status.message.replace(f"{path}:", f"{in_json}:")
            setattr(each, attribute, in_json)
        if named:
            detail.Pack(packed)
    return status


def as_json(refusal: Refused) -> bytes:
    """Return the document that says why, in one line."""
    text = json_format.MessageToJson(refusal.status, indent=None, ensure_ascii=False)
    return f'{{"error": {text}}}'.encode()


def response(refusal: Refused, **headers: str) -> Response:
    """Return the answer of HTTP to a request that is refused."""
    if refusal.http == HTTP[code_pb2.UNAUTHENTICATED]:
        headers["www-authenticate"] = "Bearer"
    return Response(as_json(refusal), refusal.http, headers, JSON)
