"""The golden cases: what a lawyer writes in YAML, tried against the law package."""
