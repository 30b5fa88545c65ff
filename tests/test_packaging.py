"""The three distributions: what they hold, what they require, and that they agree."""

from __future__ import annotations

import ast
import importlib.metadata
import re
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parent.parent
SERVER_PACKAGES = {"domain", "services", "projections"}


def project(folder: Path) -> dict[str, Any]:
    with (folder / "pyproject.toml").open("rb") as file:
        table: dict[str, Any] = tomllib.load(file)["project"]
    return table


def names(requirements: list[str]) -> set[str]:
    return {re.split(r"[\[<>=!~ ]", requirement)[0].lower() for requirement in requirements}


def wheel_files(folder: Path, target: Path) -> set[str]:
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(target)]
    subprocess.run(command, cwd=folder, check=True, capture_output=True)
    (wheel,) = target.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        return {name for name in archive.namelist() if ".dist-info/" not in name}


def source_files(folder: Path, *packages: str) -> set[str]:
    return {
        path.relative_to(folder).as_posix()
        for package in packages
        for path in (folder / package).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }


def third_party_imports(*packages: str) -> set[str]:
    found: set[str] = set()
    for path in (path for package in packages for path in (ROOT / package).rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Import):
                found |= {alias.name for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                found.add(node.module)
    own = SERVER_PACKAGES | {"husret", "husret_verify"} | sys.stdlib_module_names
    return {name for name in found if name.split(".")[0] not in own}


def distributions_of(module: str) -> set[str]:
    """The installed distributions that could provide `module`; google is shared by two."""
    if module.startswith("google."):
        second = module.split(".")[1]
        return {"protobuf" if second == "protobuf" else "googleapis-common-protos"}
    top = module.split(".")[0]
    providers = importlib.metadata.packages_distributions().get(top, [])
    return {provider.lower().replace("_", "-") for provider in providers}


@pytest.mark.parametrize("folder", ["protos", "verify"])
def test_the_server_requires_the_others_of_its_own_version(folder: str) -> None:
    server, other = project(ROOT), project(ROOT / folder)
    assert server["version"] == other["version"]
    assert f"{other['name']}=={other['version']}" in server["dependencies"]


def test_the_changelog_names_the_version() -> None:
    assert f"## {project(ROOT)['version']}" in (ROOT / "CHANGELOG.md").read_text()


def test_the_client_requires_nothing_but_grpc_and_protobuf() -> None:
    required = names(project(ROOT / "protos")["dependencies"])
    assert required == {"grpcio", "protobuf", "googleapis-common-protos"}


def test_the_verifier_requires_nothing_but_cryptography() -> None:
    assert names(project(ROOT / "verify")["dependencies"]) == {"cryptography"}
    assert third_party_imports("verify") <= {
        "cryptography.exceptions",
        "cryptography.hazmat.primitives.asymmetric.ed25519",
    }


@pytest.mark.parametrize("folder", [".", "protos", "verify"], ids=["server", "client", "verifier"])
def test_every_requirement_has_a_lower_and_an_upper_bound(folder: str) -> None:
    table = project(ROOT / folder)
    extras = table.get("optional-dependencies", {}).values()
    requirements = [*table["dependencies"], *(line for extra in extras for line in extra)]
    assert [line for line in requirements if not re.search(r"==|>=.*,<", line)] == []


def test_the_server_declares_every_package_it_imports() -> None:
    declared = names(project(ROOT)["dependencies"])
    missing = {
        module
        for module in third_party_imports(*SERVER_PACKAGES)
        if not distributions_of(module) & declared
    }
    assert missing == set()


def test_the_wheel_of_the_server_holds_its_three_packages_whole(tmp_path: Path) -> None:
    files = wheel_files(ROOT, tmp_path)
    assert files == source_files(ROOT, *SERVER_PACKAGES)
    assert {f"{package}/py.typed" for package in SERVER_PACKAGES} <= files


def test_the_wheel_of_the_client_holds_the_contract_and_its_types(tmp_path: Path) -> None:
    files = wheel_files(ROOT / "protos", tmp_path)
    assert files == source_files(ROOT / "protos", "husret")
    assert "husret/py.typed" in files
    for proto in (ROOT / "protos" / "husret").rglob("*.proto"):
        stem = proto.relative_to(ROOT / "protos").with_suffix("").as_posix()
        assert {f"{stem}.proto", f"{stem}_pb2.py", f"{stem}_pb2.pyi"} <= files


def test_the_wheel_of_the_verifier_holds_its_package_whole(tmp_path: Path) -> None:
    files = wheel_files(ROOT / "verify", tmp_path)
    assert files == source_files(ROOT / "verify", "husret_verify")
    assert "husret_verify/py.typed" in files
