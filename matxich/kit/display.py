"""Plain shapes that views hand to the includes of ui/templates/mx: no domain, a default for all that is optional."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as Promise
else:
    Promise = str

Text = str | Promise


@dataclass(frozen=True, slots=True)
class Link:
    """A place to go: nav item, crumb, tab, one of a segmented choice. `icon` puts a nav item under the thumb."""

    label: Text
    url: str = ""
    count: int | None = None
    current: bool = False
    icon: str = ""
    short: Text = ""


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a wizard; `state` is "done", "now" or empty for what is to come."""

    label: Text
    state: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Option:
    """One choice of a facet with the number of results it leads to."""

    value: str
    label: Text
    count: int
    checked: bool = False
    note: Text = ""


@dataclass(frozen=True, slots=True)
class Fact:
    """One line of a passport: value, source, how firm (0 self-declared, 1 list, 2 document, 3 seen), how old."""

    label: Text
    value: Text
    level: int = 0
    source: Text = ""
    age: Text = ""
    note: Text = ""
    below: Text = ""
    stale: bool = False
    clash: bool = False
    url: str = ""
    action: Text = ""
    source_url: str = ""


@dataclass(frozen=True, slots=True)
class Event:
    """One point of a timeline, newest first; `time` is shown, `iso` is for machines."""

    time: str
    text: Text = ""
    title: Text = ""
    iso: str = ""
    minor: bool = False
    url: str = ""
    action: Text = ""


@dataclass(frozen=True, slots=True)
class Column:
    label: Text
    figures: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """`head` names the column again where a phone shows the row as a list."""

    text: Text
    head: Text = ""
    figures: bool = False
    url: str = ""
