"""Letters about recorded decisions."""
