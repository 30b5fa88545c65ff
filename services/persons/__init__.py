"""Persons in the log: tokens, keys, sealed payloads, erasure, and who has read what."""
