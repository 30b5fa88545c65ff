"""The scripts of the repository: generated code and pages, wheels, mutation."""
