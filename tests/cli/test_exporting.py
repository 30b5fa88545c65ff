"""`husret export`: the file of an answer, and `husret verify` on it with what was kept."""

from __future__ import annotations

from pathlib import Path

from services.cli import main as cli
from tests.cli.conftest import Capture, Husret, Running


def test_an_answer_is_exported_and_verified_against_what_was_kept(
    municipality: Running, husret: Husret, capsys: Capture, tmp_path: Path
) -> None:
    letting = municipality.letting
    home = letting.a_dwelling("proved-1")
    household, _ = letting.a_household()
    kept = tmp_path / "kept"
    kept.write_text(husret("log", "checkpoint").out.partition("\nNext:")[0], "utf-8")
    receipt = letting.receipt(household, home)
    vkey = husret("log", "key").out.split()[0]
    out = tmp_path / "out"
    done = husret("export", receipt, "--checkpoint", kept, "--out", out)
    assert (done.code, done.err) == (0, "")
    file = out / f"proof-{receipt[:8]}.json"
    assert done.may_follow[1] == f"verify {file} --vkey KEY"
    found = cli.main(
        ["verify", str(file), "--vkey", vkey, "--checkpoint", str(kept), "--language", "en"]
    )
    told = capsys.readouterr().out
    assert (found, told.partition(":")[0]) == (0, "VALID")
    assert receipt in told
    assert household not in file.read_text("utf-8")
    forged = file.read_text("utf-8").replace('"actor', '"aktor')
    file.write_text(forged, "utf-8")
    assert cli.main(["verify", str(file), "--vkey", vkey]) == 1


def test_a_checkpoint_of_another_log_is_a_wrong_field(
    municipality: Running, organisation: Running, husret: Husret, tmp_path: Path
) -> None:
    letting = municipality.letting
    household, _ = letting.a_household()
    receipt = letting.receipt(household, letting.a_dwelling("proved-2"))
    kept = tmp_path / "kept"
    kept.write_text(husret("log", "checkpoint", of=organisation).out, "utf-8")
    refused = husret("export", receipt, "--checkpoint", kept, "--out", tmp_path)
    assert refused.code == 1
    assert "checkpoint: " in refused.err
