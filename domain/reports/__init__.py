"""What reports say, computed from the open facts as known at one position; no person is in it."""
