"""Every state table as a diagram: `python -m tools.diagrams` writes docs/generated/states.md, `--check` compares."""

import importlib
import os
import sys
from pathlib import Path
from typing import Any

import django

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "generated" / "states.md"
Table = dict[tuple[Any, str], Any]


def tables() -> dict[str, Table]:
    """Every `…TRANSITIONS` in a states module: (state, event) → next state."""
    found: dict[str, Table] = {}
    for path in sorted((ROOT / "matxich").glob("*/**/states.py")):
        name = ".".join(path.relative_to(ROOT).with_suffix("").parts)
        module = importlib.import_module(name)
        found |= {f"{name}.{key}": getattr(module, key) for key in sorted(vars(module)) if key.endswith("TRANSITIONS")}
    return found


def faults(table: Table) -> list[str]:
    """States that cannot be reached, and states that nobody declared a start: a table has exactly one start."""
    sources, targets = {state for state, _ in table}, set(table.values())
    starts = sources - {target for (state, _), target in table.items() if state != target}
    return (
        [] if len(starts) == 1 else [f"starts: {sorted(map(str, starts))}, ends: {sorted(map(str, targets - sources))}"]
    )


def page() -> str:
    parts = ["# States\n\nDrawn from the tables in the code by `python -m tools.diagrams`; do not edit.\n"]
    for name, table in tables().items():
        lines = [f"    {state} --> {target}: {event}" for (state, event), target in table.items()]
        sources = {state for state, _ in table}
        start = next(iter(table))[0]
        ends = [f"    {target} --> [*]" for target in dict.fromkeys(table.values()) if target not in sources]
        body = "\n".join([f"    [*] --> {start}", *lines, *ends])
        parts.append(f"## {name}\n\n```mermaid\nstateDiagram-v2\n{body}\n```\n")
    return "\n".join(parts)


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    if "--check" in sys.argv:
        sys.exit(
            0 if PAGE.exists() and PAGE.read_text() == page() else "docs/generated/states.md is not what the tables say"
        )
    PAGE.parent.mkdir(parents=True, exist_ok=True)
    PAGE.write_text(page())


if __name__ == "__main__":
    main()
