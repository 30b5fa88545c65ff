"""Everything of husret that runs: event log, key store, handlers, gRPC and command line."""
