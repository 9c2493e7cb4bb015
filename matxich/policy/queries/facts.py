"""A firm's passport as facts that the law asks about, each with its source, day and verification."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from matxich.kit.actor import Actor
from matxich.kit.refusals import Refusal
from matxich.places import reference
from matxich.places.queries import chain, heirs_of, province_34_of, unit_kind
from matxich.policy.queries.support import other_support
from matxich.registry.models import Enterprise
from matxich.registry.queries import visible_enterprises
from matxich.registry.queries.passport import Fact, Passport, passport
from matxich.registry.states import Kind, Verification
from matxich.rulebook.identifiers import parse_tax_code
from matxich.rulebook.law.facts import Known
from matxich.rulebook.law.vocabulary import COMMUNES
from matxich.rulebook.projection import whole

FORMS: dict[str, str] = {
    Kind.ENTERPRISE: "enterprise",
    Kind.UNIT: "enterprise",
    Kind.COOPERATIVE: "cooperative",
    Kind.UNION: "cooperative_union",
    Kind.COOPERATIVE_GROUP: "cooperative_group",
    Kind.HOUSEHOLD: "household",
    Kind.ARTISAN: "artisan",
}
MAKING = ("processes", "machine", "machines", "products", "product")
FIGURES = {"workers": "workers", "revenue": "revenue", "assets": "capital"}
REGISTER, COMMUNE_CODE = "registry", "site_commune"


class NoSuchFirm(Refusal):
    """The register holds nobody under this tax code."""

    code = "no_such_firm"
    status = 404


class NoSuchCommune(Refusal):
    """No commune has this code on the day."""

    code = "no_such_commune"


def firm_of_tax_code(text: str) -> Enterprise:
    """NoSuchFirm for a number that is none, or that nobody has."""
    code = parse_tax_code(text)
    firm = visible_enterprises().filter(tax_code=code.text).first() if code.valid else None
    if firm is None:
        raise NoSuchFirm(
            _("Sổ đăng ký không có mã số thuế này."), _("Kiểm tra lại mã, hoặc hỏi mà không ghi mã số thuế.")
        )
    return firm


def facts_of_commune(code: str, on: date) -> dict[str, list[Known]]:
    """Where a commune lies and what it is on a day. NoSuchCommune, with its heirs where there are any."""
    kind = COMMUNES.get(unit_kind(code, on).lower())
    if kind is None:
        heirs = ", ".join(heirs_of(code, on))
        hint = _("Nay là: %(heirs)s.") % {"heirs": heirs} if heirs else _("Ghi mã xã, phường, đặc khu của ngày đó.")
        raise NoSuchCommune(_("Ngày %(day)s không có đơn vị cấp xã mã %(code)s.") % {
            "day": f"{on:%d/%m/%Y}", "code": code}, hint)  # fmt: skip
    found = {"site_commune_kind": [Known(kind, COMMUNE_CODE)]}
    province = chain(code, on)[-1]
    if on >= reference.TWO_LEVELS:
        return found | {"site_province": [Known(province, COMMUNE_CODE)]}
    now = province_34_of(province)
    return found | {"site_province_63": [Known(province, COMMUNE_CODE)]} | (
        {"site_province": [Known(now, COMMUNE_CODE)]} if now else {})  # fmt: skip


def facts_of(
    firm: Enterprise, *, on: date, actor: Actor, content: str = "", year: int | None = None
) -> dict[str, list[Known]]:
    """What the reader may see of the firm, by fact; several where sources differ. The law judges the day asked,
    the passport is what is known now. With a `content` of the law: whether other state money came for it in the year
    (by default that of the day), from the history of support."""
    told = passport(firm, actor=actor)
    found: dict[str, list[Known]] = {}
    for name, known in (*_scale(told), *_making(told), *_place(firm, told, on), *_standing(firm, told)):
        found.setdefault(name, []).append(known)
    if content and (had := other_support(firm, content, year or on.year)):
        found["other_state_support_same_content"] = [had]
    return found


def _scale(told: Passport) -> Iterator[tuple[str, Known]]:
    for code, fact in FIGURES.items():
        row = told.row(code)
        for one in _every(row.facts[0]) if row else ():
            # A bound ("trên 300") is no figure that a limit can be held against.
            exact = not isinstance(one.value, dict) or one.value.get("comparator") in (None, "", "≈")
            if exact and (number := whole(one.value)) is not None and number >= 0:
                yield fact, _known(number, one)


def _making(told: Passport) -> Iterator[tuple[str, Known]]:
    rows = [row for code in MAKING if (row := told.row(code))]
    if rows:
        yield "production", _known(True, max((fact for row in rows for fact in row.facts), key=_rank))


def _place(firm: Enterprise, told: Passport, on: date) -> Iterator[tuple[str, Known]]:
    """The place of production; where only an address of the seat is known, that one, which its source says."""
    sites = [fact for fact in _facts(told, "site_address", "site") if _commune(fact.value)]
    seats = [fact for fact in _facts(told, "address") if _commune(fact.value)]
    for fact in (sites or seats)[:1]:
        value = fact.value
        source = fact.statement.source.name
        note = source if sites else str(_("%(source)s (địa chỉ trụ sở)") % {"source": source})
        yield from _units(value, on, fact, note)


def _units(value: dict[str, Any], on: date, fact: Fact, source: str) -> Iterator[tuple[str, Known]]:
    def known(found: str) -> Known:
        return Known(found, source, fact.as_of, fact.level)

    if value.get("province_34"):
        yield "site_province", known(str(value["province_34"]))
    if value.get("province_63"):
        yield "site_province_63", known(str(value["province_63"]))
    code = value.get("commune_34") if on >= reference.TWO_LEVELS else value.get("commune_63")
    if code and (kind := COMMUNES.get(unit_kind(str(code), on).lower())):
        yield "site_commune_kind", known(kind)


def _standing(firm: Enterprise, told: Passport) -> Iterator[tuple[str, Known]]:
    yield "legal_form", Known(FORMS[firm.kind], REGISTER)
    listed = max((fact for section in told.sections for row in section.rows for fact in row.facts
                  if fact.statement.source.in_programme), key=_rank, default=None)  # fmt: skip
    if firm.in_programme and listed:
        yield "is_cnht", Known(True, listed.statement.source.name, listed.as_of, min(listed.level, Verification.LIST))
    elif firm.in_programme:  # a list of the programme names it, though others say every fact better
        yield "is_cnht", Known(True, REGISTER)


def _facts(told: Passport, *codes: str) -> Iterator[Fact]:
    for code in codes:
        if row := told.row(code):
            yield from row.facts


def _every(fact: Fact) -> Iterator[Fact]:
    yield fact
    yield from fact.alternatives


def _commune(value: Any) -> bool:
    return isinstance(value, dict) and bool(value.get("province_34"))


def _rank(fact: Fact) -> tuple[int, date]:
    return fact.level, fact.as_of


def _known(value: Any, fact: Fact) -> Known:
    return Known(value, fact.statement.source.name, fact.as_of, fact.level)
