"""A few firms in the database for search to find."""

from datetime import UTC, date, datetime
from typing import Any

from matxich.registry.models import Enterprise, Import, ImportRow, SearchChange, Source, Statement
from matxich.registry.states import ImportState
from matxich.rulebook.vietnamese.names import company_key

NOW = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)


def source(name: str = "Danh sách Sở Công Thương", **fields: Any) -> Source:
    return Source.objects.get_or_create(key=name.lower(), defaults={"name": name, "created_at": NOW, **fields})[0]


def batch(of: Source, state: str = ImportState.PUBLISHED) -> Import:
    return Import.objects.create(
        source=of,
        file_sha256="0" * 64,
        file_name="danh-sach.xlsx",
        file_size=1,
        state=state,
        as_of=date(2026, 9, 1),
        started_by="1",
        started_by_name="Ngô Thị Chủ",
        started_at=NOW,
        published_at=NOW if state == ImportState.PUBLISHED else None,
    )


def firm(
    name: str, *, told: dict[str, Any] | None = None, by: Source | None = None, hear: bool = True, **fields: Any
) -> Enterprise:
    """An enterprise with its statements; `told` gives further fields of its passport. Heard by the index."""
    made = Enterprise.objects.create(name=name, company_key=company_key(name), created_at=NOW, **fields)
    for code, value in {"name": name, **(told or {})}.items():
        told_by = Statement.objects.create(
            enterprise=made,
            field=code,
            value=value,
            source=by or source(),
            batch=fields.get("first_import"),
            as_of=date(2026, 9, 1),
            verification=1,
            recorded_at=NOW,
            recorded_by="1",
        )
        many = isinstance(value, list)
        made.passport[code] = {"m": [[v, told_by.pk] for v in value]} if many else {"v": value, "s": told_by.pk}
    made.save()
    if hear:
        SearchChange.objects.create(enterprise=made)
    return made


def listed(of: Import, firms: list[Enterprise]) -> None:
    """The rows of an import that stand behind these firms."""
    ImportRow.objects.bulk_create(
        ImportRow(batch=of, sheet="", row=number, outcome="new", enterprise=one)
        for number, one in enumerate(firms, start=2)
    )
