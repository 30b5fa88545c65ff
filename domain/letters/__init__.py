"""Letters about decisions: which there are, what each must say, and their words."""
