"""Read models built from the event log: area status, allocation ledger, reports."""
