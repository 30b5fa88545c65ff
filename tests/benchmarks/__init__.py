"""Benchmarks: each line is a ratio against something real, taken in the same run."""
