"""Describe JSON over HTTP as OpenAPI 3.1, from the protos and their comments.

`python -m tools.openapi`, which `make proto` runs too, writes `services/http/openapi.json`, which
the server gives away at `/openapi.json`; a test fails when it is not current.
"""

from __future__ import annotations

import json
import tempfile
import tomllib
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path
from typing import Any

from google.protobuf.descriptor_pb2 import (
    DescriptorProto,
    EnumDescriptorProto,
    FieldDescriptorProto,
    FileDescriptorProto,
    FileDescriptorSet,
)

from tools.proto import PROTOS, ROOT, image

TARGET = ROOT / "services" / "http" / "openapi.json"
PACKAGE = "husret.v1"
ERROR = "Error"

_F = FieldDescriptorProto
_Json = dict[str, Any]
_SCALARS: dict[int, _Json] = {
    _F.TYPE_STRING: {"type": "string"},
    _F.TYPE_BOOL: {"type": "boolean"},
    _F.TYPE_INT32: {
        "type": "integer",
        "format": "int32",
        "minimum": -(2**31),
        "maximum": 2**31 - 1,
    },
    _F.TYPE_INT64: {
        "type": ["string", "integer"],
        "format": "int64",
        "pattern": "^-?(0|[1-9][0-9]{0,17})$",
        "minimum": -(2**63),
        "maximum": 2**63 - 1,
    },
    _F.TYPE_DOUBLE: {"type": "number", "format": "double"},
    _F.TYPE_BYTES: {"type": "string", "contentEncoding": "base64"},
}
_TIMESTAMP = ".google.protobuf.Timestamp"
_ERROR_SCHEMA: _Json = {
    "description": "google.rpc.Status: a code of google.rpc.Code, a message for people, and "
    "details, among them google.rpc.ErrorInfo with a reason of ErrorReason.",
    "type": "object",
    "required": ["error"],
    "properties": {
        "error": {
            "type": "object",
            "required": ["code", "message"],
            "properties": {
                "code": {"type": "integer"},
                "message": {"type": "string"},
                "details": {
                    "type": "array",
                    "items": {
                        "type": "object",
                        "required": ["@type"],
                        "properties": {
                            "@type": {"type": "string"},
                            "reason": {"$ref": f"#/components/schemas/{PACKAGE}.ErrorReason"},
                            "domain": {"type": "string"},
                            "metadata": {
                                "type": "object",
                                "additionalProperties": {"type": "string"},
                            },
                            "fieldViolations": {
                                "type": "array",
                                "items": {
                                    "type": "object",
                                    "properties": {
                                        "field": {"type": "string"},
                                        "description": {"type": "string"},
                                    },
                                },
                            },
                        },
                    },
                },
            },
        }
    },
}
_ABOUT = (
    "The contract of husret.v1 over HTTP: every method of the gRPC services is a POST with JSON. "
    "A field may be written in the name given here or in that of the protos; one that is unknown, "
    "twice there or null is an error. Where an answer comes in pages, each is one line of NDJSON; "
    "a last line with `error` says why not all came."
)


def document() -> str:
    """Return the description as text."""
    with tempfile.TemporaryDirectory() as scratch:
        target = Path(scratch) / "image"
        image(PROTOS, target)
        files = FileDescriptorSet.FromString(target.read_bytes()).file
    schemas: _Json = {}
    paths: _Json = {}
    for file in files:
        if file.package == PACKAGE:
            described = _File(file)
            schemas |= described.schemas()
            paths |= described.paths()
    schemas[ERROR] = _ERROR_SCHEMA
    with (ROOT / "pyproject.toml").open("rb") as project:
        version = tomllib.load(project)["project"]["version"]
    made = {
        "openapi": "3.1.0",
        "info": {
            "title": "husret",
            "version": version,
            "description": _ABOUT,
            "license": {"name": "EUPL-1.2", "identifier": "EUPL-1.2"},
        },
        "security": [{"token": []}],
        "paths": dict(sorted(paths.items())),
        "components": {
            "securitySchemes": {
                "token": {
                    "type": "http",
                    "scheme": "bearer",
                    "description": "What api.token in the instance's directory holds.",
                }
            },
            "schemas": dict(sorted(schemas.items())),
        },
    }
    return json.dumps(made, ensure_ascii=False, indent=1) + "\n"


class _File:
    """One proto, with its comments."""

    def __init__(self, file: FileDescriptorProto) -> None:
        self._file = file
        self._notes = {
            tuple(each.path): (each.leading_comments or each.trailing_comments)
            .strip()
            .replace("\n ", "\n")
            for each in file.source_code_info.location
        }

    def schemas(self) -> _Json:
        found: _Json = {}
        for index, message in enumerate(self._file.message_type):
            found |= self._message(message, f"{PACKAGE}.{message.name}", (4, index))
        for index, enum in enumerate(self._file.enum_type):
            found[f"{PACKAGE}.{enum.name}"] = self._enum(enum, (5, index))
        return found

    def paths(self) -> _Json:
        return dict(self._methods())

    def _methods(self) -> Iterator[tuple[str, _Json]]:
        for number, service in enumerate(self._file.service):
            for index, method in enumerate(service.method):
                answer = _reference(method.output_type)
                kind = "application/x-ndjson" if method.server_streaming else "application/json"
                post = {
                    "operationId": method.name,
                    "tags": [service.name],
                    **self._noted((6, number, 2, index)),
                    "requestBody": {
                        "required": True,
                        "content": {"application/json": {"schema": _reference(method.input_type)}},
                    },
                    "responses": {
                        "200": {
                            "description": "A line for each page"
                            if method.server_streaming
                            else "The answer",
                            "content": {kind: {"schema": answer}},
                        },
                        "default": {
                            "description": "Why not",
                            "content": {"application/json": {"schema": _reference(f".{ERROR}")}},
                        },
                    },
                }
                yield f"/{PACKAGE}.{service.name}/{method.name}", {"post": post}

    def _noted(self, path: tuple[int, ...]) -> _Json:
        note = self._notes.get(path)
        return {"description": note} if note else {}

    def _message(self, message: DescriptorProto, name: str, path: tuple[int, ...]) -> _Json:
        found: _Json = {}
        maps = {}
        for index, nested in enumerate(message.nested_type):
            if nested.options.map_entry:
                maps[f".{name}.{nested.name}"] = _one(nested.field[1])
            else:
                found |= self._message(nested, f"{name}.{nested.name}", (*path, 3, index))
        for index, enum in enumerate(message.enum_type):
            found[f"{name}.{enum.name}"] = self._enum(enum, (*path, 4, index))
        properties: _Json = {}
        choices: dict[int, list[str]] = {}
        for index, field in enumerate(message.field):
            schema = _one(field)
            if field.type_name in maps:
                schema = {"type": "object", "additionalProperties": maps[field.type_name]}
            elif field.label == _F.LABEL_REPEATED:
                schema = {"type": "array", "items": schema}
            properties[field.json_name] = {**schema, **self._noted((*path, 2, index))}
            if field.HasField("oneof_index") and not field.proto3_optional:
                choices.setdefault(field.oneof_index, []).append(field.json_name)
        schema = {
            "type": "object",
            **self._noted(path),
            "properties": properties,
            "additionalProperties": False,
        }
        choices = {index: names for index, names in choices.items() if len(names) > 1}
        if [len(properties)] == [len(names) for names in choices.values()]:
            schema["maxProperties"] = 1
        elif choices:
            # Of a choice at most one: no two of its names together.
            pairs = [pair for names in choices.values() for pair in combinations(names, 2)]
            schema["not"] = {"anyOf": [{"required": list(pair)} for pair in pairs]}
        found[name] = schema
        return found

    def _enum(self, enum: EnumDescriptorProto, path: tuple[int, ...]) -> _Json:
        values = [
            f"- `{value.name}`: {note}"
            for index, value in enumerate(enum.value)
            if (note := self._notes.get((*path, 2, index)))
        ]
        text = "\n".join(filter(None, [self._notes.get(path), *values]))
        return {
            "type": "string",
            "enum": [value.name for value in enum.value],
            **({"description": text} if text else {}),
        }


def _one(field: FieldDescriptorProto) -> _Json:
    if field.type_name == _TIMESTAMP:
        return {"type": "string", "format": "date-time"}
    return _reference(field.type_name) if field.type_name else _SCALARS[field.type]


def _reference(type_name: str) -> _Json:
    return {"$ref": f"#/components/schemas/{type_name[1:]}"}


if __name__ == "__main__":
    TARGET.write_text(document(), encoding="utf-8")
