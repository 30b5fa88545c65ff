"""A writer that is killed loses nothing it has acknowledged and leaves nothing half written."""

from __future__ import annotations

import random
import time
from collections import Counter

from tests.log.backends import SharedBackend
from tests.log.workers import BATCH, Worker
from tests.support import scaled


def test_a_killed_writer_loses_nothing_acknowledged_and_leaves_nothing_half_written(
    shared_backend: SharedBackend,
) -> None:
    chance = random.Random(1)
    acknowledged: list[str] = []
    for _ in range(scaled(4, 20)):
        writer = Worker("acknowledge", env=shared_backend.env)
        writer.start()
        wanted = chance.randint(5, 60)
        for number in writer.lines():
            acknowledged.append(number)
            wanted -= 1
            if wanted == 0:
                time.sleep(chance.uniform(0, 0.002))  # else it dies where it waits for a reader
                writer.process.kill()
        assert writer.process.wait() == -9

        log = shared_backend.open()
        events = log.read().all()
        assert [recorded.position for recorded in events] == list(range(1, len(events) + 1))
        assert all(recorded.is_intact() for recorded in events)
        times = [recorded.recorded_at for recorded in events]
        assert times == sorted(times)
        batches = Counter(recorded.tags[0].removeprefix("batch:") for recorded in events)
        assert set(batches.values()) == {BATCH}
        assert set(acknowledged) <= set(batches)
        # What was in flight when the writer died may be there, but nothing that came before.
        assert len(batches) <= len(acknowledged) + scaled(4, 20)
        log.close()
