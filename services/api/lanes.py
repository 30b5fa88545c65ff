"""What a call may wait for, and how long: nothing waits on a peer without a limit.

gRPC's synchronous server gives a call a thread before its request has come, and keeps it until
the answer is written. So threads are not what is scarce here: a call has one of its own, up to the
most that its lane takes. Scarce are places for requests, which bound the memory, and leave to
work, which is given to nobody who waits on a peer. Health and reflection have lanes of their own.
"""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import Any, NamedTuple

import grpc

from services.api.calls import Call
from services.api.errors import NoRequest, OverLimit

ARRIVAL = 20.0
"""Seconds in which a request must have come whole, once it has a place."""

TAKING = 60.0
"""Seconds in which a page, or an answer, must have been taken."""

PATIENCE = 2.0
"""Seconds that a call may be waited for before it has to make room for others, if they need it."""

BULK_PATIENCE = 10.0
"""The same for what is large: a whole file or list that comes, or a page that is taken."""

LOOK_EVERY = 0.25
"""Seconds between two looks at who has waited for too long."""
_SPARE_THREADS = 16
"""Threads beyond a lane's most calls: they only refuse, which takes no time."""


class Bounds(NamedTuple):
    """How much a lane takes."""

    calls: int
    """Calls in progress."""
    of_peer: int
    """Of them, those of one peer."""
    requests: int
    """Requests that are held in memory, or being received."""
    workers: int | None
    """Calls at work at the same time; None: work takes no time."""
    walks: int | None
    """Calls that answer page by page; None: as many as there are calls."""
    patience: float
    """Seconds that a request may take to come while others need its place."""


class LaneCall(Call):
    """A call in progress in a lane."""

    def __init__(self, lane: Lane, context: grpc.ServicerContext, peer: str) -> None:
        super().__init__(context)
        self._lane = lane
        self.peer = peer
        self.since: float | None = None
        """Since when it waits on its peer (monotonic), None while it doesn't."""
        self.until = 0.0
        """Until when it may wait."""
        self.receiving = False
        """It waits for a request, not for an answer to be taken."""
        self.began = time.monotonic()
        self.has_request = False
        """Its first request has come."""
        self._cancelled = False

    def cancel(self) -> None:
        """End the call: the thread that waits on its peer is released."""
        self.since = None
        self._cancelled = True
        self._context.cancel()

    @contextmanager
    def waiting(self, limit: float) -> Iterator[None]:
        """Wait on the peer for at most `limit` seconds; the call is then cancelled."""
        since = time.monotonic()
        self.until = since + limit
        self.since = since
        try:
            yield
        finally:
            self.since = None

    @contextmanager
    def request(self, requests: Iterator[bytes], read: Callable[[bytes], Any]) -> Iterator[Any]:
        """Receive and read the next request, and keep its place until the block ends.

        Raises NoRequest when the peer has said all it has to say, grpc.RpcError when it is gone
        or the call was cancelled, TimeoutError when its deadline has passed.
        """
        with self._lane.requests.place(self):
            self.receiving = True
            with self.waiting(self._lane.arrival):
                message = next(requests, None)
            self.receiving = False
            if message is None:
                # gRPC may tell the end of what is received before it tells of the cancellation.
                raise grpc.RpcError if self._cancelled else NoRequest
            self.has_request = True
            request = read(message)
            del message  # a large one would stand in memory twice
            yield request


class Places:
    """A number of places; who keeps others waiting because its own peer is silent goes first.

    A place that is free goes to the peer that holds the fewest: one peer's calls, however many,
    stand behind one another and not before another's.
    """

    def __init__(self, places: int, patience: float) -> None:
        self._places = places
        self._patience = patience
        self._lock = threading.Lock()
        self._holders: set[LaneCall] = set()
        self._held: Counter[str] = Counter()
        self._asking: dict[str, dict[LaneCall, threading.Event]] = {}

    @contextmanager
    def place(self, call: LaneCall) -> Iterator[None]:
        """Hold a place for as long as the block lasts.

        Raises TimeoutError when nobody waits for the call any more.
        """
        given = None
        with self._lock:
            if not self._asking and len(self._holders) < self._places:
                self._hold(call)
            else:
                given = self._asking.setdefault(call.peer, {})[call] = threading.Event()
                self._give()
        try:
            while given is not None and not given.is_set():
                call.check_time()
                with self._lock:
                    self._let_one_go()
                given.wait(LOOK_EVERY)
            yield
        finally:
            with self._lock:
                self._leave(call)

    def _give(self) -> None:
        while self._asking and len(self._holders) < self._places:
            peer = min(self._asking, key=lambda each: self._held[each])
            call, given = next(iter(self._asking[peer].items()))
            self._forget(call)
            self._hold(call)
            given.set()

    def _hold(self, call: LaneCall) -> None:
        self._holders.add(call)
        self._held[call.peer] += 1

    def _forget(self, call: LaneCall) -> None:
        asking = self._asking.get(call.peer, {})
        if asking.pop(call, None) is not None and not asking:
            del self._asking[call.peer]

    def _leave(self, call: LaneCall) -> None:
        self._forget(call)
        if call in self._holders:
            self._holders.remove(call)
            self._held[call.peer] -= 1
            if not self._held[call.peer]:
                del self._held[call.peer]
        self._give()

    def _let_one_go(self) -> None:
        """End the call that has kept its place longest, of the peer that holds the most."""
        now = time.monotonic()
        silent = [
            (-self._held[call.peer], since, call)
            for call in self._holders
            if (since := call.since) is not None and now - since >= self._patience
        ]
        if silent:
            min(silent, key=lambda each: each[:2])[2].cancel()


class Lane:
    """Calls that share bounds, and threads, with one another and with nobody else."""

    def __init__(self, name: str, bounds: Bounds) -> None:
        self._bounds = bounds
        self.arrival = ARRIVAL
        self.pool = ThreadPoolExecutor(
            bounds.calls + _SPARE_THREADS, thread_name_prefix=f"call-{name}"
        )
        self.requests = Places(bounds.requests, bounds.patience)
        self._walks = None if bounds.walks is None else Places(bounds.walks, BULK_PATIENCE)
        self._workers = None if bounds.workers is None else threading.Semaphore(bounds.workers)
        self._active: set[LaneCall] = set()
        self._delivering: set[LaneCall] = set()
        self._of_peer: Counter[str] = Counter()
        self._changed = threading.Condition()

    @contextmanager
    def admitted(self, context: grpc.ServicerContext, peer: str) -> Iterator[LaneCall]:
        """Count a call in; afterwards its answer must be taken within TAKING seconds.

        Raises OverLimit when the lane is full, or the peer's part of it.
        """
        call = LaneCall(self, context, peer)
        with self._changed:
            if len(self._active) >= self._bounds.calls and not self._room_made():
                raise OverLimit(f"{self._bounds.calls} calls are in progress; try again later")
            if self._of_peer[peer] >= self._bounds.of_peer:
                raise OverLimit(
                    f"{self._bounds.of_peer} calls of yours are in progress; wait for one of them"
                )
            self._active.add(call)
            self._of_peer[peer] += 1
        try:
            yield call
        finally:
            with self._changed:
                self._active.remove(call)
                self._of_peer[peer] -= 1
                if not self._of_peer[peer]:
                    del self._of_peer[peer]
                call.until = time.monotonic() + TAKING
                call.since = time.monotonic()
                self._delivering.add(call)
                self._changed.notify_all()
            if not context.add_callback(lambda: self._delivered(call)):
                self._delivered(call)

    def _room_made(self) -> bool:
        """End a call that has brought no request in time, of the peer that has the most.

        Tells whether there is room then. The lock is given up meanwhile.
        """
        now = time.monotonic()
        silent = [
            (-self._of_peer[call.peer], call.began, call)
            for call in self._active
            if not call.has_request and now - call.began >= self._bounds.patience
        ]
        if not silent:
            return False
        min(silent, key=lambda each: each[:2])[2].cancel()
        return self._changed.wait_for(
            lambda: len(self._active) < self._bounds.calls, 2 * LOOK_EVERY
        )

    def _delivered(self, call: LaneCall) -> None:
        with self._changed:
            self._delivering.discard(call)
            self._changed.notify_all()

    @contextmanager
    def working(self, call: LaneCall) -> Iterator[None]:
        """Work for as long as the block lasts; raises TimeoutError when nobody waits for it."""
        if self._workers is None:
            yield
            return
        while not self._workers.acquire(timeout=LOOK_EVERY):
            call.check_time()
        try:
            yield
        finally:
            self._workers.release()

    def walking(self, call: LaneCall) -> AbstractContextManager[None]:
        """Hold a place for a call that answers page by page, as `Places.place` does."""
        return nullcontext() if self._walks is None else self._walks.place(call)

    def look(self) -> None:
        """Cancel every call that has waited on its peer for too long."""
        now = time.monotonic()
        with self._changed:
            calls = [*self._active, *self._delivering]
        for call in calls:
            since = call.since
            if since is not None and now >= call.until:
                call.cancel()

    def hurry(self) -> None:
        """Give requests that have not come only PATIENCE seconds from now on."""
        self.arrival = PATIENCE
        with self._changed:
            for call in self._active:
                if call.receiving:
                    call.until = min(call.until, time.monotonic() + PATIENCE)

    def idle(self, seconds: float) -> bool:
        """Wait until every call is done and its answer taken; tell whether it came to that."""
        with self._changed:
            return self._changed.wait_for(lambda: not (self._active or self._delivering), seconds)
