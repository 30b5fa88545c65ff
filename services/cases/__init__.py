"""The golden cases: what a lawyer writes in YAML, tried against the edition of the law."""
