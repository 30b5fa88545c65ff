"""The area lists that come with husret."""

from __future__ import annotations

from importlib import resources

PUBLISHED = "published_area_lists.csv"
MADE_UP = "made_up_area_lists.csv"


def read(name: str) -> bytes:
    """Return a file that comes with husret: PUBLISHED or MADE_UP."""
    return (resources.files("services.area_lists") / name).read_bytes()
