"""What the contract has, on gRPC and HTTP alike; its services come from the descriptors."""

from __future__ import annotations

import importlib
import pkgutil

from google.protobuf.descriptor import FieldDescriptor, MethodDescriptor, ServiceDescriptor

import husret.v1


def _services() -> tuple[ServiceDescriptor, ...]:
    found = []
    for module in pkgutil.iter_modules(husret.v1.__path__):
        if module.name.endswith("_service_pb2"):
            loaded = importlib.import_module(f"husret.v1.{module.name}")
            found += loaded.DESCRIPTOR.services_by_name.values()
    return tuple(sorted(found, key=lambda each: str(each.full_name)))


SERVICES = _services()

PREFIX = "/husret.v1."
"""What the path of every method begins with; its service and its own name follow."""

METHODS: dict[str, MethodDescriptor] = {
    f"/{service.full_name}/{method.name}": method
    for service in SERVICES
    for method in service.methods
}
"""Every method by its path."""

LARGEST_MESSAGE = 25 * 1024 * 1024
"""Most bytes of a request: a file of figures of 24 MiB and what stands beside it."""

DOMAIN = "husret"
"""The domain of the google.rpc.ErrorInfo in every error."""

INTERNAL = "an error inside the server; its log has a line for it"
"""What is told of an error that is the server's own."""


def values_of_map(field: FieldDescriptor) -> FieldDescriptor | None:
    """Return the field that says what the values of a map are; None for what is no map."""
    entry = field.message_type
    if entry is None or not entry.GetOptions().map_entry:
        return None
    return entry.fields_by_name["value"]
