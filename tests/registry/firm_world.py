"""Firms with everything a passport can hold, told by real actions."""

from datetime import date
from hashlib import blake2b
from typing import Any

from matxich.kit.actor import Actor
from matxich.registry import actions
from matxich.registry.models import Enterprise, Statement
from matxich.registry.states import SourceKind
from matxich.rulebook.identifiers import make_registry_id
from matxich.rulebook.passport import FIELDS, field_of
from tests.conftest import NOW

SYSTEM = Actor(kind="system", id="os:test", name="test")
ADDRESS = "Lô CN-7, KCN Tràng Duệ, xã An Dương, Hải Phòng"
FACTS = {
    "name": "Công ty TNHH Cơ khí chính xác Bình Minh",
    "tax_code": "9991274607",
    "address": ADDRESS,
    "products": "Khuôn dập; đồ gá",
    "processes": "Phay CNC; tiện CNC",
    "certificates": "ISO 9001:2015",
    "workers": "80",
    "customers": "Điện gia dụng Kitano",
    "contact_person": "Ngô Văn Bí Mật",
    "phone": "0912 345 678",
    "email": "bi.mat@binhminh.example",
}
PERSONAL_TEXTS = ("Ngô Văn Bí Mật", "345 678", "0912345678", "bi.mat")
AS_OF = date(2026, 9, 1)


def told_by(name: str = "Sở Công Thương Hải Phòng", kind: str = SourceKind.AGENCY_LIST) -> Any:
    return actions.source_named(name=name, by=SYSTEM, at=NOW, kind=kind)


def full_firm(**facts: str) -> Enterprise:
    made = actions.create_enterprise(
        facts=FACTS | facts, source=told_by(), as_of=AS_OF, by=SYSTEM, at=NOW, verification=1, reason="kiểm thử"
    )
    return Enterprise.objects.get(pk=made.pk)


def say(
    firm: Enterprise, field: str, value: str, *, source: Any = None, verification: int = 1, **more: Any
) -> Statement:
    firm.refresh_from_db()
    return actions.state_fact(
        enterprise=firm,
        field=field,
        value=value,
        source=source or told_by(),
        as_of=more.pop("as_of", AS_OF),
        by=SYSTEM,
        at=NOW,
        base_version=firm.version,
        verification=verification,
        reason="kiểm thử",
        **more,
    )


def secret_text(code: str) -> str:
    """A value of a field that could not be on a page by chance."""
    return "k" + blake2b(code.encode(), digest_size=6).hexdigest()


def whisper(firm: Enterprise) -> dict[str, str]:
    """Every field of the catalogue told as a text of its own; the ones that are not for everybody, by code."""
    for code in FIELDS:
        statement = Statement.objects.create(
            enterprise=firm,
            field=code,
            value=secret_text(code),
            source=told_by(),
            as_of=AS_OF,
            verification=4,
            visibility={"public": 0, "officials": 1, "private": 2}[field_of(code).audience],
            recorded_at=NOW,
            recorded_by="test",
        )
        firm.passport[code] = {"m": [[secret_text(code), statement.pk]]}
    firm.save()
    return {
        code: secret_text(code) for code in FIELDS if field_of(code).audience != "public" or field_of(code).personal
    }


def page_of(firm: Enterprise) -> str:
    return f"/nha-cung-ung/{make_registry_id(firm.pk)}/"


def passport_of(firm: Enterprise) -> str:
    return f"/doanh-nghiep/{make_registry_id(firm.pk)}/"
