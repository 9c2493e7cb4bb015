"""What a kind of paper is told, declared once: the form, the template, the preview and the stored value read it.

A contract is a frozen dataclass. Each field carries the name a template knows it by, its label, what sort it is.
"""

import dataclasses
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any, Literal

from django.utils.translation import gettext as _

from matxich.kit.refusals import Refusal

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as Promise
else:
    Promise = str

Sort = Literal["text", "long", "money", "number", "decimal", "day", "yes", "lines", "rows"]
MOST_ROWS = 2_000
LARGEST = 10**15


@dataclass(frozen=True, slots=True)
class Told:
    """One field of a contract. `key`: its name in templates. `rows`: the contract of each row of a list."""

    name: str
    key: str
    label: Promise | str
    sort: Sort
    required: bool
    rows: type | None = None


class BadFields(Refusal):
    """What a paper is told does not fit its contract; `faults`: label of the field → what is wrong."""

    code = "bad_fields"
    status = 422

    def __init__(self, faults: Mapping[str, str]) -> None:
        self.faults = dict(faults)
        super().__init__("; ".join(f"{label}: {what}" for label, what in self.faults.items()))


def _field(key: str, label: Promise | str, sort: Sort, required: bool, rows: type | None = None) -> Any:
    told = {"told": (key, label, sort, required, rows)}
    if required:
        return dataclasses.field(metadata=told)
    empty: Any = {"lines": (), "rows": (), "yes": False, "text": "", "long": ""}.get(sort)
    return dataclasses.field(default=empty, metadata=told)


def text(key: str, label: Promise | str, *, required: bool = True) -> Any:
    return _field(key, label, "text", required)


def long(key: str, label: Promise | str, *, required: bool = True) -> Any:
    return _field(key, label, "long", required)


def money(key: str, label: Promise | str, *, required: bool = True) -> Any:
    return _field(key, label, "money", required)


def number(key: str, label: Promise | str, *, required: bool = True) -> Any:
    return _field(key, label, "number", required)


def decimal(key: str, label: Promise | str, *, required: bool = True) -> Any:
    return _field(key, label, "decimal", required)


def day(key: str, label: Promise | str, *, required: bool = True) -> Any:
    return _field(key, label, "day", required)


def yes(key: str, label: Promise | str) -> Any:
    return _field(key, label, "yes", False)


def lines(key: str, label: Promise | str, *, required: bool = True) -> Any:
    return _field(key, label, "lines", required)


def rows(key: str, label: Promise | str, contract: type, *, required: bool = True) -> Any:
    return _field(key, label, "rows", required, contract)


def told_by(contract: type) -> tuple[Told, ...]:
    """The fields of a contract, in order."""
    return tuple(
        Told(each.name, *each.metadata["told"][:3], *each.metadata["told"][3:]) for each in dataclasses.fields(contract)
    )


def shape_of(contract: type) -> dict[str, Any]:
    """The names a template of this contract may use (documents.filling.Shape)."""
    return {each.key: shape_of(each.rows) if each.rows else None for each in told_by(contract)}


def values_of(value: Any) -> dict[str, Any]:
    """A contract's value under the names templates know."""
    return {
        each.key: [values_of(row) for row in getattr(value, each.name)]
        if each.rows
        else _shown(getattr(value, each.name))
        for each in told_by(type(value))
    }


def _shown(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value


def stored_of(value: Any) -> dict[str, Any]:
    """As JSON: days and decimals as text, money as whole numbers."""
    return {
        each.name: [stored_of(row) for row in getattr(value, each.name)]
        if each.rows
        else _plain(getattr(value, each.name))
        for each in told_by(type(value))
    }


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return list(value)
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value


def read[Contract](contract: type[Contract], told: Mapping[str, Any]) -> Contract:
    """A contract's value from its stored form. Raises BadFields, for everything that is wrong at once."""
    faults: dict[str, str] = {}
    value = _read(contract, told, "", faults)
    if faults:
        raise BadFields(faults)
    made: Contract = value
    return made


def _read(contract: type, told: Mapping[str, Any], where: str, faults: dict[str, str]) -> Any:
    known = told_by(contract)
    names = {each.name for each in known}
    for name in sorted(set(told) - names):
        faults[f"{where}{name}"] = _("không có trường này")
    values = {each.name: value for each, value in _each(known, told, where, faults)}
    return contract(**values) if not faults else None


def _each(
    known: Iterable[Told], told: Mapping[str, Any], where: str, faults: dict[str, str]
) -> Iterator[tuple[Told, Any]]:
    for each in known:
        label, value = f"{where}{each.label}", told.get(each.name)
        if value in (None, "", [], ()):
            if each.required:
                faults[label] = _("chưa ghi")
            yield each, {"lines": (), "rows": (), "yes": False, "text": "", "long": ""}.get(each.sort)
            continue
        if each.rows:
            found = [_read(each.rows, row, f"{label} {at}, ", faults) for at, row in enumerate(_list(value), start=1)]
            yield each, tuple(found)
            continue
        try:
            yield each, _value(each.sort, value)
        except (ValueError, TypeError, InvalidOperation) as error:
            faults[label] = str(error) if isinstance(error, _Wrong) else _("không đọc được")
            yield each, None


class _Wrong(ValueError):
    """With a sentence for people."""


def _list(value: Any) -> list[Any]:
    if not isinstance(value, list | tuple):
        raise BadFields({"": _("không phải danh sách")})
    if len(value) > MOST_ROWS:
        raise BadFields({"": _("nhiều hơn %(limit)s dòng") % {"limit": MOST_ROWS}})
    return list(value)


def _value(sort: Sort, value: Any) -> Any:
    match sort:
        case "money":
            amount = _whole(value)
            if not 0 <= amount <= LARGEST:
                raise _Wrong(_("số tiền từ 0 đến 10^15 đồng"))
            return amount
        case "number":
            return _whole(value)
        case "decimal":
            if isinstance(value, float | bool):
                raise _Wrong(_("ghi số thập phân bằng chữ số, không phải số gần đúng"))
            return Decimal(value)
        case "day":
            return value if isinstance(value, date) else date.fromisoformat(value)
        case "yes":
            return bool(value)
        case "lines":
            return tuple(str(line) for line in _list(value))
    if not isinstance(value, str):
        raise _Wrong(_("không phải chữ"))
    return value


def _whole(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise _Wrong(_("không phải số nguyên"))
    return value
