"""Checkpoints and proofs: what somebody else keeps, and holds the log to."""

from __future__ import annotations

import json
import logging
import sqlite3
import threading
from contextlib import closing
from pathlib import Path

import grpc
import pytest

from husret.v1 import audit_service_pb2 as pb
from husret_verify.checkpoint import Checkpoint, open_checkpoint
from husret_verify.merkle import verify_consistency, verify_inclusion
from husret_verify.note import Note, VerifierKey
from services.api.server import Publishing, serving
from services.cli import exits
from services.cli import main as cli
from services.instance import backup, signing
from services.instance.checkpoints import LATEST, Publisher
from services.instance.instance import Instance
from services.log.port import LogAltered
from tests.api.client import Client, an_area, context
from tests.api.conftest import served
from tests.api.test_altered import Refused

AUDIT = context(purpose="audit")


def checkpoint(client: Client) -> pb.GetCheckpointResponse:
    return client.audit.GetCheckpoint(pb.GetCheckpointRequest(context=AUDIT), timeout=20)


def inclusion(client: Client, position: int, size: int = 0) -> pb.GetInclusionProofResponse:
    asked = pb.GetInclusionProofRequest(context=AUDIT, position=position, size=size)
    return client.audit.GetInclusionProof(asked, timeout=20)


def consistency(client: Client, first: int, second: int = 0) -> pb.GetConsistencyProofResponse:
    asked = pb.GetConsistencyProofRequest(context=AUDIT, first_size=first, second_size=second)
    return client.audit.GetConsistencyProof(asked, timeout=20)


def verify(client: Client, note: str = "", vkey: str = "") -> pb.VerifyLogResponse:
    asked = pb.VerifyLogRequest(context=AUDIT, checkpoint=note, vkey=vkey)
    return client.audit.VerifyLog(asked, timeout=20)


def opened(made: pb.GetCheckpointResponse) -> Checkpoint:
    said, _ = open_checkpoint(made.note, VerifierKey.parse(made.vkey))
    assert (said.size, said.root) == (made.size, made.root)
    return said


def grow(client: Client, count: int, name: str = "more") -> None:
    for number in range(count):
        client.record(an_area(f"9999-{name}-{number}"))


def run_sql(directory: Path, statements: str) -> None:
    with closing(sqlite3.connect(directory / "log.db")) as database:
        database.executescript(statements)


def test_a_checkpoint_says_where_the_log_stands_signed_by_its_key(
    client: Client, instance: Instance
) -> None:
    grow(client, 3)
    said = opened(checkpoint(client))
    assert said.size == client.head()
    assert said.origin == f"husret/{instance.log_id}"


def test_a_proof_is_for_the_size_of_a_checkpoint_whatever_came_after_it(client: Client) -> None:
    grow(client, 17)
    kept = opened(checkpoint(client))
    grow(client, 20, "later")
    proof = inclusion(client, 5, kept.size)
    assert (proof.size, proof.root) == (kept.size, kept.root)
    verify_inclusion(proof.leaf_hash, 4, kept.size, list(proof.hashes), kept.root)
    newer = opened(checkpoint(client))
    joined = consistency(client, kept.size, newer.size)
    verify_consistency(kept.size, newer.size, kept.root, newer.root, list(joined.hashes))
    assert (joined.first_root, joined.second_root) == (kept.root, newer.root)


def test_every_proof_holds_for_the_size_that_it_names_while_others_append(
    client: Client, instance: Instance
) -> None:
    grow(client, 2)
    stop = threading.Event()

    def append() -> None:
        while not stop.is_set():
            grow(client, 1, "beside")

    beside = [threading.Thread(target=append) for _ in range(2)]
    for thread in beside:
        thread.start()
    sizes = set()
    try:
        for _ in range(60):
            before = opened(checkpoint(client))
            proof = inclusion(client, before.size)
            verify_inclusion(
                proof.leaf_hash, before.size - 1, proof.size, list(proof.hashes), proof.root
            )
            joined = consistency(client, before.size)
            verify_consistency(
                before.size, joined.second_size, before.root, joined.second_root, joined.hashes
            )
            sizes.add(joined.second_size)
    finally:
        stop.set()
        for thread in beside:
            thread.join()
    assert len(sizes) > 5


@pytest.mark.parametrize(
    ("ask", "field"),
    [
        (lambda client: inclusion(client, 0), "position"),
        (lambda client: inclusion(client, 99), "position"),
        (lambda client: inclusion(client, 3, 2), "position"),
        (lambda client: inclusion(client, 1, 99), "size"),
        (lambda client: inclusion(client, 1, -1), "size"),
        (lambda client: consistency(client, 0), "first_size"),
        (lambda client: consistency(client, 3, 2), "first_size"),
        (lambda client: consistency(client, 1, 99), "second_size"),
        (lambda client: verify(client, vkey="x"), "vkey"),
        (lambda client: verify(client, "no note"), "checkpoint"),
        (lambda client: verify(client, "no note", "no key"), "vkey"),
    ],
)
def test_what_the_tree_does_not_have_is_refused_by_its_field(
    client: Client, refused: Refused, ask: object, field: str
) -> None:
    grow(client, 2)
    assert callable(ask)
    refusal = refused(lambda: ask(client))
    assert refusal.code is grpc.StatusCode.INVALID_ARGUMENT
    assert list(refusal.fields) == [field]


def test_a_checkpoint_of_another_log_is_refused(
    client: Client, organisation: Client, refused: Refused
) -> None:
    other = checkpoint(organisation)
    assert list(refused(lambda: verify(client, other.note)).fields) == ["checkpoint"]
    assert list(refused(lambda: verify(client, other.note, other.vkey)).fields) == ["checkpoint"]
    assert verify(organisation, other.note).found == 0


def test_a_log_that_was_altered_is_neither_signed_nor_proved(
    directory: Path, refused: Refused
) -> None:
    with served(Instance.open(directory)) as client:
        grow(client, 20)
    run_sql(directory, "UPDATE node SET hash = zeroblob(32)")
    with served(Instance.open(directory)) as client:
        for ask in (lambda: inclusion(client, 18), lambda: consistency(client, 18)):
            assert refused(ask).reason == "ERROR_REASON_LOG_ALTERED"
        assert [each.kind for each in verify(client).findings] == ["node-altered", "head-root"]
    run_sql(directory, "UPDATE head SET root = zeroblob(32)")
    with served(Instance.open(directory)) as client:
        assert refused(lambda: checkpoint(client)).reason == "ERROR_REASON_LOG_ALTERED"
        refusal = refused(lambda: grow(client, 1))
        assert refusal.code is grpc.StatusCode.DATA_LOSS


def test_an_instance_without_its_signing_key_signs_nothing_and_makes_none_unasked(
    directory: Path, refused: Refused, capsys: pytest.CaptureFixture[str]
) -> None:
    (directory / signing.FILE).unlink()
    with served(Instance.open(directory)) as client:
        assert refused(lambda: checkpoint(client)).reason == "ERROR_REASON_NO_SIGNING_KEY"
        assert verify(client).found == 0
    assert not (directory / signing.FILE).exists()
    assert cli.main(["log", "key", "--new", "--dir", str(directory)]) == 0
    made = capsys.readouterr().out.strip()
    assert VerifierKey.parse(made).name.startswith("husret/")
    assert cli.main(["log", "key", "--new", "--dir", str(directory)]) != 0
    assert "it is kept" in capsys.readouterr().err
    assert cli.main(["log", "key", "--dir", str(directory)]) == 0
    assert capsys.readouterr().out.strip() == made


def test_a_restored_instance_signs_with_the_same_key(directory: Path, tmp_path: Path) -> None:
    with Instance.open(directory) as instance:
        before = instance.signer().vkey
    backup.backup(directory, tmp_path / "copy")
    backup.restore(tmp_path / "copy", tmp_path / "again", key_file=directory / backup.MASTER_KEY)
    with Instance.open(tmp_path / "again") as instance:
        assert instance.signer().vkey == before


# --- Published


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    return tmp_path / "kept"


def test_each_growth_is_published_once_beside_the_latest(
    client: Client, instance: Instance, kept: Path
) -> None:
    publisher = Publisher(instance, kept, every=60)
    first = publisher.publish()
    assert publisher.publish() == first
    grow(client, 3)
    second = publisher.publish()
    names = sorted(each.name for each in kept.iterdir())
    assert names == sorted([str(first.size), str(second.size), LATEST])
    assert (kept / LATEST).read_text() == (kept / str(second.size)).read_text()
    for name, said in ((str(first.size), first), (LATEST, second)):
        assert open_checkpoint((kept / name).read_text(), instance.signer().vkey)[0] == said


def test_what_a_witness_has_signed_is_left(client: Client, instance: Instance, kept: Path) -> None:
    publisher = Publisher(instance, kept, every=60)
    size = publisher.publish().size
    witnessed = (kept / str(size)).read_text() + "— witness.example/w AAAAAAAAAAAA\n"
    (kept / str(size)).write_text(witnessed)
    (kept / LATEST).unlink()
    publisher.publish()
    assert (kept / str(size)).read_text() == witnessed
    assert len(Note.parse(witnessed).signatures) == 2


def test_a_log_that_does_not_continue_what_was_published_is_published_no_more(
    directory: Path, kept: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    backup.backup(directory, tmp_path / "older")
    with served(Instance.open(directory)) as client:
        grow(client, 3)
    with Instance.open(directory) as instance:
        Publisher(instance, kept, every=60).publish()
    before = (kept / LATEST).read_text()
    # The whole older state, as somebody with every key could bring it back.
    backup.restore(tmp_path / "older", tmp_path / "back", key_file=directory / backup.MASTER_KEY)
    with served(Instance.open(tmp_path / "back")) as client:
        grow(client, 9, "other")
    with Instance.open(tmp_path / "back") as instance:
        publisher = Publisher(instance, kept, every=0.1)
        with pytest.raises(LogAltered, match="does not continue"):
            publisher.publish()
        with caplog.at_level(logging.ERROR):
            publisher.start()
            publisher.stop()
    assert "no checkpoint is published" in caplog.text
    assert (kept / LATEST).read_text() == before
    arguments = ["log", "verify", "--dir", str(tmp_path / "back"), "--checkpoint"]
    assert cli.main([*arguments, str(kept / LATEST)]) == exits.DIFFERENT


def test_a_server_publishes_and_its_last_checkpoint_is_of_all_that_it_wrote(
    directory: Path, kept: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with serving(directory, publish=Publishing(kept, 60.0)) as server:
        client = Client(server.endpoint)
        grow(client, 4)
        head, vkey = client.head(), VerifierKey.parse(checkpoint(client).vkey)
        client.close()
    assert open_checkpoint((kept / LATEST).read_text(), vkey)[0].size == head
    arguments = ["log", "verify", str(directory / "log.db"), "--checkpoint", str(kept / LATEST)]
    assert cli.main([*arguments, "--vkey", str(vkey), "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert (said["found"], said["head_vouched"]) == ("0", False)
    assert cli.main(arguments) != 0
    assert "--vkey" in capsys.readouterr().err


def test_proofs_are_printed_for_the_size_that_was_asked(
    directory: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with served(Instance.open(directory)) as client:
        grow(client, 5)
    where = ["--dir", str(directory)]
    assert cli.main(["log", "prove", "2", "--size", "4", *where]) == 0
    assert "event 2 in the log of 4 events" in capsys.readouterr().out
    assert cli.main(["log", "prove", "--since", "2", "--size", "5", *where]) == 0
    assert "the log of 5 events continues that of 2" in capsys.readouterr().out
    assert cli.main(["log", "prove", *where]) != 0
