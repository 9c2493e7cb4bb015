"""Chance that repeats: every firm draws from a stream of its own, named after its seed and its number."""

from collections.abc import Sequence
from random import Random


class Chance(Random):
    """Draws as an invented country needs them: even, or by Zipf's law (the second half as often as the first …)."""

    def below(self, count: int) -> int:
        return int(self.random() * count)

    def between(self, low: int, high: int) -> int:
        """Both ends count."""
        return low + int(self.random() * (high - low + 1))

    def happens(self, probability: float) -> bool:
        return self.random() < probability

    def one[T](self, options: Sequence[T]) -> T:
        return options[int(self.random() * len(options))]

    def often[T](self, options: Sequence[T]) -> T:
        """The one of rank k about 1/k as often as the first."""
        return options[int((len(options) + 1) ** self.random()) - 1]

    def some[T](self, options: Sequence[T], least: int, most: int) -> list[T]:
        """Different ones, the first of them most often; fewer where the draws repeat."""
        drawn, beyond = self.random, len(options) + 1
        return list(dict.fromkeys([options[int(beyond ** drawn()) - 1] for _ in range(self.between(least, most))]))


def stream(seed: int, number: int) -> Chance:
    return Chance(f"{seed}/{number}")
