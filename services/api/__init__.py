"""The gRPC API: messages to domain and back, the services, and the server that carries them."""
