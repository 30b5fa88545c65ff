"""Walks that somebody could type, each run on a fresh instance."""
