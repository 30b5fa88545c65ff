"""A client of JSON over HTTP as one writes it without a library of ours."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPResponse
from typing import Any, NamedTuple

from services.api.bearer import Endpoint
from services.http import beside

CONTEXT = {"actor": "letting-system", "purpose": "referral"}


class Answer(NamedTuple):
    """What came back."""

    code: int
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)

    @property
    def lines(self) -> list[Any]:
        return [json.loads(line) for line in self.body.splitlines()]

    @property
    def reason(self) -> str:
        """The reason of an error."""
        [info] = [each for each in self.json["error"]["details"] if "reason" in each]
        return str(info["reason"])

    @property
    def fields(self) -> dict[str, str]:
        """The wrong fields that an error names."""
        found = {}
        for detail in self.json["error"]["details"]:
            for each in detail.get("fieldViolations", ()):
                found[each["field"]] = each["description"]
        return found


class Http:
    """Posts to the server at `url` with its token, one connection for each request."""

    def __init__(self, url: str, token: str) -> None:
        self.url = url
        self.host = url.removeprefix("http://")
        self.token = token

    def connect(self) -> HTTPConnection:
        return HTTPConnection(self.host, timeout=30)

    def send(
        self, verb: str, path: str, body: bytes | None = None, **headers: str | None
    ) -> Answer:
        """Send a request; a header that is None is left out, `content_type` is Content-Type."""
        made = {
            "authorization": f"Bearer {self.token}",
            "content-type": "application/json",
            **{name.replace("_", "-"): value for name, value in headers.items()},
        }
        connection = self.connect()
        try:
            named = {name: value for name, value in made.items() if value is not None}
            connection.request(verb, path, body, named)
            answer: HTTPResponse = connection.getresponse()
            return Answer(
                answer.status, {k.lower(): v for k, v in answer.getheaders()}, answer.read()
            )
        finally:
            connection.close()

    def call(self, method: str, request: Any, **headers: str | None) -> Answer:
        """Call a method of husret.v1; `request` is what JSON has, or the bytes as they are sent."""
        body = request if isinstance(request, bytes) else json.dumps(request).encode()
        return self.send("POST", f"/husret.v1.{method}", body, **headers)


@contextmanager
def http_beside(server: Endpoint) -> Iterator[Http]:
    """Serve JSON over HTTP beside a gRPC server, on a free port."""
    with beside.listening("127.0.0.1:0") as listener, beside.serving(listener, server):
        yield Http(beside.address_of(listener), server.token)
