"""Server reflection, in both versions that clients ask for: v1 and v1alpha.

The library has v1alpha alone. The two differ in nothing but the package's name, so v1 is answered
by the same servicer, and its file is described as that of v1alpha under the other name.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

import grpc
from google.protobuf import descriptor_pb2, descriptor_pool, text_format
from grpc_reflection.v1alpha import reflection, reflection_pb2

V1 = "grpc.reflection.v1.ServerReflection"
SERVICE_NAMES = (V1, reflection.SERVICE_NAME)


def enable(services: Iterable[str], server: grpc.Server) -> None:
    """Let clients of `server` ask for its services, and for the files that describe them."""
    _describe_v1()
    servicer = reflection.ReflectionServicer((*services, *SERVICE_NAMES))
    [method] = reflection_pb2.DESCRIPTOR.services_by_name["ServerReflection"].methods
    handler = grpc.stream_stream_rpc_method_handler(
        servicer.ServerReflectionInfo,
        reflection_pb2.ServerReflectionRequest.FromString,
        reflection_pb2.ServerReflectionResponse.SerializeToString,
    )
    for name in SERVICE_NAMES:
        server.add_registered_method_handlers(name, {method.name: handler})


@cache
def _describe_v1() -> None:
    """Make the file of v1 known to the process's pool of descriptors, once."""
    alpha = descriptor_pb2.FileDescriptorProto()
    reflection_pb2.DESCRIPTOR.CopyToProto(alpha)
    described = text_format.MessageToString(alpha).replace("v1alpha", "v1")
    v1 = text_format.Parse(described, descriptor_pb2.FileDescriptorProto())
    descriptor_pool.Default().AddSerializedFile(v1.SerializeToString())
