"""The criteria sets that ship, read once in a process."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

import yaml

from matxich.rulebook import appraisal as rulebook
from matxich.rulebook.appraisal.criteria import criteria_set

DATA = Path(rulebook.__file__).parent / "data"


@cache
def packaged_sets() -> Mapping[str, Mapping[str, Any]]:
    """Code → its data; BadCriteria where a file is wrong."""
    found = {}
    for path in sorted(DATA.glob("*.yaml")):
        data = yaml.safe_load(path.read_text(encoding="utf-8"))
        found[criteria_set(data).code] = data
    return MappingProxyType(found)
