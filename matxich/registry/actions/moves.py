"""An import moves from state to state, along the table alone; who relies on its state holds it still."""

from typing import Any

from django.db import connection
from django.utils.translation import gettext_lazy as _

from matxich.kit.refusals import Stale
from matxich.registry.models import Import
from matxich.registry.states import IMPORT_TRANSITIONS, ImportState


def move(batch: Import, event: str, **changes: Any) -> Import:
    """Lock the import, take one step of the table and save; raises Stale when the table has no such step.

    Needs the caller's transaction. Returns a fresh instance; the one passed in is left as it was.
    """
    current = Import.objects.select_for_update(of=("self",)).select_related("source").get(pk=batch.pk)
    target = IMPORT_TRANSITIONS.get((ImportState(current.state), event))
    if target is None:
        raise Stale(
            _("Lần nhập này đang ở trạng thái “%(state)s” nên không làm được việc đó.")
            % {"state": current.get_state_display()},
            _("Tải lại trang để xem trạng thái mới nhất."),
        )
    current.state = target
    for name, value in changes.items():
        setattr(current, name, value)
    current.save(update_fields=["state", *changes])
    return current


def hold_still(*imports: int | None) -> None:
    """Nobody publishes or undoes these imports until the caller's transaction ends; others may hold them too.

    SQLite has one writer at a time, who thereby holds everything.
    """
    numbers = sorted({number for number in imports if number is not None})
    if numbers and connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM registry_import WHERE id = ANY(%s) ORDER BY id FOR SHARE", [numbers])


def one_flip_at_a_time() -> None:
    """Publications and undoings follow one another; held until the caller's transaction ends."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [0x6D78_666C])
