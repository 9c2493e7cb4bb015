"""The exact bytes an entry's hash is taken of, so that an outsider can recompute it.

1. Every value is first made plain: text keeps its letters (a NUL becomes U+2400, a lone surrogate U+FFFD); an instant
   becomes UTC "2026-11-21T23:26:31.000000Z", always with six decimals; a date "2026-11-21"; Decimal and float their
   shortest decimal text; a set a list sorted by its own canonical text; an enumeration member its value; whole
   numbers, true, false and null stay themselves; keys become text.
2. The entry is an object of exactly the columns in FIELDS (an absent payload is null).
3. It is written as JSON with keys sorted by code point, no spaces, letters unescaped, in UTF-8.
4. `content_hash` is the lower-case hexadecimal SHA-256 of those bytes.

What is stored is the plain form, so both databases give the same bytes back.
"""

import hashlib
import json
import re
from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from decimal import Decimal
from enum import Enum
from typing import Any
from uuid import UUID

from django.utils.functional import Promise

SURROGATE = re.compile("[\ud800-\udfff]")
ENCODE = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False).encode
FIELDS = (
    "at",
    "actor_kind",
    "actor_id",
    "actor_name",
    "organisation",
    "action",
    "object_kind",
    "object_id",
    "object_label",
    "place",
    "reason",
    "before",
    "after",
    "personal",
    "subject",
    "batch",
    "rule",
    "nonce",
)


def plain(value: Any) -> Any:
    """A value as it is stored and hashed; TypeError for what history cannot keep, such as a model instance."""
    if type(value) is str:
        return text(value)
    if isinstance(value, Enum):
        return plain(value.value)
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, str | Promise):
        return text(str(value))
    if isinstance(value, Mapping):
        return {text(str(plain(key))): plain(item) for key, item in value.items()}
    if isinstance(value, set | frozenset):
        return sorted((plain(item) for item in value), key=dumps)
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    return _scalar(value)


def _scalar(value: Any) -> str:
    if isinstance(value, datetime):
        return instant(value)
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, float):
        return repr(value)
    if isinstance(value, UUID):
        return str(value)
    raise TypeError(f"The ledger cannot keep a value of type {type(value).__name__}")


def text(value: str) -> str:
    """Text both databases can store: no NUL, no half of a surrogate pair."""
    value = value.replace("\x00", "\u2400") if "\x00" in value else value
    return value if value.isascii() else SURROGATE.sub("\ufffd", value)


def instant(value: datetime) -> str:
    """UTC with six decimals; a naive instant has no place in history."""
    if value.tzinfo is None:
        raise TypeError("An instant in the ledger needs its time zone")
    return value.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def dumps(value: Any) -> str:
    return ENCODE(value)


def digest(value: Any) -> str:
    """SHA-256 of the canonical JSON of a plain value, in hexadecimal."""
    return hashlib.sha256(dumps(value).encode()).hexdigest()


def content_hash(entry: Mapping[str, Any]) -> str:
    """The hash of an entry, from its columns by name."""
    content = {name: entry[name] for name in FIELDS}
    content["at"] = instant(content["at"])
    return digest(content)
