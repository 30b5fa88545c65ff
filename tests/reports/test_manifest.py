"""A report's files and the manifest beside them: what was changed is told, and who signed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from husret_verify import checkpoint, note
from husret_verify.problems import Problem, Unreadable
from services.cli import main as cli
from services.reports import manifest
from services.reports.files import File
from services.reports.manifest import BadManifest, Manifest

LOG = "5c3f6a2e-0b1d-4e8f-9a77-1d2c3b4a5f60"
ORIGIN = f"husret/{LOG}"
KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
OTHER = Ed25519PrivateKey.from_private_bytes(bytes(range(1, 33)))
FILES = [File("svar.json", b"{}\n"), File("svar-fund.csv", b"a;b\r\n")]
VKEY = note.verifier_key(ORIGIN, KEY)


def a_manifest() -> Manifest:
    return Manifest.of(
        FILES,
        report="decision",
        log_id=LOG,
        position=140,
        edition="ab" * 32,
        language="da",
        command="husret report decision R --at-position 140 --language da --out .",
    )


def signed(key: Ed25519PrivateKey = KEY, name: str = ORIGIN) -> str:
    return note.sign(a_manifest().text(), name, key)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for file in FILES:
        (tmp_path / file.name).write_bytes(file.content)
    (tmp_path / "svar.manifest").write_text(signed())
    return tmp_path


def verify(folder: Path, *more: str) -> int:
    return cli.main(["report", "verify", str(folder / "svar.manifest"), *more])


def test_a_manifest_is_read_again_as_it_was_written() -> None:
    assert Manifest.parse(a_manifest().text()) == a_manifest()
    assert manifest.read(signed(), [VKEY]) == a_manifest()
    assert manifest.read(a_manifest().text()) == a_manifest()


def test_a_manifest_can_not_be_taken_for_a_checkpoint_of_the_log() -> None:
    with pytest.raises(Unreadable):
        checkpoint.open_checkpoint(signed(), VKEY)


@pytest.mark.parametrize(
    "written",
    [
        "",
        "{}\n",
        "[]\n",
        "1\n",
        a_manifest().text().replace('"version":1', '"version":2'),
        a_manifest().text().replace(",", ", ", 1),
        a_manifest().text()[:-1],
        a_manifest().text().replace('"position":140', '"position":140,"more":1'),
        a_manifest().text().replace('"files"', '"faces"'),
    ],
)
def test_what_is_no_manifest_is_refused(written: str) -> None:
    with pytest.raises(BadManifest):
        manifest.read(written)


@pytest.mark.parametrize(
    "written",
    [
        a_manifest().text(),
        signed(OTHER),
        signed().replace('"position":140', '"position":141'),
        signed(name="husret/another"),
        signed()[:-5] + "\n",
    ],
    ids=["unsigned", "another's", "changed", "another name", "cut"],
)
def test_what_the_logs_key_has_not_signed_is_refused(written: str) -> None:
    with pytest.raises(Problem):
        manifest.read(written, [VKEY])


def test_a_manifest_that_another_logs_key_has_signed_is_refused() -> None:
    other = note.verifier_key("husret/another", KEY)
    with pytest.raises(Problem, match="origin"):
        manifest.read(signed(name="husret/another"), [other])


def test_the_command_tells_what_is_equal_and_that_the_signature_is_right(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert verify(folder, "--vkey", str(VKEY)) == 0
    said = capsys.readouterr().out
    assert "svar-fund.csv: ens" in said
    assert "underskriften passer" in said
    assert a_manifest().command in said
    assert verify(folder, "--language", "en") == 0
    assert "was not checked" in capsys.readouterr().out
    assert verify(folder, "--vkey", str(note.verifier_key(ORIGIN, OTHER))) == 1
    assert "kendte nøgler" in capsys.readouterr().err


def test_the_command_tells_which_file_is_changed_or_gone(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "svar.json").write_bytes(b"{} \n")
    (folder / "svar-fund.csv").unlink()
    assert verify(folder, "--json") == 3
    found = json.loads(capsys.readouterr().out)["files"]
    assert {each["name"]: each["verdict"] for each in found} == {
        "svar.json": "different",
        "svar-fund.csv": "missing",
    }


def test_a_name_that_leads_out_of_the_folder_is_never_read(tmp_path: Path) -> None:
    (tmp_path / "outside").write_bytes(b"{}\n")
    inside = tmp_path / "inside"
    inside.mkdir()
    said = Manifest.of(
        [File("../outside", b"{}\n"), File(str(tmp_path / "outside"), b"{}\n")],
        **{n: v for n, v in a_manifest()._asdict().items() if n != "files"},
    )
    assert [each.verdict for each in manifest.check(said, inside)] == ["refused", "refused"]
