"""JSON over HTTP: the same contract, in a process beside the gRPC server that it forwards to."""
