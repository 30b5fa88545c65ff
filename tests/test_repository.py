"""What must never stand in the repository, and what the domain must never do."""

from __future__ import annotations

import ast
import re
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest
import yaml

ROOT = Path(__file__).resolve().parent.parent
PRODUCT = ("protos", "domain", "services", "projections", "verify")

# Modules that act, keep time or make chance; everything else of the standard library is pure
# enough. import-linter knows the layers; this also sees imports inside a function.
IMPURE = {
    "asyncio",
    "concurrent",
    "cryptography",
    "eventsourcing",
    "google",
    "grpc",
    "husret",
    "husret_verify",
    "io",
    "multiprocessing",
    "os",
    "pathlib",
    "projections",
    "random",
    "secrets",
    "services",
    "shutil",
    "socket",
    "sqlite3",
    "subprocess",
    "sys",
    "tempfile",
    "threading",
    "time",
    "urllib",
}
IMPURE_CALLS = {
    "open",
    "print",
    "input",
    "date.today",
    "datetime.now",
    "datetime.today",
    "datetime.utcnow",
    "uuid.uuid1",
    "uuid.uuid4",
    "uuid1",
    "uuid4",
}

ORIGIN = (
    "ethnicity",
    "nationality",
    "country_of_origin",
    "birth_country",
    "religion",
    "mother_tongue",
    "descent",
)
REGISTRY_HOST = re.compile(
    r"\b(pypi\.org|pythonhosted\.org|registry\.(npmjs|yarnpkg)\.|npmjs\.com|proxy\.golang\.org"
    r"|docker\.io|ghcr\.io|(deb|archive|security)\.(debian|ubuntu)\.)"
)
MACHINE_PATH = re.compile(r"(?<![A-Za-z0-9_.])/(work|farm|root|home|Users|tmp)/")
SIBLING = re.compile(r"\bshared/(law|data|hooks|design|anchors|ecosystem)|\.\./shared\b")


@cache
def repository_files(*folders: str) -> list[Path]:
    """The files that are, or with the next commit would be, in the repository."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", "--", *folders],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    paths = (ROOT / name for name in sorted(set(listed.split("\0"))) if name)
    return [path for path in paths if path.is_file()]


def lines_with(pattern: re.Pattern[str], paths: list[Path]) -> list[str]:
    return [
        f"{path.relative_to(ROOT)}:{number}"
        for path in paths
        for number, line in enumerate(path.read_text(errors="replace").splitlines(), start=1)
        if pattern.search(line)
    ]


class Source(NamedTuple):
    """What these tests look for in a Python file."""

    imports: list[tuple[str, str]]
    """Places, and the module imported there."""
    calls: list[tuple[str, str]]
    """Places, and what is called there, as it is written."""
    identifiers: set[str]


@cache
def source(path: Path) -> Source:
    """Read a Python file, once for all tests."""
    found, name_of_file = Source([], [], set()), path.relative_to(ROOT)
    for node in ast.walk(ast.parse(path.read_text(errors="replace"))):
        match node:
            case ast.Import(names=names, lineno=line):
                found.imports.extend((f"{name_of_file}:{line}", alias.name) for alias in names)
            case ast.ImportFrom(module=str(module), level=0, lineno=line):
                found.imports.append((f"{name_of_file}:{line}", module))
            case ast.Call(func=ast.Name() | ast.Attribute() as called, lineno=line):
                found.calls.append((f"{name_of_file}:{line}", ast.unparse(called)))
            case ast.Name(id=name) | ast.arg(arg=name) | ast.Attribute(attr=name):
                found.identifiers.add(name)
            case ast.keyword(arg=str(name)) | ast.ClassDef(name=name):
                found.identifiers.add(name)
            case ast.FunctionDef(name=name) | ast.alias(name=name):
                found.identifiers.add(name)
            case ast.Constant(value=str(value)) if value.isidentifier():
                found.identifiers.add(value)  # the key of a dictionary, the name of a column
    return found


def domain_sources() -> Iterator[Source]:
    return map(source, sorted((ROOT / "domain").rglob("*.py")))


def has_word(identifier: str, word: str) -> bool:
    """Whether `word` stands in the identifier as whole parts: birthNationality has nationality."""
    parts = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", identifier).lower()
    return f"_{word}_" in f"_{parts}_"


@cache
def identifiers(path: Path) -> set[str]:
    """The names that a file gives to anything; words in comments and texts are left out."""
    if path.suffix == ".py":
        return source(path).identifiers
    text = path.read_text(errors="replace")
    if path.suffix == ".proto":
        return set(re.findall(r"\w+", re.sub(r"//.*|/\*.*?\*/", "", text, flags=re.DOTALL)))
    if path.suffix in {".yaml", ".yml", ".json"}:
        return set(re.findall(r"""^[\s\-{]*["']?(\w+)["']?\s*:""", text, flags=re.MULTILINE))
    if path.suffix == ".csv":
        return set(re.findall(r"\w+", text.partition("\n")[0]))
    return set()


def test_the_domain_imports_nothing_that_acts_or_keeps_time() -> None:
    found = [
        f"{place} imports {module}"
        for read in domain_sources()
        for place, module in read.imports
        if module.split(".")[0] in IMPURE
    ]
    assert found == []


def test_the_domain_asks_no_clock_opens_no_file_and_draws_no_lot() -> None:
    found = [
        f"{place} calls {called}"
        for read in domain_sources()
        for place, called in read.calls
        if any(called == call or called.endswith(f".{call}") for call in IMPURE_CALLS)
    ]
    assert found == []


def test_no_file_names_the_host_of_a_package_registry() -> None:
    assert lines_with(REGISTRY_HOST, repository_files()) == []


def test_no_file_holds_a_path_of_one_machine() -> None:
    assert lines_with(MACHINE_PATH, repository_files()) == []


def test_nothing_reads_the_folder_beside_the_repository() -> None:
    assert lines_with(SIBLING, repository_files()) == []


@pytest.mark.parametrize("word", ORIGIN)
def test_no_name_in_the_product_is_an_attribute_of_origin(word: str) -> None:
    found = [
        f"{path.relative_to(ROOT)}: {name}"
        for path in repository_files(*PRODUCT)
        for name in sorted(identifiers(path))
        if has_word(name, word)
    ]
    assert found == []


@pytest.mark.parametrize("name", ["nationality", "birth_country_code", "ownReligion", "Descent"])
def test_a_name_of_origin_is_recognised_in_any_spelling(name: str) -> None:
    assert any(has_word(name, word) for word in ORIGIN)


@pytest.mark.parametrize("name", ["descending", "international", "citizenship_condition_met"])
def test_a_name_that_only_sounds_like_origin_is_left_alone(name: str) -> None:
    assert not any(has_word(name, word) for word in ORIGIN)


FIRST_TEXTS = re.compile(r"domain\.law\.all_texts|domain\.law import .*\ball_texts")


def test_nobody_but_an_edition_names_the_texts_of_the_first_one() -> None:
    files = [path for path in repository_files() if path.suffix == ".py"]
    found = lines_with(FIRST_TEXTS, files)
    assert [each.rpartition("/")[0] for each in found] == ["domain/law/editions"]


STORE = re.compile(r"sqlite|log\.db", re.IGNORECASE)
STORES = ("services/log/", "services/persons/", "projections/")


def test_nothing_but_the_stores_knows_how_the_log_is_stored() -> None:
    files = [
        path
        for path in repository_files("domain", "services", "projections")
        if path.suffix == ".py" and not str(path.relative_to(ROOT)).startswith(STORES)
    ]
    assert len(files) > 100
    assert lines_with(STORE, files) == []


def test_publiccode_has_what_the_standard_demands() -> None:
    table = yaml.safe_load((ROOT / "publiccode.yml").read_text())
    demanded = {
        "publiccodeYmlVersion",
        "name",
        "url",
        "platforms",
        "categories",
        "developmentStatus",
        "softwareType",
        "description",
        "legal",
        "maintenance",
        "localisation",
    }
    assert demanded <= table.keys()
    assert table["legal"]["license"] == "EUPL-1.2"
    assert set(table["description"]) == set(table["localisation"]["availableLanguages"])
    for language, described in table["description"].items():
        assert len(described["shortDescription"]) <= 150, language
        assert 150 <= len(described["longDescription"]) <= 10_000, language
