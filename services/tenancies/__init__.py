"""A dwelling's life from vacancy to the end of its tenancy, each step on answers that hold."""
