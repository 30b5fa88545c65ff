"""The event log: its port, its recorders and what runs around them."""
