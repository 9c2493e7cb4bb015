"""How the fields of lists and the structured ones make up an enterprise's passport: their order, who sees what."""

from dataclasses import dataclass
from functools import cache

from matxich.rulebook.capabilities.fields import FIELDS as STRUCTURED
from matxich.rulebook.lists.fields import BY_CODE, Kind
from matxich.rulebook.sections import Audience, Section

_ORDER: dict[Section, str] = {
    "identity": "name name_en name_short name_former name_ja name_ko tax_code person_id legal_form ownership"
    " year_founded investor_country foreign_share licence stock_code status",
    "place": "address site_address site zone lot land_area country",
    "activity": "sectors industries vsic products product hs",
    "capability": "processes materials machines machine size_range tolerance capacity certificates certificate digital",
    "market": "customers customer markets exports export_share export_value",
    "scale": "workers workers_women workers_skilled revenue assets charter_capital investment_capital"
    " credit_need energy",
    "contact": "website contact contact_person position representative phone fax email",
    "other": "external_id note",
}
_OFFICIALS = frozenset(
    (
        *("customers", "export_share", "export_value", "revenue", "assets", "investment_capital", "licence"),
        *("contact_person", "position", "representative", "phone", "fax", "email", "external_id", "note"),
    )
)
_UNITED = frozenset(
    (
        *("name_former", "investor_country", "vsic", "hs", "sectors", "industries", "products", "processes"),
        *("materials", "machines", "certificates", "customers", "markets", "licence", "external_id", "website"),
    )
)
_LOCATING = frozenset(["province", "district", "commune", "latitude", "longitude", "order_number"])


@dataclass(frozen=True, slots=True)
class Field:
    """`united`: the items every source names add up instead of competing. `structured`: told in parts.

    Tolerance and capacity are told either way: lists give words, people parts.
    `personal`: names or reaches a person (law 91/2025): never public, never in an index, a ledger or a log.
    """

    code: str
    section: Section
    label: str
    kind: Kind
    audience: Audience
    united: bool
    personal: bool
    structured: bool = False


def _field(code: str, section: Section) -> Field:
    if code == "person_id":
        return Field(code, section, "Số định danh cá nhân", "text", "private", united=False, personal=True)
    if code in STRUCTURED:
        told = STRUCTURED[code]
        return Field(code, section, told.label_vi, "text", told.audience, told.many, told.personal, structured=True)
    known = BY_CODE[code]
    audience: Audience = "officials" if code in _OFFICIALS else "public"
    return Field(code, section, known.label, known.kind, audience, code in _UNITED, known.personal)


FIELDS = {code: _field(code, section) for section, codes in _ORDER.items() for code in codes.split()}
PERSONAL_FIELDS = frozenset(code for code, field in FIELDS.items() if field.personal)
ADDRESSES = ("address", "site_address")


def is_stated(code: str) -> bool:
    """Is a column of this field a fact of its own? Those that only locate become part of the address."""
    return code not in _LOCATING


@cache
def field_of(code: str) -> Field:
    """The field of a code. "<code>_unverified" is a text that did not fit its field, for officials only.

    Any other code unknown here is a plain text for officials.
    """
    if code in FIELDS:
        return FIELDS[code]
    base = FIELDS.get(code.removesuffix("_unverified"))
    if base is None:
        label = "Nhóm trong danh sách" if code == "list_section" else code
        return Field(code, "other", label, "text", "officials", united=code == "list_section", personal=False)
    # What failed as a tax code may be a person's number.
    personal = base.personal or base.kind == "tax_code"
    return Field(code, base.section, base.label, "text", "officials", united=False, personal=personal)
