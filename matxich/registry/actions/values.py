"""A value as it is kept: addresses with their codes on both maps, a person's number sealed and hashed."""

import hashlib
import hmac
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from matxich.kit.refusals import Refusal
from matxich.ledger import keys
from matxich.places.queries import resolver
from matxich.registry.queries.meaning import FACET_OF, stated_concept
from matxich.registry.queries.showing import language
from matxich.rulebook.addresses.model import Resolution
from matxich.rulebook.capabilities.checking import check
from matxich.rulebook.capabilities.fields import FIELDS as STRUCTURED
from matxich.rulebook.capabilities.joining import DENIED
from matxich.rulebook.capabilities.model import Problem
from matxich.rulebook.capabilities.reading import read
from matxich.rulebook.identifiers import mask_person_id, parse_tax_code
from matxich.rulebook.lists.persons import persons_number
from matxich.rulebook.passport import field_of
from matxich.rulebook.vietnamese.text import squeeze


class BadValue(Refusal):
    """What was typed cannot be this field's value."""

    code = "bad_value"
    status = 422


def stated(field: str, typed: Any, *, latest_year: int) -> Any:
    """What a person typed, as it is kept. A tax code must be valid here, unlike in a list; raises BadValue.

    A structured field takes its parts, or words that can be read in one way. `latest_year`: the last that is no future.
    """
    if field_of(field).structured:
        return in_parts(field, typed, latest_year)
    if isinstance(typed, str):
        typed = squeeze(typed)
    if typed in ("", None, []):
        raise BadValue(_("Chưa có giá trị."), _("Nhập giá trị, hoặc rút lại thông tin cũ nếu nó sai."))
    kind = field_of(field).kind
    if kind == "address":
        return address_value(resolver().resolve(str(typed)))
    if kind == "tax_code":
        return _tax_code(str(typed))
    if kind in ("integer", "money", "year"):
        return _whole_number(typed)
    if kind == "list" and isinstance(typed, str):
        return [part for item in typed.split(";") if (part := item.strip())]
    return [_item(field, item) for item in typed] if kind == "list" else typed


def _item(field: str, item: Any) -> Any:
    """An item in words, or in words with the concept that a person chose for them."""
    if not isinstance(item, Mapping):
        return item
    facet = FACET_OF.get(field)
    text = squeeze(str(item.get("text", "")))
    if facet is None or not text or not stated_concept(item, facet):
        raise BadValue(_("Khái niệm này không có trong danh mục của mục đang ghi."), _("Chọn lại, hoặc chỉ ghi chữ."))
    return {"text": text, "concept": item["concept"]}


def in_parts(field: str, typed: Any, latest_year: int) -> dict[str, Any]:
    """A structured value, checked; raises BadValue."""
    if isinstance(typed, str):
        reading = read(field, typed, latest_year=latest_year)
        if reading.value is None or reading.warnings:
            doubts = [one.message(language()) for one in reading.questions]
            doubts += [one.message(language()) for one in reading.warnings]
            told = " ".join(doubts) or _("Chưa hiểu giá trị này.")
            raise BadValue(told, _("Ghi từng phần vào biểu mẫu của mục này."))
        typed = reading.value
    if typed == DENIED:
        return dict(DENIED)
    if problems := check(field, typed, latest_year=latest_year):
        raise BadValue(" ".join(told_problem(field, problem) for problem in problems), _("Sửa các phần đã nêu."))
    return dict(typed) | (_located(typed) if field == "site" else {})


def _located(site: dict[str, Any]) -> dict[str, str]:
    """The commune a site lies in, where its address leaves no doubt."""
    found = resolver().resolve(", ".join(part for part in (site["address"], site.get("zone", "")) if part))
    return {"commune": found.commune_34} if found.commune_34 else {}


def told_problem(field: str, problem: Problem) -> str:
    """A problem with the part it concerns, in the reader's language."""
    parts = {part.code: part for part in STRUCTURED[field].parts}
    label = parts[problem.part].label(language()) if problem.part in parts else problem.part
    return f"{label}: {problem.message(language())}" if label else problem.message(language())


def address_value(found: Resolution) -> dict[str, Any]:
    """The text and what it resolves to; codes nobody is sure of are left out."""
    value: dict[str, Any] = {"text": found.text}
    for name in ("province_34", "province_63", "commune_34", "commune_63", "zone", "lot"):
        if code := getattr(found, name):
            value[name] = code
    if found.confidence:
        value["confidence"] = round(found.confidence, 3)
    return value


def person_hash(number: str) -> str:
    """The same person's number gives the same hash in this installation, and nobody can turn it back."""
    return hmac.new(keys.master(), b"person:" + number.encode(), hashlib.sha256).hexdigest()


def keyed_digest(content: bytes) -> int:
    """A figure the database can compare by: the same content gives the same one in this installation.

    Keyed, since what a row says may be guessed: of a phone number there are not so many.
    """
    digest = hashlib.blake2b(content, key=keys.master()[:64], digest_size=8).digest()
    return int.from_bytes(digest, signed=True)


def sealed_person_ids(numbers: Mapping[int, str], at: datetime, *, kind: str = "enterprise") -> dict[int, Any]:
    """Statement values for persons' numbers, by the key of what they belong to: sealed, hashed and masked.

    Erasing the keys of "enterprise:7" makes the number unreadable. Needs a transaction.
    """
    if not numbers:
        return {}
    found = keys.subject_keys({f"{kind}:{pk}" for pk in numbers}, at)
    return {pk: _sealed(number, f"{kind}:{pk}", found) for pk, number in numbers.items()}


def _sealed(number: str, subject: str, found: Mapping[str, tuple[str, bytes]]) -> dict[str, str]:
    sealed = keys.seal_text(number, subject=subject, key=found[subject])
    return {"text": mask_person_id(number), "sealed": sealed, "hash": person_hash(number)}


def sealed_cells(typed: Mapping[str, str], subject: str, key: tuple[str, bytes]) -> dict[str, dict[str, str]]:
    """Cells that hold a person's number, by column letter: {"text": masked, "sealed", "hash"}."""
    return {column: _sealed_cell(text, subject, key) for column, text in typed.items()}


def resealed_cells(cells: Mapping[str, Any], subject: str, at: datetime) -> dict[str, Any]:
    """The same cells with what is sealed lying under the key of this subject from now on. Needs a transaction."""
    sealed = {column: opened(cell) for column, cell in cells.items() if isinstance(cell, dict)}
    typed = {column: text for column, text in sealed.items() if text}
    if not typed:
        return dict(cells)
    return {**cells, **sealed_cells(typed, subject, keys.subject_keys([subject], at)[subject])}


def _sealed_cell(text: str, subject: str, key: tuple[str, bytes]) -> dict[str, str]:
    sealed = keys.seal_text(text, subject=subject, key=key)
    return {"text": mask_person_id(text), "sealed": sealed, "hash": person_hash(persons_number(text))}


def opened(value: Mapping[str, str]) -> str:
    """The number behind a sealed value; "" when its key was erased."""
    return keys.open_texts([value["sealed"]])[value["sealed"]] or ""


def _tax_code(typed: str) -> str:
    code = parse_tax_code(typed)
    if not code.valid:
        raise BadValue(gettext(code.message), _("Kiểm tra lại mã trên giấy đăng ký."))
    return code.text


def _whole_number(typed: Any) -> int:
    digits = str(typed).replace(".", "").replace(" ", "")
    if not digits.isascii() or not digits.isdigit() or len(digits) > 18:
        raise BadValue(_("Giá trị phải là số nguyên không âm."), _("Ví dụ: 1.250"))
    return int(digits)
