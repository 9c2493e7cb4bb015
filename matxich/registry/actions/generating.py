"""A series of invented firms comes into the register: for trials of speed, for training, for a look at a full site.

Every firm is demo data, told by sources that are demo data. A batch is one transaction with one entry of the ledger,
so an interrupted series stands up to a batch and is carried on from there.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import chain

from django.db import connection, transaction
from django.utils.translation import gettext_lazy as _

from matxich.kit.actor import Actor
from matxich.kit.aside import map_aside
from matxich.kit.bulk import insert_rows
from matxich.kit.collecting import collecting_seldom
from matxich.kit.refusals import Refusal, Stale
from matxich.ledger.actions import Subject, record
from matxich.registry.actions.inventing import (
    ENTERPRISE_COLUMNS,
    STATEMENT_COLUMNS,
    Batch,
    Inventor,
    Order,
    Teller,
    made,
    ordered,
)
from matxich.registry.actions.numbers import reserve_row
from matxich.registry.actions.sources import source_named
from matxich.registry.models import Enterprise, Merge, SearchChange, Statement
from matxich.registry.queries.generated import ACTION, Standing, batch_of, standing
from matxich.rulebook.identifiers import SAMPLE_CODES, make_registry_id, sample_tax_code
from matxich.rulebook.projection import VERSION
from matxich.rulebook.vietnamese.numbers import format_number

BATCH = 5_000
HELPERS = 2
MOST_STATEMENTS = {False: 32, True: 96}
"""Of one firm, without and with all a passport can hold; numbers reserved and not used stay unused."""
Progress = Callable[[int, int | None, str], None]


class OtherSeries(Refusal):
    """The seed stands in the register with passports of the other fullness."""

    code = "other_series"


class SampleCodesSpent(Refusal):
    """There are no more tax codes that no real enterprise can hold."""

    code = "sample_codes_spent"


class BesideReal(Refusal):
    """Invented firms would stand among real ones."""

    code = "beside_real"


@dataclass(frozen=True, slots=True)
class Generated:
    """What one call added, and the last entry of the ledger about the series."""

    enterprises: int
    statements: int
    entry: int | None


def generate(
    *,
    series: Inventor,
    count: int,
    sources: Sequence[tuple[str, str]],
    by: Actor,
    at: datetime,
    progress: Progress,
    beside_real: bool = False,
) -> Generated:
    """Bring a series up to `count` firms; those that stand already stay as they are.

    `sources`: name and kind of each, in the order the firms' facts count them. `beside_real`: go on where real firms
    stand. Raises BesideReal, OtherSeries, SampleCodesSpent, Stale (somebody else adds to the same series).
    """
    before = standing(series.seed)
    demand_room(before, count)
    if not beside_real and Enterprise.objects.filter(is_demo=False).exists():
        raise BesideReal(
            _("Sổ này có doanh nghiệp thật; doanh nghiệp đặt ra sẽ đứng lẫn giữa chúng, chỉ khác ở dấu dữ liệu mẫu."),
            _("Dùng một thư mục MATXICH_HOME khác, hoặc thêm --yes nếu đúng là muốn vậy."),
        )
    if before.enterprises and before.full != series.full:
        raise OtherSeries(
            _("Số gốc %(seed)s đã có %(count)s doanh nghiệp, tạo theo cách %(how)s.")
            % {
                "seed": series.seed,
                "count": before.enterprises,
                "how": _("có --full") if before.full else _("không có --full"),
            },
            _("Dùng lại đúng cách đó, hoặc chọn số gốc khác."),
        )
    if before.enterprises >= count:
        return Generated(0, 0, before.entry)
    tellers = _tellers(sources, by, at)
    statements, entry = 0, before.entry
    with collecting_seldom():
        for batch in _batches(series, _orders(before, count, series, tellers, by, at)):
            entry = _write(batch, series, by, at)
            statements += len(batch.statements)
            progress(batch.order.first + len(batch.enterprises) - 1, count, str(_("Doanh nghiệp")))
    return Generated(count - before.enterprises, statements, entry)


def demand_room(before: Standing, count: int) -> None:
    """Raises SampleCodesSpent when so many more firms would run out of tax codes of their own."""
    last = Enterprise.objects.order_by("id").values_list("pk", flat=True).last() or 0
    left = max(0, SAMPLE_CODES - last)
    if count - before.enterprises > left:
        raise _spent(left)


def _spent(left: int) -> SampleCodesSpent:
    return SampleCodesSpent(
        _("Dải mã số thuế dành cho dữ liệu mẫu chỉ còn đủ cho %(left)s doanh nghiệp.") % {"left": format_number(left)},
        _("Chọn số doanh nghiệp nhỏ hơn."),
    )


@transaction.atomic
def _tellers(sources: Sequence[tuple[str, str]], by: Actor, at: datetime) -> tuple[Teller, ...]:
    made = [source_named(name=name, kind=kind, by=by, at=at, is_demo=True) for name, kind in sources]
    real = next((source for source in made if not source.is_demo), None)
    if real:
        raise Stale(
            _("Nguồn “%(name)s” không phải là dữ liệu mẫu.") % {"name": real.name},
            _("Đổi tên nguồn đó rồi chạy lại."),
        )
    return tuple(Teller(source.pk, source.trust, source.in_programme) for source in made)


def _orders(
    before: Standing, count: int, series: Inventor, tellers: tuple[Teller, ...], by: Actor, at: datetime
) -> Iterator[Order]:
    last, first = before.last, before.enterprises + 1
    while first <= count:
        size = min(BATCH, count - first + 1)
        enterprises = reserve_row(Enterprise, size)
        if enterprises[-1] > SAMPLE_CODES:
            raise _spent(0)
        statements = reserve_row(Statement, size * MOST_STATEMENTS[series.full])
        yield Order(first, enterprises, statements, last, _taken(enterprises), tellers, by.id, at)
        first, last = first + size, enterprises[-1]


def _taken(enterprises: range) -> frozenset[str]:
    between = (sample_tax_code(enterprises[0]), sample_tax_code(enterprises[-1]) + "-999")
    held = Enterprise.objects.filter(tax_code__range=between).values_list("tax_code", flat=True)
    merged = Merge.objects.filter(tax_code__range=between, undone_at=None).values_list("tax_code", flat=True)
    return frozenset(code for code in (*held, *merged) if code)


def _batches(series: Inventor, orders: Iterator[Order]) -> Iterator[Batch]:
    """A single batch is made here; several, beside the process that writes them."""
    first, second = next(orders), next(orders, None)
    if second is None:
        yield made(series, first)
        return
    jobs = ((series, order) for order in chain((first, second), orders))
    yield from map_aside(f"{ordered.__module__}.ordered", jobs, helpers=HELPERS)


@transaction.atomic
def _write(batch: Batch, series: Inventor, by: Actor, at: datetime) -> int:
    """Firms, statements, the word to the index and the entry of the ledger, all or nothing; the entry's number."""
    _one_at_a_time()
    order, size = batch.order, len(batch.enterprises)
    if standing(series.seed).enterprises != order.first - 1:
        raise Stale(
            _("Một tiến trình khác cũng đang thêm doanh nghiệp của số gốc %(seed)s.") % {"seed": series.seed},
            _("Chờ tiến trình kia xong rồi chạy lại."),
        )
    insert_rows(Enterprise, ENTERPRISE_COLUMNS, batch.enterprises, encoded=("passport",))
    insert_rows(Statement, STATEMENT_COLUMNS, batch.statements, encoded=("value",))
    insert_rows(SearchChange, ("enterprise_id",), ((pk,) for pk in order.enterprises))
    after = {
        "synthetic": True,
        "seed": series.seed,
        "full": series.full,
        "firms": [order.first, order.first + size - 1],
        "ids": [make_registry_id(order.enterprises[0]), make_registry_id(order.enterprises[-1])],
        "enterprises": size,
        "statements": len(batch.statements),
    }
    subject = Subject("registry", "1")
    entry = record(by=by, at=at, action=ACTION, on=subject, after=after, batch=batch_of(series.seed), rule=VERSION)
    return int(entry.pk)


def _one_at_a_time() -> None:
    """Batches follow one another; held until the caller's transaction ends. SQLite has one writer anyway."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [0x6D78_6765])
