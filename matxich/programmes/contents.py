"""The groups of contents as they ship, read once in a process."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from matxich.policy.packaged import packaged_law
from matxich.programmes.models import Call
from matxich.rulebook import programmes as rulebook
from matxich.rulebook.law.supports.kinds import SUPPORTS
from matxich.rulebook.programmes.content_groups import ContentGroup, content_groups, supports_of

FILE = Path(rulebook.__file__).parent / "data" / "content_groups.yaml"


@cache
def groups() -> Mapping[str, ContentGroup]:
    """By id. A LawFault where the file is wrong."""
    return content_groups(FILE.name, FILE.read_text(encoding="utf-8"), SUPPORTS, packaged_law().library.by_id)


def supports_of_call(call: Call) -> tuple[str, ...]:
    """Ids of the law's supports a call pays for: those it names, or all of its groups."""
    return tuple(sorted(call.supports or supports_of(groups(), call.content_groups)))
