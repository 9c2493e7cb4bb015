"""Who acts: the value every action takes as `by=` and the ledger writes down."""

import getpass
from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """`id` is a plain string so that history outlives the account; `organisation` is its name at that time."""

    kind: Literal["person", "system", "anonymous"]
    id: str
    name: str
    organisation: str = ""

    @property
    def is_system(self) -> bool:
        return self.kind == "system"

    @property
    def oversight(self) -> frozenset[str] | None:
        """Codes of the places whose history the actor may read; None is everything."""
        return None if self.is_system else frozenset()


ANONYMOUS = Actor(kind="anonymous", id="", name="")


def system_actor() -> Actor:
    """The actor of a command: named after the operating-system user who runs it."""
    user = getpass.getuser()
    return Actor(kind="system", id=f"os:{user}", name=user)
