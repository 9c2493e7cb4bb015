"""Lists published and undone in any order, edits between: every passport always follows from what stands."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from matxich.kit.actor import Actor
from matxich.registry.actions import (
    import_list,
    publish,
    read_list,
    rebuild,
    set_mapping,
    source_named,
    stage,
    state_fact,
    undo_import,
    upload_list,
)
from matxich.registry.actions.projecting import COLUMNS
from matxich.registry.models import Import
from matxich.registry.queries import visible_enterprises
from tests.conftest import NOW

NAMES = ("Công ty TNHH A Phát", "Công ty TNHH Bình An", "Công ty CP Cường Thịnh")
CODES = ("9991000010", "9991000028", "", "")
PLACES = ("xã An Dương, Hải Phòng", "phường Thủy Nguyên, Hải Phòng", "")
SYSTEM = Actor(kind="system", id="os:test", name="test")

ROWS = st.lists(
    st.tuples(
        st.sampled_from(NAMES), st.sampled_from(CODES), st.sampled_from(PLACES), st.sampled_from(["", "Khuôn", "Ốc"]),
        st.sampled_from(["", "10", "20", "300"]), st.just(""),
    ),
    min_size=1, max_size=4,
)  # fmt: skip
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("import"), ROWS),
        st.tuples(st.just("stage"), ROWS),
        st.tuples(st.just("publish"), st.integers(0, 9)),
        st.tuples(st.just("undo"), st.integers(0, 9)),
        st.tuples(st.just("edit"), st.integers(0, 9)),
    ),
    min_size=1,
    max_size=7,
)


def snapshot() -> list[dict[str, Any]]:
    return list(visible_enterprises().order_by("id").values("id", "kind", "parent_id", "first_import_id", *COLUMNS))


def write(folder: Path, rows: Any, number: int) -> Path:
    path = folder / f"{number}.csv"
    lines = [("Tên doanh nghiệp", "Mã số thuế", "Địa chỉ", "Sản phẩm", "Lao động", "Ghi chú"), *rows]
    path.write_text("\n".join(",".join(f'"{cell}"' for cell in line) for line in lines))
    return path


def staged(path: Path, number: int) -> Import:
    source = source_named(name=f"Nguồn {number}", by=SYSTEM, at=NOW)
    batch = upload_list(source=source, path=path, name=path.name, by=SYSTEM, at=NOW)
    batch, _reading = read_list(batch=batch, by=SYSTEM, at=NOW)
    return stage(batch=set_mapping(batch=batch, choices={}, by=SYSTEM, at=NOW), by=SYSTEM, at=NOW)


def take_step(folder: Path, number: int, action: str, detail: Any) -> None:
    if action == "import":
        import_list(write(folder, detail, number), source_name=f"Nguồn {number}", by=SYSTEM, at=NOW)
    elif action == "stage":
        staged(write(folder, detail, number), number)
    elif action in ("publish", "undo"):
        state, act = ("staged", publish) if action == "publish" else ("published", undo_import)
        found = list(Import.objects.filter(state=state).order_by("id"))
        if found:
            reason = {} if action == "publish" else {"reason": "thử"}
            act(batch=found[detail % len(found)], by=SYSTEM, at=NOW, **reason)
    elif firms := list(visible_enterprises().order_by("id")):
        firm = firms[detail % len(firms)]
        source = source_named(name="Cán bộ", by=SYSTEM, at=NOW)
        state_fact(
            enterprise=firm, field="workers", value=detail + 1, source=source, as_of=date(2026, 1, 1), by=SYSTEM,
            at=NOW, base_version=firm.version,
        )  # fmt: skip


@pytest.mark.django_db
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_projections_follow_from_what_stands(tmp_path: Path, steps: list[tuple[str, Any]]) -> None:
    from django.db import transaction

    with transaction.atomic():
        for number, (action, detail) in enumerate(steps):
            take_step(tmp_path, number, action, detail)
            assert rebuild(by=SYSTEM, at=NOW).found == []
        transaction.set_rollback(True)


@pytest.mark.django_db
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS, rows=ROWS, later=st.lists(st.tuples(st.just("edit"), st.integers(0, 9)), max_size=2))
def test_an_undo_restores_everything_exactly(tmp_path: Path, steps: Any, rows: Any, later: Any) -> None:
    """Published and undone at once: as before. Edited in between: as if only the edits had come."""
    from django.db import transaction

    with transaction.atomic():
        for number, (action, detail) in enumerate(steps):
            take_step(tmp_path, number, action, detail)
        before = snapshot()
        import_list(write(tmp_path, rows, 99), source_name="Nguồn 99", by=SYSTEM, at=NOW)
        for number, (action, detail) in enumerate(later, 100):
            take_step(tmp_path, number, action, detail)
        undo_import(batch=Import.objects.get(source__name="Nguồn 99"), by=SYSTEM, at=NOW, reason="")
        if not later:
            assert snapshot() == before
        assert rebuild(by=SYSTEM, at=NOW).found == []
        transaction.set_rollback(True)
