"""What the documents promise, held against the code where a test can."""

from __future__ import annotations

import argparse
import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest

from domain import events, facts
from domain.facts import Listing, ListKind
from domain.frame import FRAME_TYPE
from domain.law.area.lists import listing
from domain.questions import PAGE_TYPES, RECEIPT_TYPES
from projections import follower
from services.api import pages, server
from services.area_lists import shipped
from services.area_lists.file import AreaListFile
from services.area_lists.reading import parse
from services.cli import main as cli
from services.facts.municipalities import MADE_UP_MUNICIPALITY, municipalities, not_a_municipality
from services.http import app
from services.instance import views

ROOT = Path(__file__).resolve().parent.parent
PAGES = {
    path.relative_to(ROOT).as_posix(): path.read_text("utf-8")
    for path in (
        *(ROOT / "docs").glob("*.md"),
        *(ROOT / name for name in ("README.md", "CONTRIBUTING.md", "SECURITY.md")),
        ROOT / "deploy" / "README.md",
    )
}
ALL = "\n".join(PAGES.values())


# --- The command line -----------------------------------------------------------------------


def _commands() -> Iterator[tuple[str, list[str]]]:
    """Yield every command of husret that a page writes, in a block or within a sentence."""
    for name, page in PAGES.items():
        text = re.sub(r"\n(?=[a-z])", " ", page)  # a command may be broken over two lines
        for written in re.findall(r"`(?:\.venv/bin/)?(husret [^`]+)`", text):
            yield name, shlex.split(written)[1:]
        for written in re.findall(
            r"^    (?:\.venv/bin/|\S*/bin/)?(husret .*)$", page, re.MULTILINE
        ):
            yield name, shlex.split(written, comments=True)[1:]


def _choices(parser: argparse.ArgumentParser) -> dict[str, argparse.ArgumentParser]:
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            return dict(action.choices)
    return {}


@pytest.mark.parametrize(("page", "words"), list(_commands()), ids=lambda each: " ".join(each)[:60])
def test_every_command_that_a_page_names_exists_with_its_options(
    page: str, words: list[str]
) -> None:
    parser = cli.parser(*cli.COMMANDS)
    options = {name for action in parser._actions for name in action.option_strings}
    for word in words:
        known = _choices(parser)
        if word.startswith("--"):
            assert word.partition("=")[0] in options, (page, word)
        elif word.islower() and known:
            assert word in known, (page, word)
            parser = known[word]
            options |= {name for action in parser._actions for name in action.option_strings}


def test_commands_are_found_at_all() -> None:
    assert len(list(_commands())) > 20


def test_every_variable_that_a_page_names_is_read_and_every_one_read_is_named() -> None:
    named = set(re.findall(r"\bHUSRET_[A-Z_]*[A-Z]\b", ALL)) | {"PERSISTENCE_MODULE"}
    code = "\n".join(path.read_text("utf-8") for path in (ROOT / "services").rglob("*.py"))
    read = set(re.findall(r'"(HUSRET_[A-Z_]*[A-Z])"', code))
    read |= set(re.findall(r"\.(PERSISTENCE_MODULE)", code))  # the library's name for it
    read |= {"HUSRET_TLS_CERT", "HUSRET_TLS_KEY", "HUSRET_TLS_CLIENT_CA", "HUSRET_TLS_SERVER_CA"}
    assert read <= named
    assert named - read <= {"HUSRET_FULL"}


# --- Names ----------------------------------------------------------------------------------


def test_every_file_that_a_page_names_exists() -> None:
    found = re.findall(
        r"`((?:domain|services|projections|tests|tools|protos|deploy)/[^`\s]*)`", ALL
    )
    assert len(found) > 10
    missing = [name for name in set(found) if not list(ROOT.glob(name.rstrip("/")))]
    assert missing == []


def test_every_event_that_a_page_names_exists() -> None:
    known = {*events.BY_NAME, FRAME_TYPE, *RECEIPT_TYPES, *PAGE_TYPES}
    prefixes = {name.partition(".")[0] for name in known}
    found = {
        name
        for name in re.findall(r"`([a-z]+\.[a-z_0-9]+)`", ALL)
        if name.partition(".")[0] in prefixes
    }
    assert len(found) > 10
    assert found - known == set()


def test_every_tag_of_an_open_event_is_explained() -> None:
    used = {tag.text.partition(":")[0] for kind in events.EVENT_TYPES for tag in kind.tags}
    assert len(used) > 8
    table = PAGES["docs/formats.md"].partition("### Tags")[2].partition("###")[0]
    assert [tag for tag in sorted(used) if f"`{tag}" not in table] == []


def test_every_municipality_that_a_page_gives_as_an_example_is_one() -> None:
    codes = re.findall(r"--municipality[= ](\d+)|municipality=\"(\d+)\"", ALL)
    given = {code for pair in codes for code in pair if code}
    assert "0461" in given
    assert [code for code in given if not_a_municipality(code)] == []


# --- Numbers --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("page", "claim"),
    [
        ("docs/api.md", f"calls in progress get {server.GRACE:.0f} seconds"),
        ("docs/api.md", f"the body took more than {app.ARRIVAL:.0f} seconds"),
        ("docs/api.md", f"a body over {app.LARGEST_BODY // 2**20} MiB"),
        ("docs/api.md", f"when it reaches {pages.FULL_PAGE_BYTES // 2**20} MiB"),
        ("docs/views.md", f"Up to {follower.BATCH:,} positions are one batch"),
        ("docs/data.md", f"codes and names of the {len(municipalities()) - 1} municipalities"),
    ],
)
def test_a_number_in_a_page_is_the_one_in_the_code(page: str, claim: str) -> None:
    assert claim in PAGES[page]


def test_the_patience_that_a_page_promises_is_the_one_of_the_code() -> None:
    assert views.PATIENCE == 10
    assert "ten seconds at most" in PAGES["docs/views.md"]
    assert views.POLL == 0.1
    assert "ten times a second" in PAGES["docs/views.md"]


# --- The published lists --------------------------------------------------------------------


def _file(name: str) -> AreaListFile:
    return parse(shipped.read(name), name)


@pytest.mark.parametrize("name", [shipped.PUBLISHED, shipped.MADE_UP])
def test_the_files_hold_what_the_page_says_they_hold(name: str) -> None:
    file = _file(name)
    areas = {row.registered.area for row in file.areas}
    [line] = [each for each in PAGES["docs/data.md"].splitlines() if each.startswith(f"| `{name}`")]
    counted = f"{len(file.lists)} lists, and {len(file.areas)} rows about {len(areas)} areas"
    assert counted in line


def test_the_table_of_known_and_published_rows_is_that_of_the_file() -> None:
    file = _file(shipped.PUBLISHED)
    kinds = (
        ListKind.VULNERABLE,
        ListKind.PARALLEL_SOCIETY,
        ListKind.TRANSFORMATION,
        ListKind.PREVENTION,
    )
    lists = {(row.fact.list_day.isoformat(), row.fact.kind): row.fact for row in file.lists}
    lines = re.findall(r"^\| (\d{4}-\d\d-\d\d) \| (.*) \|$", PAGES["docs/data.md"], re.MULTILINE)
    assert {day for day, _ in lines} == {day for day, _ in lists}
    for day, said in lines:
        for kind, cell in zip(kinds, said.split(" | "), strict=True):
            held = lists.get((day, kind))
            if held is None:
                assert cell == "no such list"
                continue
            rows = [row.fact for row in file.areas if row.fact.list_day.isoformat() == day]
            on = sum(listing(row, kind) is Listing.ON for row in rows)
            unknown = sum(listing(row, kind) is Listing.UNKNOWN for row in rows)
            text = f"{on} of {held.published_total}"
            text = text if held.complete_nationwide else f"**{text}**"
            assert cell == text + (f", {unknown} unknown" if unknown else "")


def test_made_up_lists_name_no_total_and_are_complete_for_their_municipality() -> None:
    for row in _file(shipped.MADE_UP).lists:
        assert row.fact.published_total is None
        assert row.fact.complete_for == (MADE_UP_MUNICIPALITY,)


def test_every_kind_of_fact_is_one_that_the_formats_describe() -> None:
    page = PAGES["docs/formats.md"]
    kinds = [t.name for t in events.EVENT_TYPES if t.fact is not facts.Retracted]
    assert [name for name in kinds if f"`{name}`" not in page] == []
