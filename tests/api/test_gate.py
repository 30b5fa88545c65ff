"""The token: without it a server tells nobody anything of its instance."""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import grpc
import pytest

from services.api.bearer import Endpoint, is_borne
from services.api.server import serving
from services.cli import main as cli
from services.instance import token
from services.instance.instance import Instance
from services.log import ownership
from tests.api.client import Client, Refusal, an_area
from tests.api.test_waiting import METHODS

Refused = Callable[[Callable[[], object]], Refusal]
Capture = pytest.CaptureFixture[str]

OURS = [method for method in METHODS if "husret" in method]


def test_every_method_asks_for_the_token_before_it_reads_the_request(
    client: Client, refused: Refused
) -> None:
    with grpc.insecure_channel(client.address) as channel:
        bare: Any = channel

        def call(method: str, *metadata: tuple[str, str]) -> object:
            call = bare.stream_stream(f"/{method}")
            return list(call(iter([b"\x0a\xff\xff"]), 5, metadata))

        for method in OURS:
            refusal = refused(partial(call, method))
            assert refusal.code is grpc.StatusCode.UNAUTHENTICATED, method
            assert refusal.reason == "ERROR_REASON_TOKEN_WRONG"
        right = client.endpoint.metadata[0]
        for wrong in (
            [("authorization", f"Bearer {token.new()}")],
            [("authorization", "Bearer ")],
            [("authorization", client.endpoint.token)],
            [("authorization", f"Basic {client.endpoint.token}")],
            [("x-token", client.endpoint.token)],
            [right, right],
        ):
            refusal = refused(partial(call, OURS[0], *wrong))
            assert refusal.code is grpc.StatusCode.UNAUTHENTICATED, wrong
            assert client.endpoint.token not in refusal.whole
        # With it, what is wrong with the request is told.
        refusal = refused(partial(call, OURS[0], right))
        assert refusal.code is grpc.StatusCode.INVALID_ARGUMENT
    assert client.head() == 1


def test_a_token_is_told_from_what_only_begins_like_it() -> None:
    own = token.new()
    right = f"bearer {own}"
    assert is_borne(own, [right])
    for wrong in ("", own, f"Bearer {own[:-1]}", f"Bearer {own}x", "Bearer é"):
        assert not is_borne(own, [wrong])
    assert not is_borne(own, [])
    assert not is_borne(own, [right, right])


def test_neither_the_log_nor_what_is_printed_of_an_endpoint_holds_the_token(
    client: Client, caplog: pytest.LogCaptureFixture, refused: Refused
) -> None:
    caplog.set_level(logging.DEBUG)
    client.record(an_area())
    wrong = token.new()
    stranger = Client(Endpoint(client.address, wrong))
    refused(lambda: stranger.record(an_area("9999-other")))
    stranger.close()
    said = " ".join(str(vars(record)) for record in caplog.records)
    assert "UNAUTHENTICATED" in said
    assert wrong not in said
    assert client.endpoint.token not in said + str(client.endpoint)


def test_an_instance_has_a_token_of_its_own_that_nobody_else_may_read(
    directory: Path, tmp_path: Path
) -> None:
    Instance.create(
        tmp_path / "other", controller="Other", kind=Instance.in_memory().created.controller_kind,
        municipality="9999",
    ).close()  # fmt: skip
    files = [directory / token.FILE, tmp_path / "other" / token.FILE]
    assert [file.stat().st_mode & 0o777 for file in files] == [0o600, 0o600]
    assert len({token.load(file) for file in files}) == 2
    files[0].chmod(0o640)
    with pytest.raises(token.TokenError, match="chmod 600"), serving(directory):
        pass


def test_who_has_no_token_makes_one_and_a_server_goes_on_asking_for_its_own(
    directory: Path, capsys: Capture, refused: Refused
) -> None:
    place = ("--dir", str(directory))
    (directory / token.FILE).unlink()  # as an instance of an earlier version has none
    assert cli.main(["status", *place]) == 1
    assert "husret token" in capsys.readouterr().err
    assert cli.main(["token", *place]) == 0
    assert cli.main(["status", *place]) == 0
    with serving(directory) as server:
        assert cli.main(["status", *place]) == 0
        # Where only an address is given, the file is named, or $HUSRET_TOKEN_FILE.
        nowhere = ["status", "--dir", str(directory / "none"), "--server", server.address]
        assert cli.main(nowhere) == 1
        assert "--token-file" in capsys.readouterr().err
        assert cli.main([*nowhere, "--token-file", str(directory / token.FILE)]) == 0
        assert cli.main(["token", *place]) == 0
        assert "start it again" in capsys.readouterr().out
        assert ownership.owner(directory) == server.address
        assert cli.main(["status", *place]) == 1
        assert "api.token" in capsys.readouterr().err
    assert cli.main(["status", *place]) == 0
