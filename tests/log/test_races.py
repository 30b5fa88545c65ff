"""Many processes at one log: invariants hold, everyone gets a share, readers see prefixes."""

from __future__ import annotations

import time
from collections import Counter
from pathlib import Path
from statistics import median

from tests.log.backends import SharedBackend
from tests.log.events import item, query
from tests.log.workers import Worker
from tests.support import scaled

WRITERS = 16
SLOTS = 20


def test_racing_writers_never_take_a_taken_slot_and_each_gets_its_share(
    shared_backend: SharedBackend,
) -> None:
    head = scaled(1_000, 10_000)
    env = shared_backend.env
    writers = [
        Worker("take_slots", env=env, seed=seed, slots=SLOTS, head=head) for seed in range(WRITERS)
    ]
    for writer in writers:
        writer.start()
    reports = [writer.result() for writer in writers]
    tries = sum(report["tries"] for report in reports)
    conflicts = sum(report["conflicts"] for report in reports)
    longest = max(report["longest"] for report in reports)
    usual = median(report["median"] for report in reports)
    shares = [report["appended"] for report in reports]
    mean = sum(shares) / WRITERS
    print(
        f"{tries} tries, {conflicts} conflicts, share {min(shares) / mean:.2f} to "
        f"{max(shares) / mean:.2f} of the mean, wait median {usual * 1e3:.2f} ms, "
        f"longest {longest * 1e3:.1f} ms"
    )

    taken: Counter[str] = Counter()
    stored = shared_backend.stored()
    for number, (position, type, tags) in enumerate(stored, start=1):
        assert position == number
        [slot] = [tag for tag in tags if tag.startswith("slot:")]
        taken[slot] += 1 if type == "slot.taken" else -1
        assert taken[slot] in (0, 1), f"{slot} at position {position}"
    assert len(stored) == sum(shares) >= head
    assert conflicts >= tries / 20
    assert min(shares) >= mean / 4


def test_a_reader_beside_writers_always_sees_the_prefix_up_to_its_head(
    shared_backend: SharedBackend, tmp_path: Path
) -> None:
    stop = tmp_path / "stop"
    log = shared_backend.open()
    writers = [
        Worker("append_until", env=shared_backend.env, seed=seed, slots=SLOTS, stop=str(stop))
        for seed in range(WRITERS)
    ]
    for writer in writers:
        writer.start()
    boundary = query(item("slot:1", types=["slot.taken", "slot.released"]), item("slot:2"))
    readings: list[tuple[int, int, list[int]]] = []
    while (head := log.head()) < WRITERS:
        time.sleep(0.01)
    for _ in range(scaled(1_000, 10_000)):
        time.sleep(0.0005)  # else the reader is done before the writers have moved much
        after = max(0, head - 500)
        response = log.read(boundary, after=after)
        head = response.head or 0
        readings.append((after, head, [recorded.position for recorded in response]))
    stop.touch()
    assert [writer.process.wait() for writer in writers] == [0] * WRITERS

    everything = [
        recorded.position
        for recorded in log.read()
        if "slot:2" in recorded.tags or ("slot:1" in recorded.tags and recorded.type != "other")
    ]
    for after, head, found in readings:
        assert found == [position for position in everything if after < position <= head]
    heads = [head for _, head, _ in readings]
    assert heads == sorted(heads)
    assert len(set(heads)) > len(heads) / 4, "the writers stood still beside the reader"
    log.close()
