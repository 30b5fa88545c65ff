"""What a request over HTTP must be before its body is read, and who is let in."""

from __future__ import annotations

import json
import socket
from pathlib import Path

import pytest

from services.cli import main as cli
from services.http import app
from services.instance import token
from tests.http.client import Http

HEALTH = "AuditService/GetHealth"


def test_without_the_token_nothing_is_told(http: Http) -> None:
    for wrong in (None, "", f"Bearer {token.new()}", http.token, f"Basic {http.token}"):
        answer = http.call(HEALTH, b"\xff no JSON", authorization=wrong)
        assert (answer.code, answer.reason) == (401, "ERROR_REASON_TOKEN_WRONG")
        assert answer.json["error"]["code"] == 16
        assert http.token.encode() not in answer.body
    assert http.call(HEALTH, {}, authorization=f"bearer {http.token}").code == 200


@pytest.mark.parametrize("host", ["example.org", "husret.example:50052", "127.0.0.1.example", ""])
def test_a_name_that_is_not_the_loopbacks_is_refused_whatever_is_asked(
    http: Http, host: str
) -> None:
    for verb, path in (("POST", f"/husret.v1.{HEALTH}"), ("GET", "/health"), ("GET", "/x")):
        answer = http.send(verb, path, b"{}", host=host)
        assert (answer.code, answer.reason) == (403, "ERROR_REASON_REQUEST_FORM")
    for ours in ("localhost", "127.0.0.1", "localhost:1", "[::1]:50052"):
        assert http.call(HEALTH, {}, host=ours).code == 200


@pytest.mark.parametrize(
    "kind",
    [None, "text/plain", "application/x-www-form-urlencoded", "application/json; charset=latin1"],
)
def test_only_json_in_utf_8_is_read(http: Http, kind: str | None) -> None:
    answer = http.call(HEALTH, {}, content_type=kind)
    assert (answer.code, answer.reason) == (415, "ERROR_REASON_REQUEST_FORM")
    assert http.call(HEALTH, {}, content_type='Application/JSON; charset="UTF-8"').code == 200
    assert http.call(HEALTH, {}, content_encoding="gzip").code == 415


def test_a_page_of_another_site_is_not_let_in(http: Http) -> None:
    asked = {"origin": "http://example.org", "access_control_request_method": "POST"}
    answer = http.send("OPTIONS", f"/husret.v1.{HEALTH}", None, **asked)
    assert answer.code == 405
    for each in (answer, http.call(HEALTH, {}, origin="http://example.org")):
        assert not [name for name in each.headers if name.startswith("access-control")]


def test_nothing_is_got_but_what_tells_nothing_of_the_instance(http: Http) -> None:
    for verb in ("GET", "HEAD", "PUT", "DELETE"):
        answer = http.send(verb, f"/husret.v1.{HEALTH}")
        assert (answer.code, answer.headers["allow"]) == (405, "POST")
    assert http.send("GET", "/docs").code == 404
    assert http.send("POST", "/husret.v1.AuditService/Nothing", b"{}").code == 404
    health = http.send("GET", "/health", authorization=None)
    assert (health.code, health.json) == (200, {"status": "SERVING"})
    described = http.send("GET", "/openapi.json", authorization=None)
    assert described.code == 200
    assert described.json["openapi"] == "3.1.0"


def test_a_body_that_is_too_large_is_refused_before_it_has_come(http: Http) -> None:
    with socket.create_connection(("127.0.0.1", int(http.host.rpartition(":")[2]))) as connection:
        connection.sendall(
            f"POST /husret.v1.{HEALTH} HTTP/1.1\r\nHost: localhost\r\n"
            f"Authorization: Bearer {http.token}\r\nContent-Type: application/json\r\n"
            f"Content-Length: {app.LARGEST_BODY + 1}\r\n\r\n".encode()
        )
        assert connection.recv(4096).startswith(b"HTTP/1.1 413 ")


@pytest.mark.parametrize(
    "address", ["0.0.0.0:0", "192.0.2.1:80", "example.org:1", "[::]:0", ":0", "x"]
)
def test_it_is_served_on_the_loopback_alone(
    tmp_path: Path, address: str, capsys: pytest.CaptureFixture[str]
) -> None:
    place = ("--dir", str(tmp_path / "instance"))
    assert cli.main(["serve", *place, "--listen", "127.0.0.1:0", "--http", address]) == 1
    said = capsys.readouterr().err
    assert "loopback" in said or "HOST:PORT" in said
    assert not (tmp_path / "instance").exists()


def test_it_is_not_served_beside_mutual_tls(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    given = []
    for option in ("--tls-cert", "--tls-key", "--tls-client-ca"):
        file = tmp_path / option
        file.touch()
        given += [option, str(file)]
    place = ("--dir", str(tmp_path / "instance"))
    assert cli.main(["serve", *place, *given, "--http", "127.0.0.1:0"]) == 1
    assert "without --tls" in capsys.readouterr().err


def test_the_error_has_the_form_that_the_description_gives(http: Http) -> None:
    error = http.call(HEALTH, b"").json["error"]
    assert error["code"] == 3
    assert json.dumps(error["details"]).count("@type") == 2
