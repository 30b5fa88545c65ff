"""Signed notes and checkpoints: the examples of C2SP, Go's tests of notes, and every limit."""

from __future__ import annotations

import base64

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from husret_verify.checkpoint import Checkpoint, open_checkpoint
from husret_verify.merkle import EMPTY_ROOT
from husret_verify.note import (
    COSIGNATURE,
    MOST_BYTES,
    Note,
    Signature,
    VerifierKey,
    cosigned,
    open_note,
    sign,
    verifier_key,
)
from husret_verify.problems import NotValid, Problem, Unreadable

# C2SP signed-note, "Example".
EXAMPLE_KEY = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k"
EXAMPLE = (
    "This is an example message.\n\n"
    "— example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuw"
    "HjG1Yu72IneyaQM=\n"
)
# C2SP signed-note, "Note": a text with an empty line of its own.
QUASIMODO = (
    "Ognuno sta solo sul cuor della terra\ntrafitto da un raggio di sole:\n\n"
    "ed è subito sera.\n\n"
    "— quasimodo.example/salvatore NnugSzTjtVAewIS+Z/iJhUPeFDkO/5QQ2i5ddnGITLlC+EhfLW9oJKONrM"
    "ouFSQU0"
    "xMcXxj99ihAQwaqP3ZekRwNtIc=\n"
)
# C2SP tlog-cosignature: a checkpoint with the cosignature of a witness.
BEHIND_THE_SOFA = (
    "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n\n"
    "— example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Z"
    "hcyv2q1g"
    "GzGku9nTo+zyWE+xeMcTOAYQ8=\n"
    "— witness.example.com/w1 jWbPPwAAAABkGFDLEZMHwSRaJNiIDoe9DYn/zXcrtPHeolMI5OWXEhZCB9dlrDJ"
    "sX3b2oyi"
    "n1nPZqhf5nNo0xUe+mbIUBkBIfZ+qnA==\n"
)
# golang.org/x/mod/sumdb/note.
PETER = VerifierKey.parse("PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW")
PETER_SEED = base64.b64decode("AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz")[1:]
ENOCH = VerifierKey.parse("EnochRoot+af0cfe78+ATtqJ7zOtqQtYqOo0CpvDXNlMhV3HeJDpjrASKGLWdop")
TEXT = (
    "If you think cryptography is the answer to your problem,\n"
    "then you don't know what your problem is.\n"
)
PETER_LINE = (
    "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngo"
    "tpRZb6KE6"
    "RyyBwJnAM=\n"
)
ENOCH_LINE = (
    "— EnochRoot rwz+eBzmZa0SO3NbfRGzPCpDckykFXSdeX+MNtCOXm2/5n2tiOHp+vAF1aGrQ5ovTG01oOTGwnWL"
    "ox33WWd1Rv"
    "Mc+QQ=\n"
)

LOG = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
WITNESS = Ed25519PrivateKey.from_private_bytes(bytes(range(1, 33)))
ORIGIN = "husret/6f1c8bd2-3f2e-4d9f-9a5a-0c3c5a1d7e10"
LOG_KEY = verifier_key(ORIGIN, LOG)
WITNESS_KEY = verifier_key("witness.example/1", WITNESS, COSIGNATURE)
CHECKPOINT = Checkpoint(ORIGIN, 5, bytes(range(32)))


def cosignature(text: str, time: int, key: VerifierKey = WITNESS_KEY) -> Signature:
    signature = WITNESS.sign(cosigned(text, time))
    return Signature(key.name, key.id, time.to_bytes(8, "big") + signature)


def test_the_example_of_the_specification_is_verified() -> None:
    opened = open_note(EXAMPLE, [VerifierKey.parse(EXAMPLE_KEY)])
    assert opened.text == "This is an example message.\n"
    assert [str(key) for key in opened.signed] == [EXAMPLE_KEY]


def test_the_example_is_not_verified_with_a_letter_changed() -> None:
    with pytest.raises(NotValid, match=r"signature: key example\.com/foo"):
        open_note(EXAMPLE.replace("This", "That"), [VerifierKey.parse(EXAMPLE_KEY)])


@pytest.mark.parametrize("note", [EXAMPLE, QUASIMODO, BEHIND_THE_SOFA])
def test_a_note_is_written_as_it_was_read(note: str) -> None:
    assert str(Note.parse(note)) == note


def test_the_text_of_a_note_may_hold_an_empty_line() -> None:
    note = Note.parse(QUASIMODO)
    assert note.text.endswith("di sole:\n\ned è subito sera.\n")
    assert [each.name for each in note.signatures] == ["quasimodo.example/salvatore"]


def test_the_checkpoint_of_the_specification_is_read() -> None:
    note = Note.parse(BEHIND_THE_SOFA)
    read = Checkpoint.parse(note.text)
    assert (read.origin, read.size) == ("example.com/behind-the-sofa", 20852163)
    assert read.text() == note.text
    assert [each.name for each in note.signatures] == [
        "example.com/behind-the-sofa",
        "witness.example.com/w1",
    ]


def test_a_cosignature_is_over_the_words_of_the_specification() -> None:
    text = Note.parse(BEHIND_THE_SOFA).text
    assert cosigned(text, 1679315147).decode() == (
        "cosignature/v1\ntime 1679315147\nexample.com/behind-the-sofa\n20852163\n"
        "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n"
    )


def test_a_vkey_is_read_whole_or_not_at_all() -> None:
    vkey = str(PETER)
    parts = {vkey[start:end] for start in range(len(vkey)) for end in range(start + 1, len(vkey))}
    parts |= {vkey[start:] for start in range(1, len(vkey))}
    changed = {vkey[:n] + chr(ord(vkey[n]) + 1) + vkey[n + 1 :] for n in range(len(vkey))}
    for wrong in parts | changed:
        with pytest.raises(Unreadable):
            VerifierKey.parse(wrong)


@pytest.mark.parametrize(
    ("vkey", "code"),
    [
        # Of Go's tests: a key of the wrong length, and of an unknown kind, each with its id.
        ("PeterNeumann+cc469956+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TWBADKEY==", "vkey_form"),
        ("PeterNeumann+173116ae+ZRpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW", "vkey_kind"),
        ("PeterNeumann+C74F20A3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW", "vkey_form"),
        ("PeterNeumann+c74f20a3\n+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW", "vkey_form"),
        ("PeterNeumann+c74f20a4+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW", "vkey_id"),
        ("Peter Neumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW", "vkey_form"),
        ("+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW", "vkey_form"),
        ("PeterNeumann+c74f20a3+", "vkey_form"),
        ("", "vkey_form"),
    ],
)
def test_a_wrong_vkey_is_refused_with_its_fault(vkey: str, code: str) -> None:
    with pytest.raises(Unreadable) as refused:
        VerifierKey.parse(vkey)
    assert refused.value.code == code


def test_a_signature_is_the_one_that_go_makes() -> None:
    seed = Ed25519PrivateKey.from_private_bytes(PETER_SEED)
    assert sign(TEXT, "PeterNeumann", seed) == f"{TEXT}\n{PETER_LINE}"


def test_a_signature_of_the_same_key_is_replaced_and_others_are_kept() -> None:
    seed = Ed25519PrivateKey.from_private_bytes(PETER_SEED)
    bad = Signature("PeterNeumann", PETER.id, b"bad")
    enoch = Note.parse(f"{TEXT}\n{ENOCH_LINE}").signatures
    assert sign(TEXT, "PeterNeumann", seed, (bad, *enoch)) == f"{TEXT}\n{ENOCH_LINE}{PETER_LINE}"


@pytest.mark.parametrize(
    ("text", "name"), [("abc", "name"), (TEXT, "bad name"), (TEXT, "a+b"), ("a\tb\n", "name")]
)
def test_what_no_note_can_carry_is_not_signed(text: str, name: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011  # a text of ours, or Unreadable which is one
        sign(text, name, LOG)


def test_signatures_of_keys_that_are_not_given_are_kept_as_unknown() -> None:
    opened = open_note(f"{TEXT}\n{PETER_LINE}{ENOCH_LINE}", [PETER])
    assert opened.signed == (PETER,)
    assert [each.line() for each in opened.unknown] == [ENOCH_LINE]
    both = open_note(f"{TEXT}\n{PETER_LINE}{ENOCH_LINE}", [PETER, ENOCH])
    assert both.signed == (PETER, ENOCH)
    assert both.unknown == ()


def test_a_note_that_no_known_key_signed_is_not_valid() -> None:
    with pytest.raises(NotValid, match="unsigned"):
        open_note(f"{TEXT}\n{PETER_LINE}{ENOCH_LINE}", [])


def test_a_signature_that_stands_twice_counts_once() -> None:
    opened = open_note(f"{TEXT}\n{PETER_LINE * 2}{ENOCH_LINE * 2}", [PETER])
    assert (len(opened.signed), len(opened.unknown)) == (1, 1)


def test_one_wrong_signature_of_a_known_key_refuses_the_note() -> None:
    wrong = PETER_LINE.replace("JnAM=", "JnAQ=")
    with pytest.raises(NotValid, match="signature: key PeterNeumann"):
        open_note(f"{TEXT}\n{PETER_LINE}{wrong}", [PETER])


def test_two_keys_of_one_name_and_id_are_refused() -> None:
    class Same(VerifierKey):
        @property
        def id(self) -> bytes:
            return PETER.id

    with pytest.raises(Unreadable, match="ambiguous_key"):
        open_note(f"{TEXT}\n{PETER_LINE}", [PETER, Same(PETER.name, 1, ENOCH.public)])


@pytest.mark.parametrize(
    "note",
    [
        "",
        TEXT,
        f"{TEXT}\n",
        f"{TEXT}\n{PETER_LINE[:-1]}",
        f"\x01{TEXT}\n{PETER_LINE}",
        f"{TEXT}\r\n\n{PETER_LINE}",
        f"\udcff{TEXT}\n{PETER_LINE}",
        f"{TEXT}\n{PETER_LINE.replace('PeterNeumann', 'Bad Name')}",
        f"{TEXT}\n{PETER_LINE.replace('PeterNeumann', 'Bad+Name')}",
        f"{TEXT}\n" + PETER_LINE.replace("PeterNeumann", "Bad\u2003Name"),
        f"{TEXT}\n{PETER_LINE}Unexpected line.\n",
        f"{TEXT}\n{PETER_LINE.replace('— ', '- ')}",
        f"{TEXT}\n{PETER_LINE.replace('JnAM=', 'JnAM')}",
        f"{TEXT}\n{PETER_LINE.replace('JnAM=', 'JnAN=')}",  # an unused bit is set
        f"{TEXT}\n— PeterNeumann x08gow==\n",  # an id without a signature
        f"{TEXT}\n— PeterNeumann\n",
        f"{TEXT}\n{PETER_LINE * 101}",
        f"{'a' * MOST_BYTES}\n\n{PETER_LINE}",
    ],
    ids=range(18),
)
def test_what_is_no_note_is_said_to_be_none(note: str) -> None:
    with pytest.raises(Unreadable, match="note_"):
        open_note(note, [PETER])


def test_sixteen_signatures_and_more_are_read() -> None:
    others = [Signature(f"key{number}", b"abcd", bytes(5_000)) for number in range(99)]
    note = Note.parse(sign(TEXT, ORIGIN, LOG, others))
    assert len(note.signatures) == 100


def test_a_checkpoint_is_opened_with_its_log_and_its_witness() -> None:
    text = CHECKPOINT.text()
    note = sign(text, ORIGIN, LOG, [cosignature(text, 1679315147)])
    read, opened = open_checkpoint(note, LOG_KEY, [WITNESS_KEY])
    assert read == CHECKPOINT
    assert opened.cosigned == ((WITNESS_KEY, 1679315147),)
    unasked = open_checkpoint(note, LOG_KEY)[1]
    assert [each.name for each in unasked.unknown] == [WITNESS_KEY.name]


def test_a_cosignature_of_another_time_or_text_is_refused() -> None:
    text = CHECKPOINT.text()
    good = cosignature(text, 1679315147)
    later = (1679315148).to_bytes(8, "big") + good.signature[8:]
    endless = (2**63).to_bytes(8, "big") + WITNESS.sign(cosigned(text, 2**63))
    plain = WITNESS.sign(text.encode())
    for signature in (later, endless, plain, b"short"):
        wrong = Signature(good.name, good.key_id, signature)
        with pytest.raises(NotValid, match=r"signature: key witness\.example/1"):
            open_checkpoint(sign(text, ORIGIN, LOG, [wrong]), LOG_KEY, [WITNESS_KEY])


def test_a_witness_alone_does_not_stand_in_for_the_log() -> None:
    text = CHECKPOINT.text()
    note = str(Note(text, (cosignature(text, 1),)))
    with pytest.raises(NotValid, match="not_signed_by"):
        open_checkpoint(note, LOG_KEY, [WITNESS_KEY])


def test_a_witness_that_is_asked_for_must_have_signed() -> None:
    with pytest.raises(NotValid, match=r"not_witnessed: key witness\.example/1"):
        open_checkpoint(sign(CHECKPOINT.text(), ORIGIN, LOG), LOG_KEY, [WITNESS_KEY])


def test_a_key_vouches_for_the_log_of_its_name_alone() -> None:
    text = Checkpoint("husret/another", 5, bytes(32)).text()
    with pytest.raises(NotValid, match="origin: origin husret/another"):
        open_checkpoint(sign(text, ORIGIN, LOG), LOG_KEY)


def test_a_checkpoint_keeps_its_extension_lines() -> None:
    extended = Checkpoint(ORIGIN, 5, bytes(32), ("more", "and more"))
    assert Checkpoint.parse(extended.text()) == extended


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("", 1),
        ("origin\n", 2),
        ("origin\n5\n", 3),
        ("origin\n5\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=", 3),
        ("\n5\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n", 1),
        ("origin\n05\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n", 2),
        ("origin\n-5\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n", 2),
        ("origin\n٥\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n", 2),
        ("origin\n0xabcdef\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n", 2),
        ("origin\n9223372036854775808\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n", 2),
        (f"origin\n{'9' * 5000}\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n", 2),
        ("origin\n5\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2J=\n", 3),
        ("origin\n5\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxqw==\n", 3),
        ("origin\n0\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n", 3),
        ("origin\n5\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n\nmore\n", 4),
    ],
    ids=range(15),
)
def test_what_is_no_checkpoint_is_refused_with_its_line(text: str, line: int) -> None:
    with pytest.raises(Unreadable, match=f"checkpoint_form: line {line}"):
        Checkpoint.parse(text)


def test_the_empty_tree_has_a_checkpoint() -> None:
    empty = Checkpoint(ORIGIN, 0, EMPTY_ROOT)
    assert Checkpoint.parse(empty.text()) == empty


def test_a_line_with_a_line_feed_is_not_written() -> None:
    with pytest.raises(ValueError, match="line"):
        Checkpoint("two\nlines", 5, bytes(32)).text()


@given(st.text())
def test_whatever_text_is_read_is_written_back_or_refused(text: str) -> None:
    for read in (Note.parse, VerifierKey.parse):
        try:
            assert str(read(text)) == text
        except Problem:
            continue
    try:
        assert Checkpoint.parse(text).text() == text
    except Problem:
        return
