"""A coverage-guided fuzzer (Atheris) on every reader of the verifier and on the verdict itself.

    python -m tests.verify.fuzz_coverage -runs=200000

Options are those of libFuzzer. It looks for inputs that reach code which no input reached before;
what must hold is what the other fuzzing holds to: a Problem or the same verdict, never a crash,
and one spelling of each payload.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["husret_verify"]):
    from husret_verify import receipt
    from husret_verify.checkpoint import Checkpoint
    from husret_verify.note import Note, VerifierKey
    from husret_verify.problems import Problem
    from husret_verify.verifying import Refused, verify

from tests.verify.made import Log
from tests.verify.mutating import judged, read_back, worlds


def _file(data: bytes) -> None:
    of, proved, _ = worlds()[0]
    judged(data, of, proved)


def _payload(data: bytes) -> None:
    read_back(data)


def _held(data: bytes) -> None:
    """The bytes as a payload that a log really holds, so that all that follows is judged too."""
    log = Log()
    frame = log.frame()
    answer = log.append("decision.referral", data, metadata=b"{}")
    try:
        verify(log.bundle(answer, frame, 2), log.key)
    except Refused:
        return
    assert read_back(data)


def _frame(data: bytes) -> None:
    receipt.read_frame(data)


def _note(data: bytes) -> None:
    text = data.decode("utf-8", "surrogateescape")
    note = Note.parse(text)
    assert str(note).startswith(note.text)
    Checkpoint.parse(note.text)


def _checkpoint(data: bytes) -> None:
    text = data.decode("utf-8", "replace")
    assert Checkpoint.parse(text).text() == text


def _key(data: bytes) -> None:
    text = data.decode("utf-8", "replace")
    assert str(VerifierKey.parse(text)) == text


_TARGETS: tuple[Callable[[bytes], None], ...] = (
    _file,
    _payload,
    _held,
    _frame,
    _note,
    _checkpoint,
    _key,
)


def one_input(data: bytes) -> None:
    """Give the input to the target that its first byte chooses."""
    if not data:
        return
    try:
        _TARGETS[data[0] % len(_TARGETS)](data[1:])
    except Problem:
        return


def seeds(folder: Path) -> None:
    """Write one good input of each kind, from which the fuzzer goes on."""
    log = Log()
    held = log.answer(log.frame()).data
    for of, _, text in worlds():
        good = (
            # A page is valid too, and says something else: it would be called falsely valid.
            worlds()[0][2] if of.answer.type.startswith(receipt.PAGE_PREFIX) else text,
            of.answer.data,
            held,
            of.frame.data,
            of.bundle.checkpoint.encode(),
            of.log.head(30).text().encode(),
            str(of.log.key).encode(),
        )
        for number, each in enumerate(good):
            (folder / f"{of.answer.type}-{len(text)}-{number}").write_bytes(bytes((number,)) + each)


def main() -> None:
    """Run until libFuzzer's options say that it is enough, or an input fails."""
    with tempfile.TemporaryDirectory(prefix="husret-fuzz-") as corpus:
        seeds(Path(corpus))
        options = ["-max_len=8192", f"-artifact_prefix={corpus}/", *sys.argv[1:]]
        atheris.Setup([sys.argv[0], *options, corpus], one_input)
        atheris.Fuzz()


if __name__ == "__main__":
    main()
