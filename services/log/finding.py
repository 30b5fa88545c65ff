"""What verifying finds: something that is not as it must be, and where."""

from __future__ import annotations

from typing import NamedTuple


class Finding(NamedTuple):
    """Something that does not follow from what it must follow from. It names nobody."""

    kind: str
    """A word such as `event-altered`; whoever yields it lists its words."""
    place: str
    """A position, or a table and a row, e.g. `event at position 17`."""
