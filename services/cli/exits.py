"""What a command ends with: its exit code, and what is said of an error."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

from services.cli.options import Options, hint
from services.terminal import shell

if TYPE_CHECKING:
    import grpc

ANSWERED = 0
FAILED = 1
USAGE = 2
DIFFERENT = 3

EXIT_CODES = f"""exit codes:
  {ANSWERED}  answered, whatever the answer is
  {FAILED}  refused, not found, or not reached; stderr says why
  {USAGE}  the command line can't be understood
  {DIFFERENT}  replay: something came out differently; log verify, backup and restore: an event
     was altered"""


class CommandError(Exception):
    """A command can't be carried out; the message says what to do."""


def failed(error: Exception, options: Options) -> int:
    """Say on stderr why a command failed; an error that is no message to people is raised."""
    said = _said(error)
    if said is None:
        raise error
    said["message"] = hint(said["message"], options)
    if options.json:
        print(shell.as_json({"error": said}, sys.stderr), file=sys.stderr)
        return FAILED
    fields = said.get("fields", [])
    if len(fields) == 1:
        print(f"husret: {fields[0]['field']}: {fields[0]['what']}", file=sys.stderr)
        return FAILED
    wrong = said.get("wrong_fields", len(fields))
    print(f"husret: {f'{wrong} wrong:' if fields else said['message']}", file=sys.stderr)
    for each in fields:
        print(f"  {each['field']}: {each['what']}", file=sys.stderr)
    if wrong > len(fields):
        print(f"  and {wrong - len(fields)} more", file=sys.stderr)
    return FAILED


def _said(error: Exception) -> dict[str, Any] | None:
    # What these errors belong to is imported only here: a command that succeeds needs none of it.
    if isinstance(error, CommandError):
        return {"message": str(error)}
    if isinstance(error, OSError):
        return {"message": _os_error(error)}
    import grpc

    if isinstance(error, grpc.RpcError):
        return refusal(error)
    from eventsourcing.persistence import InfrastructureFactoryError

    from services.api.server import ServerError
    from services.http.beside import HttpError
    from services.instance.backup import BackupError
    from services.instance.instance import InstanceError
    from services.instance.signing import SigningKeyError
    from services.instance.token import TokenError
    from services.log.ownership import Held, LogOwned
    from services.log.port import StorageError
    from services.persons.master_key import MasterKeyError
    from services.persons.wrapping import KeyStoreError

    meant_for_people = (
        BackupError,
        Held,
        HttpError,
        InfrastructureFactoryError,
        InstanceError,
        KeyStoreError,
        LogOwned,
        MasterKeyError,
        ServerError,
        SigningKeyError,
        StorageError,
        TokenError,
    )
    return {"message": str(error)} if isinstance(error, meant_for_people) else None


def _os_error(error: OSError) -> str:
    """Say what the system refused, and where, without the error's number."""
    if error.strerror is None:
        return str(error)
    return f"{error.filename}: {error.strerror}" if error.filename else error.strerror


def refusal(error: grpc.RpcError) -> dict[str, Any]:
    """Return what the server said with an error: code, message, reason and wrong fields."""
    import grpc
    from google.rpc import error_details_pb2
    from grpc_status import rpc_status

    code = error.code()
    said: dict[str, Any] = {
        "code": code.name,
        "message": error.details(),
        "fields": [],
    }
    status = rpc_status.from_call(error)  # type: ignore[arg-type]  # of a call, it is a Call too
    for detail in () if status is None else status.details:
        info, bad = error_details_pb2.ErrorInfo(), error_details_pb2.BadRequest()
        broken = error_details_pb2.PreconditionFailure()
        if detail.Unpack(info):
            said["reason"] = info.reason
            if "wrong_fields" in info.metadata:
                said["wrong_fields"] = int(info.metadata["wrong_fields"])
        elif detail.Unpack(bad):
            named = [(each.field, each.description) for each in bad.field_violations]
            said["fields"] = [{"field": field, "what": what} for field, what in named]
        elif detail.Unpack(broken):
            named = [(each.subject, each.description) for each in broken.violations]
            said["fields"] = [{"field": field, "what": what} for field, what in named]
    if code is grpc.StatusCode.UNAVAILABLE and not said.get("reason"):
        said["message"] = f"the server can't be reached: {said['message']}"
    return said
