"""Looking at a copy of an instance as an auditor does: what tells that it was altered.

First the instance is opened, then all is verified that `husret log verify` verifies, with the
checkpoint that was published and without it, then every answer is computed again.
"""

from __future__ import annotations

import shutil
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from domain.questions import PAGE_TYPES, RECEIPT_TYPES
from husret_verify.checkpoint import open_checkpoint
from husret_verify.note import VerifierKey
from projections.decisions import Filter
from services.answers.replay import replayed
from services.answers.screening import Screening
from services.answers.sealed_index import SealedIndex
from services.answers.searching import Search, Wanted
from services.answers.verifying import findings
from services.api.server import ServerError, opened_views
from services.instance import verifying
from services.instance.instance import InstanceError
from services.instance.signing import SigningKeyError
from services.instance.views import RowAltered, ViewBehind, Views
from services.log.port import StorageError
from services.persons.database import DatabaseError
from services.persons.master_key import MasterKeyError
from services.persons.reading import Erased, TamperedEvent
from services.persons.wrapping import KeyStoreError
from tests.altering.alterations import Alteration
from tests.altering.made import Made
from tests.answers.town import Town

REFUSED = (InstanceError, MasterKeyError, KeyStoreError, ServerError)
"""What says that an instance isn't opened, with what to do."""

ONLY_WITH_CHECKPOINT = ("checkpoint-size", "checkpoint-root", "vkey")


class Seen(NamedTuple):
    """What tells of an alteration."""

    refused: str = ""
    """Why the instance is not opened, by the name of the error; "": it is."""
    kinds: tuple[str, ...] = ()
    """The kinds of findings of `husret log verify` with the checkpoint; `vkey`: the instance would
    sign with another key than the published one."""
    read: tuple[str, ...] = ()
    """What reading and replaying came upon; looked for when nothing else was found."""

    @property
    def by(self) -> str:
        """Say by what it is found with the published checkpoint; "": it is not."""
        if self.refused:
            return f"not opened: {self.refused}"
        return ", ".join(self.kinds) or ", ".join(self.read)

    @property
    def without(self) -> str:
        """Say by what it is found without the checkpoint."""
        if self.refused:
            return self.by
        return ", ".join(k for k in self.kinds if k not in ONLY_WITH_CHECKPOINT) or ", ".join(
            self.read
        )


def tried(alteration: Alteration, made: Made) -> Seen:
    """Alter a copy of the instance, and look at it."""
    with TemporaryDirectory() as place:
        copy = Path(shutil.copytree(made.directory, Path(place) / "instance"))
        alteration.how(copy)
        return seen(copy, made)


def seen(directory: Path, made: Made) -> Seen:
    """Look at the instance in a directory, which holds a copy of the one that was made."""
    try:
        town = Town.reopened(directory)
    except REFUSED as error:
        return Seen(refused=type(error).__name__)
    with town:
        try:
            return _looked(town, made)
        except (*REFUSED, StorageError, DatabaseError) as error:
            return Seen(refused=type(error).__name__)


def _looked(town: Town, made: Made) -> Seen:
    key = VerifierKey.parse(made.vkey)
    checkpoint, _ = open_checkpoint(made.checkpoint, key)
    # In the order of `husret log verify`, and no further than needed: what else is found follows.
    kinds = {each.kind for each in verifying.findings(town.instance, checkpoint)}
    try:
        if town.instance.signer().vkey != key:
            kinds.add("vkey")
    except SigningKeyError:
        kinds.add("vkey")
    read: set[str] = set()
    receipts = town.answers.receipts
    if kinds <= set(ONLY_WITH_CHECKPOINT):
        views, moved, sealed = opened_views(town.instance, receipts)
        try:
            kinds |= {each.kind for each in findings(receipts, views, moved, sealed, checkpoint)}
            if kinds <= set(ONLY_WITH_CHECKPOINT):
                read = _read(town) | _searched(town, views, sealed)
        finally:
            views.stop()
            sealed.close()
    return Seen("", tuple(sorted(kinds)), tuple(sorted(read)))


def _searched(town: Town, views: Views, sealed: SealedIndex) -> set[str]:
    """Have every view follow, and open every answer by the index of decisions."""
    head = town.instance.log.head()
    try:
        for each in views.all:
            each.wait_for(head)
        search = Search(town.answers.receipts, Screening(town.instance), views.decisions, sealed)
        search.page(Wanted(Filter(), opened=True), 0, head, 1_000, town.reader)
    except (RowAltered, ViewBehind, TamperedEvent, Erased) as error:
        return {type(error).__name__}
    return set()


def _read(town: Town) -> set[str]:
    """Compute every answer again, and say what that comes upon."""
    found: set[str] = set()
    screening, receipts = Screening(town.instance), town.answers.receipts
    for event in town.instance.log.read():
        if event.type in RECEIPT_TYPES:
            replay = replayed(receipts, event, town.reader)
        elif event.type in PAGE_TYPES:
            replay = screening.replay(event, town.reader)
        else:
            continue
        if replay.differences:
            found.add("replay differs")
    return found
