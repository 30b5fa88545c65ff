"""Asking, receipts, replay and the screening of waiting lists."""
