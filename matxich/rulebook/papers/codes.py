"""The code printed at the foot of a paper: eleven letters by chance and one that notices a slip of the pen."""

from collections.abc import Callable

LETTERS = "123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Thirty-one, a prime number: no 0, O, I, L, U, which hands and eyes mistake for others."""
LENGTH = 12
_READ = {"I": "1", "L": "1"}


def make_code(choose: Callable[[str], str]) -> str:
    """A new code as it is printed, "7K2Q-91AV-44D8"; `choose` takes one letter by chance."""
    body = "".join(choose(LETTERS) for _each in range(LENGTH - 1))
    return shown(body + _check(body))


def parse_code(text: str) -> str | None:
    """The code as it is printed, however it was typed; None for what can be none, one slip of the pen included."""
    bare = "".join(_READ.get(letter, letter) for letter in text.upper() if letter.isalnum())
    if len(bare) != LENGTH or any(letter not in LETTERS for letter in bare) or _check(bare[:-1]) != bare[-1]:
        return None
    return shown(bare)


def shown(bare: str) -> str:
    return "-".join(bare[at : at + 4] for at in range(0, LENGTH, 4))


def _check(body: str) -> str:
    """Weights that share nothing with 31: any one letter wrong, or two neighbours swapped, changes it."""
    return LETTERS[sum(weight * LETTERS.index(letter) for weight, letter in enumerate(body, start=1)) % len(LETTERS)]
