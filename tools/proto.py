"""Generate the code of the protos, prove that it is current, and build images for buf.

    python -m tools.proto generate
    python -m tools.proto check
    python -m tools.proto image FOLDER FILE

The generators are `grpcio-tools` and `mypy-protobuf`, pinned exactly in the `dev` extra.
"""

from __future__ import annotations

import argparse
import importlib.metadata
import os
import sys
import sysconfig
import tempfile
from collections.abc import Sequence
from pathlib import Path

import grpc_tools
from grpc_tools import protoc

ROOT = Path(__file__).resolve().parent.parent
PROTOS = ROOT / "protos"
GENERATED = ("*_pb2.py", "*_pb2.pyi", "*_pb2_grpc.py", "*_pb2_grpc.pyi")


def compile_protos(folder: Path, options: Sequence[str]) -> None:
    """Run protoc over every proto below `folder`.

    Imports are looked for in `folder`, then among the well-known types that come with
    `grpcio-tools`, then in the installed `googleapis-common-protos`.

    Raises:
        SystemExit: there is no proto, or protoc refuses one (it has printed why).
    """
    files = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*.proto"))
    if not files:
        sys.exit(f"No .proto file below the folder {folder.name}/.")
    well_known = Path(grpc_tools.__file__).parent / "_proto"
    googleapis = importlib.metadata.distribution("googleapis-common-protos").locate_file("")
    includes = [f"--proto_path={place}" for place in (folder, well_known, googleapis)]
    # protoc starts the mypy plug-ins by name, and they stand beside this interpreter.
    os.environ["PATH"] = sysconfig.get_path("scripts") + os.pathsep + os.environ["PATH"]
    if protoc.main(["protoc", *includes, *options, *files]) != 0:
        sys.exit("protoc refused the protos; its message is above.")


def generate(target: Path) -> None:
    """Write the generated code of every proto below `target`, in the layout of the package."""
    compile_protos(
        PROTOS,
        [
            f"--python_out={target}",
            f"--grpc_python_out={target}",
            f"--mypy_out=quiet:{target}",
            f"--mypy_grpc_out=quiet:{target}",
        ],
    )


def generated_files(folder: Path) -> dict[str, bytes]:
    """Return the content of each generated file below `folder` by its relative path."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for pattern in GENERATED
        for path in folder.rglob(pattern)
    }


def replace_generated() -> None:
    """Write the generated code beside the protos and remove what no proto makes any more."""
    for name in generated_files(PROTOS):
        (PROTOS / name).unlink()
    generate(PROTOS)


def check() -> None:
    """Prove that the committed code is what the protos generate.

    Raises:
        SystemExit: a file differs, is missing, or has no proto any more; each is named.
    """
    with tempfile.TemporaryDirectory() as scratch:
        generate(Path(scratch))
        wanted = generated_files(Path(scratch))
    found = generated_files(PROTOS)
    stale = sorted(
        name for name in wanted.keys() | found.keys() if wanted.get(name) != found.get(name)
    )
    if stale:
        sys.exit(
            "Not current, run `make proto`:\n" + "\n".join(f"  protos/{name}" for name in stale)
        )
    print(f"The generated code is current ({len(wanted)} files).")


def image(folder: Path, target: Path) -> None:
    """Write the protos below `folder` and all they import as one descriptor set for buf.

    buf reads this instead of the folder because it could resolve the imports from
    googleapis only over the network.
    """
    compile_protos(
        folder,
        ["--include_imports", "--include_source_info", f"--descriptor_set_out={target}"],
    )


def main() -> None:
    """Run the command that the arguments name."""
    parser = argparse.ArgumentParser(prog="python -m tools.proto")
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("generate")
    commands.add_parser("check")
    image_parser = commands.add_parser("image")
    image_parser.add_argument("folder", type=Path)
    image_parser.add_argument("file", type=Path)
    arguments = parser.parse_args()
    if arguments.command == "generate":
        replace_generated()
    elif arguments.command == "check":
        check()
    else:
        image(arguments.folder.resolve(), arguments.file.resolve())


if __name__ == "__main__":
    main()
