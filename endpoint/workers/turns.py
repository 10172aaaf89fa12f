"""Whose turn it is: a bounded queue for what is free, fair between the networks that ask.

A network is served in its turn, however many of it wait, and holds no more at once than it may. Where the queue is
full, the last of the network that waits with most makes way.
"""

from __future__ import annotations

import asyncio
from collections import Counter, deque
from contextvars import ContextVar
from typing import Generic, TypeVar

Item = TypeVar("Item")

OURS = ""
"""The network of the product itself, which no limit for one network concerns."""

asking: ContextVar[str] = ContextVar("asking", default=OURS)
"""The network from which the request comes that is being answered."""


class NoTurn(Exception):
    """Nothing was had.

    The `limit` is `network` where others would have been served, `share` where the queue is full of what the network
    itself waits for, else `queue` or `patience`.
    """

    def __init__(self, limit: str) -> None:
        self.limit = limit
        super().__init__(limit)


class Turns(Generic[Item]):
    """What is free, and who waits for it."""

    def __init__(self, most_waiting: int, per_network: int = 0, places: int = 0) -> None:
        self.most_waiting = most_waiting
        self.per_network = per_network  # 0: as many as there are
        self.places = places  # 0: as many as there are; what is free beyond them is spare
        self.most_fresh = 0  # how many that were taken of late there may be at once; 0: any number
        self.free: list[Item] = []
        self._fresh = 0
        self._held: Counter[str] = Counter()
        self._waiting: dict[str, deque[asyncio.Future[Item]]] = {}  # the network whose turn is next stands first

    @property
    def waiting(self) -> int:
        """How many wait."""
        return sum(map(len, self._waiting.values()))

    @property
    def places_left(self) -> int:
        """How many could be served at once."""
        left = min(len(self.free), self.places - self._held.total()) if self.places else len(self.free)
        return min(left, max(self.most_fresh - self._fresh, 0)) if self.most_fresh else left

    def put(self, item: Item) -> None:
        """Something is free: it goes to whose turn it is."""
        self.free.append(item)
        self._serve()

    async def take(self, network: str, patience: float) -> Item:
        """What is free, after at most so many seconds. Raises NoTurn. The network holds it until `give_back`."""
        if self.places_left and not self._is_at_its_limit(network):
            return self._give(network)
        if self.waiting >= self.most_waiting:
            self._make_way(network)
        loop = asyncio.get_running_loop()
        turn: asyncio.Future[Item] = loop.create_future()
        self._waiting.setdefault(network, deque()).append(turn)
        overdue = loop.call_later(patience, self._give_up, network, turn, "patience")
        try:
            return await turn
        except asyncio.CancelledError:
            if turn.cancelled():
                self._forget(network, turn)  # unless it has been passed over since
            elif turn.exception() is None:  # it was its turn in the moment in which it went away
                self.free.append(turn.result())
                self.give_back(network, is_fresh=True)
            raise
        finally:
            overdue.cancel()

    def give_back(self, network: str, *, is_fresh: bool) -> None:
        """A network no longer holds what it took, of late or not; what it took is free when it is put."""
        self._held[network] -= 1
        self._fresh -= is_fresh
        if not self._held[network]:
            del self._held[network]
        self._serve()

    def keep(self) -> None:
        """What was taken of late is held for longer: it is fresh no more."""
        self._fresh -= 1
        self._serve()

    def _give(self, network: str) -> Item:
        self._held[network] += 1
        self._fresh += 1
        return self.free.pop()

    def _is_at_its_limit(self, network: str) -> bool:
        return network != OURS and 0 < self.per_network <= self._held[network]

    def _serve(self) -> None:
        """Give what is free to those whose turn it is."""
        while self.places_left:
            network = next((name for name in self._waiting if not self._is_at_its_limit(name)), None)
            if network is None:
                return
            turn = self._waiting[network].popleft()
            others = self._waiting.pop(network)
            if others:
                self._waiting[network] = others  # behind the other networks
            if not turn.cancelled():  # it went away, and has not come to say so
                turn.set_result(self._give(network))

    def _make_way(self, network: str) -> None:
        """Send one away: the newcomer, or the last of a network that waits with more. Raises NoTurn."""
        waits = {name: len(turns) for name, turns in self._waiting.items()}
        most = max(waits, key=waits.__getitem__, default=network)
        if waits.get(most, 0) > waits.get(network, 0) + 1:
            self._give_up(most, self._waiting[most][-1], "share")
        else:
            raise NoTurn(self._told(network, "share" if waits.keys() == {network} else "queue"))

    def _give_up(self, network: str, turn: asyncio.Future[Item], limit: str) -> None:
        """Send one away that waits."""
        if not turn.done():
            self._forget(network, turn)
            turn.set_exception(NoTurn(self._told(network, limit)))

    def _told(self, network: str, limit: str) -> str:
        """The limit that a network is told of: its own before any other. The product itself has no share."""
        if network == OURS and limit == "share":
            return "queue"
        return "network" if self._is_at_its_limit(network) else limit

    def _forget(self, network: str, turn: asyncio.Future[Item]) -> None:
        waiting = self._waiting.get(network, deque())
        if turn in waiting:
            waiting.remove(turn)
            if not waiting:
                del self._waiting[network]
