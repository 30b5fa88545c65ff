"""The figures that are stated of housing areas, and the largest that each can be."""

from __future__ import annotations

LARGEST_FIGURE = {
    "unattached_share": 100,
    "convicted_share": 100,
    "basic_schooling_share": 100,
    "income_ratio": 300,  # per cent of the region's average, so it may lie above 100
    "nonwestern_share": 100,
}
"""The figures that every file has a column for, and the largest of each."""

LARGEST_OTHER_FIGURE = {
    "unattached_share_4_years": 100,
    "convicted_share_country": 100,
    "convicted_limit": 100,
    "convicted_share_adults": 100,
    "convicted_per_10000": 10_000,
    "outside_labour_market_share": 100,
}
"""The figures that a file has a column for where it states them, and the largest of each."""
