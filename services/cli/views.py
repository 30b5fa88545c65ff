"""Walking a view from the command line to its end, as it is known now or was known then."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import grpc

from husret.v1 import audit_service_pb2
from husret.v1.audit_service_pb2_grpc import AuditServiceStub
from services.cli import connection
from services.cli.exits import ANSWERED, refusal
from services.cli.options import Options
from services.terminal import output


def put(
    options: Options,
    service: Any,
    method: str,
    request: Any,
    field: str,
    line: Callable[[Any], str],
) -> int:
    """Print every row of a view, a line each, and where it stands; return the exit code.

    `service` is the stub whose `method` walks the view, `field` where its answer has the rows.
    """
    rows: list[Any] = []
    with connection.channel(options) as channel:
        health = AuditServiceStub(channel).GetHealth(
            audit_service_pb2.GetHealthRequest(), timeout=connection.DEADLINE
        )
        request.consistency.at_least_position = health.head_position
        then = connection.consistency(options)
        if then.WhichOneof("requirement"):
            request.consistency.CopyFrom(then)
        walk = getattr(service(channel), method)
        while True:
            try:
                page = walk(request, timeout=connection.DEADLINE)
            except grpc.RpcError as error:
                if refusal(error).get("reason") != "ERROR_REASON_VIEW_BEHIND":
                    raise
                # What the view has is worth more than nothing, and says how far it is.
                request.ClearField("consistency")
                page = walk(request, timeout=connection.DEADLINE)
            rows += getattr(page, field)
            if not page.next_page_token:
                break
            request.page_token = page.next_page_token
    behind = []
    if not request.HasField("consistency"):
        behind = [f"the view is behind: the log stands at position {page.head_position}"]
    said = {
        "known_at_position": page.known_at_position,
        "head_position": page.head_position,
        field: [output.plain(row) for row in rows],
    }
    known = f"{len(rows)} {field}, known at position {page.known_at_position}"
    output.put(options, said, [*map(line, rows), known, *behind])
    return ANSWERED
