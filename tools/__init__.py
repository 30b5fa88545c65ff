"""The scripts of the repository: generated code, wheels, mutation."""
