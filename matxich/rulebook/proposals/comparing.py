"""Two frozen versions of a proposal side by side: what was changed, in the words of the version that holds it.

A snapshot names its own labels, so that it can be read after its form has changed: {"sections": [{"id", "vi", "en",
"fields": [{"id", "vi", "en", "shown"}]}], "costs": [{item, unit, quantity, unit_price, amount, state, counterpart,
other}], "results": [...], "parties": [...], "files": [{"paper", "name", "sha256"}], "title", ...}.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from matxich.rulebook.law.facts import Words

type Snapshot = Mapping[str, Any]
HEAD = {
    "title": Words("Tên đề án", "Title"),
    "content": Words("Nội dung hỗ trợ", "Content of support"),
    "shape": Words("Hình thức", "Kind of proposal"),
}
ROWS = {
    "costs": Words("Dự toán", "Estimate"),
    "results": Words("Kết quả cam kết", "Promised results"),
    "parties": Words("Các bên", "Parties"),
    "files": Words("Tài liệu", "Documents"),
}


@dataclass(frozen=True, slots=True)
class Change:
    """`path`: where (section.field, costs.3); `before`, `after`: as shown, "" where there is nothing."""

    path: str
    group: Words
    label: Words
    before: str
    after: str


def canonical(snapshot: Snapshot) -> bytes:
    """The bytes a snapshot is hashed by: keys in order, no spaces, UTF-8."""
    return json.dumps(snapshot, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def digest(snapshot: Snapshot) -> str:
    return hashlib.sha256(canonical(snapshot)).hexdigest()


def changes(before: Snapshot, after: Snapshot) -> tuple[Change, ...]:
    """Every difference, in the order of the file."""
    return tuple(_changes(before, after))


def _changes(before: Snapshot, after: Snapshot) -> Iterator[Change]:
    whole = Words("Đề án", "The proposal")
    for key, words in HEAD.items():
        was, now = str(before.get(key) or ""), str(after.get(key) or "")
        if was != now:
            yield Change(key, whole, words, was, now)
    old, new = _fields(before), _fields(after)
    for path in dict.fromkeys((*new, *old)):
        was, now = (told[path]["shown"] if path in told else "" for told in (old, new))
        if was != now:
            named = new.get(path) or old[path]
            yield Change(path, named["group"], named["label"], was, now)
    for key, words in ROWS.items():
        yield from _rows(key, words, before.get(key) or [], after.get(key) or [])


def _fields(snapshot: Snapshot) -> dict[str, dict[str, Any]]:
    return {
        f"{section['id']}.{one['id']}": {
            "group": Words(section["vi"], section["en"]), "label": Words(one["vi"], one["en"]), "shown": one["shown"],
        }
        for section in snapshot.get("sections") or []
        for one in section["fields"]
    }  # fmt: skip


def _rows(key: str, words: Words, before: list[Mapping[str, Any]], after: list[Mapping[str, Any]]) -> Iterator[Change]:
    """Rows are one and the same while their name is; of two with one name the first is held against the first."""
    old, new = _named(key, before), _named(key, after)
    for name in dict.fromkeys((*new, *old)):
        was, now = (row_text(key, told[name]) if name in told else "" for told in (old, new))
        if was != now:
            title = name.rpartition("#")[0]
            yield Change(f"{key}.{name}", words, Words(title, title), was, now)


def _named(key: str, rows: list[Mapping[str, Any]]) -> dict[str, Mapping[str, Any]]:
    found: dict[str, Mapping[str, Any]] = {}
    counted: dict[str, int] = {}
    for row in rows:
        name = str(row.get({"costs": "item", "files": "label"}.get(key, "name")) or "")
        counted[name] = counted.get(name, 0) + 1
        found[f"{name}#{counted[name]}"] = row
    return found


def row_text(key: str, row: Mapping[str, Any]) -> str:
    """A row in one line, as a comparison shows it."""
    if key == "costs":
        money = [
            f"{row[name]:,}".replace(",", ".") for name in ("unit_price", "amount", "state", "counterpart", "other")
        ]
        return (
            f"{row['quantity']} {row['unit']} × {money[0]} = {money[1]} đồng "
            f"(nhà nước {money[2]}, đối ứng {money[3]}, khác {money[4]})"
        )
    if key == "results":
        return f"{row['baseline']} → {row['target']} {row['unit']}, {row['until']}"
    if key == "files":
        return f"{row['name']} ({row['sha256'][:12]})"
    return ", ".join(str(row[name]) for name in ("role", "share") if row.get(name) not in (None, ""))
