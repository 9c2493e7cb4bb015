"""Which enterprise does a row speak of? Identifiers first, then the exact normalised name within one commune.

Anything short of certain is left to an officer: the candidates and the reason go to the queue.
"""

from collections.abc import Sequence
from typing import Literal, NamedTuple

VERSION = "linking-1"
Outcome = Literal["linked", "new", "queued"]

# Message keys: why a row was linked, made new or queued.
REASONS = {
    "tax_code": "Trùng mã số thuế hợp lệ.",
    "person": "Trùng số định danh.",
    "name_commune": "Trùng tên chuẩn hóa và cùng xã, phường.",
    "nothing_known": "Chưa có hồ sơ nào trùng mã hoặc trùng tên trong xã.",
    "several": "Nhiều hồ sơ trùng tên trong cùng xã, phường.",
    "identifiers_differ": "Trùng tên, cùng xã nhưng mã số thuế khác nhau.",
    "forms_differ": "Trùng tên, cùng xã nhưng loại hình pháp lý khác nhau.",
    "commune_unknown": "Trùng tên nhưng chưa đủ địa chỉ để biết có cùng xã, phường không.",
}


class Keys(NamedTuple):
    """What linking compares; "" for anything not known. `id` is 0 for a row.

    `name_key` is the exact normalised name without its legal form, `form` the form it states; `person` a keyed hash.
    """

    id: int
    name_key: str
    form: str = ""
    tax_code: str = ""
    person: str = ""
    province_34: str = ""
    commune_34: str = ""
    commune_63: str = ""


class Decision(NamedTuple):
    """`enterprise` when linked, `candidates` (ids, in order) when queued; `reason` is a key of REASONS."""

    outcome: Outcome
    reason: str
    enterprise: int = 0
    candidates: tuple[int, ...] = ()


def link(row: Keys, *, same_code: Keys | None, same_name: Sequence[Keys]) -> Decision:
    """Decide one row. `same_code` holds the row's valid tax code or person; `same_name` share its name key."""
    if same_code:
        return Decision("linked", "tax_code" if row.tax_code else "person", same_code.id)
    rivals = [known for known in same_name if not _parent_and_unit(row, known)]
    here = [known for known in rivals if same_commune(row, known)]
    agreeing = [known for known in here if not _identifiers_differ(row, known) and not _forms_differ(row, known)]
    if len(agreeing) == 1:
        return Decision("linked", "name_commune", agreeing[0].id)
    if here:
        return Decision("queued", _doubt(row, here, agreeing), candidates=tuple(known.id for known in here))
    perhaps = [k for k in rivals if same_commune(row, k) is None and not _identifiers_differ(row, k)]
    if perhaps:
        return Decision("queued", "commune_unknown", candidates=tuple(known.id for known in perhaps[:20]))
    return Decision("new", "nothing_known")


def same_commune(one: Keys, other: Keys) -> bool | None:
    """On the map from 01/07/2025 if both are known there, else on the earlier one; None when it cannot be told."""
    if one.commune_34 and other.commune_34:
        return one.commune_34 == other.commune_34
    if one.commune_63 and other.commune_63:
        return one.commune_63 == other.commune_63
    if one.province_34 and other.province_34 and one.province_34 != other.province_34:
        return False
    return None


def _identifiers_differ(one: Keys, other: Keys) -> bool:
    codes = bool(one.tax_code and other.tax_code and one.tax_code != other.tax_code)
    return codes or bool(one.person and other.person and one.person != other.person)


def _forms_differ(one: Keys, other: Keys) -> bool:
    forms = {"llc" if keys.form == "llc_single" else keys.form for keys in (one, other)} - {""}
    return len(forms) > 1


def _doubt(row: Keys, here: Sequence[Keys], agreeing: Sequence[Keys]) -> str:
    if agreeing:
        return "several"
    return "identifiers_differ" if any(_identifiers_differ(row, known) for known in here) else "forms_differ"


def _parent_and_unit(one: Keys, other: Keys) -> bool:
    """A legal entity and a dependent unit share a name but are two records."""
    return bool(one.tax_code and other.tax_code) and ("-" in one.tax_code) != ("-" in other.tax_code)
