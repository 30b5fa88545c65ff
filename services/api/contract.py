"""What the contract has: every service of husret.v1, from the descriptors."""

from __future__ import annotations

import importlib
import pkgutil

from google.protobuf.descriptor import MethodDescriptor, ServiceDescriptor

import husret.v1


def _services() -> tuple[ServiceDescriptor, ...]:
    found = []
    for module in pkgutil.iter_modules(husret.v1.__path__):
        if module.name.endswith("_service_pb2"):
            loaded = importlib.import_module(f"husret.v1.{module.name}")
            found += loaded.DESCRIPTOR.services_by_name.values()
    return tuple(sorted(found, key=lambda each: str(each.full_name)))


SERVICES = _services()

METHODS: dict[str, MethodDescriptor] = {
    f"/{service.full_name}/{method.name}": method
    for service in SERVICES
    for method in service.methods
}
"""Every method by its path, the same on gRPC and HTTP."""

LARGEST_MESSAGE = 25 * 1024 * 1024
"""Most bytes of a request: a file of figures of 24 MiB and what stands beside it."""
