"""The register of personal data: every field that holds some, why, on what ground, how long, how shown and erased.

Law 91/2025/QH15 and decree 356/2025/NĐ-CP. A field that could hold personal data stands either in REGISTER or in
NOT_PERSONAL, both read from personal.toml; a test walks all models, so a new field cannot arrive unclassified.
"""

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from django.apps import apps

HIDDEN = "••"
ERASED = "đã xóa theo yêu cầu"
GONE = "@khong-con.invalid"
FEWEST_DIGITS, PERSON_ID_DIGITS = 8, 12
_HIDDEN_ID = re.compile(r"\*{6,}(\d{3})")
TITLES = ("ông", "bà", "anh", "chị", "cô", "chú", "mr", "mrs", "ms", "mr.", "mrs.", "ms.")


class Basis(StrEnum):
    """The ground for processing."""

    PUBLIC_TASK = "Điều 19 Luật 91/2025/QH15: hoạt động của cơ quan nhà nước theo quy định của luật"
    CONTRACT = "Điều 19 Luật 91/2025/QH15: thực hiện thỏa thuận với chủ thể dữ liệu"
    LEGAL_DUTY = "Điều 19 Luật 91/2025/QH15: thực hiện nghĩa vụ theo quy định của luật"
    CONSENT = "Điều 9 Luật 91/2025/QH15: sự đồng ý của chủ thể dữ liệu"


class Mask(StrEnum):
    NAME = "name"
    PHONE = "phone"
    EMAIL = "email"
    PERSON_ID = "person_id"
    HIDDEN = "hidden"


class Erase(StrEnum):
    """How a value goes: emptied; replaced by a word; by a unique address that leads nowhere; its key deleted; its row
    deleted; its personal parts replaced, by the room that knows them; kept, because a law asks for it."""

    BLANK = "blank"
    WORD = "word"
    ADDRESS = "address"
    KEY = "key"
    ROW = "row"
    PART = "part"
    KEPT = "kept"


@dataclass(frozen=True, slots=True)
class PersonalField:
    """One line of the register; `retention` in words an officer can check."""

    model: str
    field: str
    whose: str
    purpose: str
    basis: Basis
    retention: str
    mask: Mask
    erase: Erase


_DATA = tomllib.loads(Path(__file__).with_name("personal.toml").read_text(encoding="utf-8"))
REGISTER = tuple(
    PersonalField(
        model,
        row["field"],
        row["whose"],
        row["purpose"],
        Basis[row["basis"].upper()],
        row["retention"],
        Mask(row["mask"]),
        Erase(row["erase"]),
    )
    for model, rows in _DATA["personal"].items()
    for row in rows
)
NOT_PERSONAL: dict[str, dict[str, str]] = _DATA["not_personal"]
PUBLIC_ROOMS = {"places": "reference"}
"""Rooms whose every field is public reference data."""


def registered(model: str) -> tuple[PersonalField, ...]:
    """The register's lines of one model ("accounts.User")."""
    return tuple(line for line in REGISTER if line.model == model)


def mask_text(value: str) -> str:
    """`mask` of a text that nobody has said the kind of: by what it looks like, in doubt as a name."""
    text = value.strip()
    return mask(_looks_like(text), text)


def _looks_like(text: str) -> Mask:
    digits = len(re.sub(r"\D", "", text))
    if "@" in text:
        return Mask.EMAIL
    if digits == PERSON_ID_DIGITS or _HIDDEN_ID.fullmatch(text):
        return Mask.PERSON_ID
    return Mask.PHONE if digits >= FEWEST_DIGITS else Mask.NAME


def mask(kind: Mask | str, value: str) -> str:
    """What a list shows of a personal value: enough to recognise, too little to use. Nothing stays nothing.

    What was erased says so. A person's number is often stored with all but its end gone: that end is shown.
    """
    text = value.strip()
    if text in {"", ERASED}:
        return text
    match Mask(kind):
        case Mask.NAME:
            return _mask_name(text)
        case Mask.PHONE:
            return _mask_digits(text, "{first}•• ••• {last}")
        case Mask.EMAIL:
            before, at, domain = text.rpartition("@")
            return f"{before[:1]}{HIDDEN}@{domain}" if at else HIDDEN
        case Mask.PERSON_ID:
            hidden = _HIDDEN_ID.fullmatch(text)
            return f"••• ••• ••• {hidden[1]}" if hidden else _mask_digits(text, "{first}• ••• ••• {last}")
    return HIDDEN


def _mask_name(text: str) -> str:
    """Bà V•• T•• H••"""
    words = text.split()
    titles = 1 if len(words) > 1 and words[0].lower() in TITLES else 0
    return " ".join([*words[:titles], *(f"{word[:1]}{HIDDEN}" for word in words[titles:])])


def _mask_digits(text: str, shape: str) -> str:
    digits = re.sub(r"\D", "", text)
    return shape.format(first=digits[:2], last=digits[-3:]) if len(digits) >= FEWEST_DIGITS else HIDDEN


def wipe(model: str, ids: Iterable[int]) -> int:
    """Erase what the register says of these rows, in the caller's transaction; how many rows had something erased."""
    table, lines, count = apps.get_model(model), registered(model), 0
    if any(line.erase is Erase.ROW for line in lines):
        return int(table._default_manager.filter(pk__in=list(ids)).delete()[0])
    for pk in ids:
        values = {line.field: _left(line.erase, pk) for line in lines if line.erase in LEAVES}
        count += table._default_manager.filter(pk=pk).update(**values) if values else 0
    return count


LEAVES = {Erase.BLANK: "", Erase.WORD: ERASED, Erase.ADDRESS: f"xoa-{{pk}}{GONE}"}


def _left(how: Erase, pk: int) -> str:
    return LEAVES[how].format(pk=pk)
