"""The index follows the database: committed late, killed, damaged, rebuilt or shared, it ends up true."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.conf import settings as django_settings
from django.db import connection, transaction

from matxich.registry import search
from matxich.registry.models import Enterprise, SearchChange, Statement
from matxich.registry.search import Query, asking, enterprises, indexer, store, telling
from matxich.registry.states import ImportState, Kind
from matxich.rulebook.capabilities.fields import FIELDS as STRUCTURED
from matxich.rulebook.passport import FIELDS, PERSONAL_FIELDS
from tests.registry.search_world import NOW, batch, firm, listed, source

committed = pytest.mark.django_db(transaction=True)
postgresql_only = pytest.mark.skipif(
    connection.vendor != "postgresql", reason="SQLite has one writer at a time: nothing commits late"
)


def ids(text: str = "", **asked: object) -> list[int]:
    results = search.search(Query(text, **{"sort": "name", **asked}))  # type: ignore[arg-type]
    assert not results.degraded
    assert results.relaxed or results.total == len(results.hits)
    return [] if results.relaxed else [found for found, _ in results.hits]


@committed
def test_a_change_is_found_once_caught_up() -> None:
    first = firm("Công ty TNHH Đúc Lam Sơn", told={"products": ["Vỏ hộp số"], "name_former": ["Xưởng Thạch Kiều"]})
    assert search.catch_up()
    assert ids("vo hop so") == ids("xuong thach kieu") == [first.pk]
    first.name = "Công ty TNHH Dập Lam Sơn"
    first.save()
    SearchChange.objects.create(enterprise=first)
    second = firm("Công ty CP Khuôn mẫu Vân Đài")
    assert ids("khuon mau van dai") == []
    assert search.catch_up()
    assert (ids("dap lam son"), ids("duc lam son "), ids("khuon mau")) == ([first.pk], [], [second.pk])
    assert search.status().behind == 0
    assert search.status().documents == 2


@committed
def test_only_what_is_published_and_not_merged_is_found() -> None:
    kept = firm("Cơ khí Một")
    firm("Cơ khí Hai", merged_into=kept)
    firm("Cơ khí Ba", first_import=batch(source(), ImportState.STAGED))
    firm("")
    shown = firm("Cơ khí Bốn", first_import=batch(source()))
    search.rebuild()
    assert sorted(ids("co khi")) == [kept.pk, shown.pk]


@committed
def test_an_import_speaks_of_all_it_touched_and_undoing_takes_them_out() -> None:
    mine = batch(source())
    firms = [firm(f"Nhựa {n}", first_import=mine, hear=False) for n in range(30)]
    listed(mine, firms)
    before = firm("Cơ khí Trước")
    assert search.catch_up()
    SearchChange.objects.create(batch=mine)
    assert search.catch_up()
    assert len(ids("nhua ", limit=100)) == 30
    mine.state, mine.undone_at = ImportState.UNDONE, mine.published_at
    mine.save()
    SearchChange.objects.create(batch=mine)
    assert search.catch_up()
    assert (ids("nhua "), ids("co khi")) == ([], [before.pk])


@committed
def test_persons_and_contacts_are_never_indexed() -> None:
    told = {
        "contact_person": "Nguyễn Văn Mẫu",
        "phone": "0900000123",
        "email": "mau@vidu.vn",
        "person_id": "001090000123",
        "note": "gặp anh Thử",
        "customers": ["Ô tô Đại Ngàn"],
    }
    one = firm("Cơ khí Lam", told=told)
    household = firm("Hộ kinh doanh Lam Kiều", kind=Kind.HOUSEHOLD)
    search.rebuild()
    for audience in ("public", "officials"):
        for text in ("nguyen van mau", "0900000123", "vidu", "001090000123", "thu"):
            assert search.search(Query(text, audience=audience)).total == 0  # type: ignore[arg-type]
    assert ids("dai ngan") == []
    assert ids("dai ngan", audience="officials") == [one.pk]
    assert ids("lam kieu") == []
    assert ids("lam kieu", audience="officials") == [household.pk]


def test_the_fields_that_words_come_from_are_nobodys_personal_data() -> None:
    public = {code for code, field in FIELDS.items() if field.audience == "public" and not field.personal}
    assert public > {*telling.PUBLIC, *telling.NAMES}
    assert FIELDS.keys() - public - PERSONAL_FIELDS > set(telling.OFFICE)
    for told, audience in ((telling.STRUCTURED, "public"), (telling.OFFICE_STRUCTURED, "officials")):
        for code, parts in told.items():
            assert (STRUCTURED[code].audience, STRUCTURED[code].personal) == (audience, False)
            assert {part.code for part in STRUCTURED[code].parts} >= set(parts)


@committed
def test_a_fact_told_to_officials_alone_is_not_found_by_the_public() -> None:
    one = firm("Cơ khí Lam", told={"products": ["Vỏ pin bí mật"]})
    Statement.objects.filter(field="products").update(visibility=1)
    search.rebuild()
    assert ids("vo pin") == []
    assert ids("lam") == [one.pk]


@committed
def test_rebuilding_equals_following() -> None:
    sources = [source("Một"), source("Hai", in_programme=False)]
    firms = [
        firm(
            f"Công ty TNHH {'Đúc' if n % 3 else 'Dập'} số {n}",
            by=sources[n % 2],
            size="small" if n % 2 else "large",
            province_34=f"{n % 4:02d}",
            told={"sectors": ["Điện tử", "Dệt may"][: n % 3]},
        )
        for n in range(40)
    ]
    assert search.catch_up()
    for one in firms[::4]:
        one.name += " đổi tên"
        one.save()
        SearchChange.objects.create(enterprise=one)
        assert search.catch_up()

    def seen() -> list[object]:
        facets = ("province", "size", "sector", "source", "in_programme", "verified")
        queries = [
            Query(text, facets=facets, sort=sort, limit=100)
            for text in ("", "duc", "doi ten", "so 7")
            for sort in ("name", "newest", "freshness")
        ]
        found = [search.search(query) for query in queries]
        return [(one.total, [n for n, _ in one.hits], dict(one.facets)) for one in found]

    followed = seen()
    assert search.rebuild() == 40
    assert seen() == followed


@committed
def test_a_helper_makes_the_same_index(monkeypatch: pytest.MonkeyPatch) -> None:
    for n in range(120):
        firm(f"Công ty TNHH Đúc {n}", told={"processes": ["phay"], "certificate": [{"text": "ISO 9001"}]}, hear=False)

    def seen() -> list[object]:
        results = search.search(Query("duc phay iso 9001", limit=200, sort="name", facets=("process", "certificate")))
        return [results.total, results.hits, results.facets]

    assert search.rebuild() == 120
    alone = seen()
    monkeypatch.setattr(indexer, "WORTH_A_HELPER", 1)
    monkeypatch.setattr(enterprises, "CHUNK", 20)
    assert search.rebuild() == 120
    assert seen() == alone
    assert alone[0] == 120


@postgresql_only
@committed
def test_a_late_commit_is_not_skipped() -> None:
    early = firm("Cơ khí Sớm", hear=False)
    late = firm("Cơ khí Muộn", hear=False)
    search.rebuild()
    Enterprise.objects.update(name="Đổi tên")
    taken, released = threading.Event(), threading.Event()

    def slow_writer() -> None:
        with transaction.atomic():
            SearchChange.objects.create(enterprise=late)
            taken.set()
            released.wait(20)
        connection.close()

    writer = threading.Thread(target=slow_writer)
    writer.start()
    taken.wait(20)
    SearchChange.objects.create(enterprise=early)
    assert not search.catch_up(0.3)
    released.set()
    writer.join()
    assert search.catch_up()
    assert sorted(ids("doi ten")) == [early.pk, late.pk]


@committed
def test_a_missing_or_foreign_index_is_rebuilt() -> None:
    one = firm("Cơ khí Lam")
    assert search.catch_up()
    search.reset()
    assert search.status().problem
    assert search.catch_up()
    assert ids("lam") == [one.pk]
    folder = store.current()
    state = store.read_state(folder)
    for other in (
        store.State("0/old", state.database, state.transaction, state.seq),
        store.State(state.version, "sqlite:::elsewhere", state.transaction, state.seq),
        store.State(state.version, state.database, state.transaction + 2**40, state.seq + 2**40),
    ):
        store.write_state(store.current(), other)
        assert search.catch_up()
        assert store.current() != folder
        folder = store.current()
        assert ids("lam") == [one.pk]
    assert [path for path in store.root().iterdir() if path.is_dir()] == [folder]


@committed
@pytest.mark.parametrize("damage", ["cut", "gone", "meta", "state", "bits"])
def test_a_damaged_index_is_noticed_bridged_and_rebuilt(damage: str) -> None:
    one = firm("Cơ khí Lam", tax_code="9900010071")
    for n in range(50):
        firm(f"Nhựa {n}")
    assert search.catch_up()
    folder = store.current()
    words = max(folder.glob("*.term"), key=lambda path: path.stat().st_size)
    match damage:
        case "cut":
            os.truncate(words, 40)
        case "gone":
            words.unlink()
        case "meta":
            (folder / "meta.json").write_text("{")
        case "state":
            (folder / "state.json").write_text("[]")
        case "bits":
            content = words.read_bytes()
            words.write_bytes(content[:20] + bytes(len(content) - 220) + content[-200:])
            assert not store.is_whole(folder)
    store._opened.clear()
    bridged = search.search(Query("lam"))
    assert bridged.degraded
    assert [found for found, _ in bridged.hits] == [one.pk]
    assert search.catch_up()
    assert ids("lam") == [one.pk]


@committed
def test_the_database_bridges_with_the_same_filters() -> None:
    first = firm("Công ty TNHH Đúc Lam Sơn", tax_code="9900010071", province_34="31", province_63="30", size="small")
    other = firm("Công ty CP Đúc Vân Đài", province_34="24", province_63="27", size="large", verification=3)
    outside = firm("Đúc Ngoài", in_programme=False, by=source("Ngoài"))
    firm("Hộ Đúc", kind=Kind.HOUSEHOLD)

    def found(text: str = "", **asked: object) -> list[int]:
        results = search.search(Query(text, **{"sort": "name", **asked}))  # type: ignore[arg-type]
        assert results.degraded
        return [number for number, _ in results.hits]

    assert found("đúc lam") == found("99000100") == found("DUC LAM") == [first.pk]
    assert sorted(found("duc")) == [first.pk, other.pk]
    assert found(filters={"province": ("24",)}) == found(filters={"province": ("27",)}, boundaries="63") == [other.pk]
    assert found(filters={"size": ("small",)}) == [first.pk]
    assert found(filters={"verified": ("3", "x")}) == [other.pk]
    assert found(filters={"source": (str(outside.statements.first().source_id),)}) == [outside.pk]
    assert found(filters={"in_programme": ("0",)}) == [outside.pk]
    assert len(found("duc", audience="officials")) == 3
    assert found("'; DROP TABLE \x00 %_") == []
    assert found(page=10**9) == []
    assert found(limit=1, page=2, sort="newest") == [first.pk]


@committed
def test_a_broken_question_is_answered_by_the_database_and_a_whole_index_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    firm("Cơ khí Lam")
    search.rebuild()
    kept = store.current()

    def broken(*_arguments: object) -> None:
        raise ValueError("engine")

    monkeypatch.setattr(asking, "ask", broken)
    assert search.search(Query("lam")).degraded
    assert store.current() == kept


@committed
def test_nobody_writes_while_another_does() -> None:
    firm("Cơ khí Lam")
    search.rebuild()
    firm("Cơ khí Sơn")
    with store.indexing(0) as mine:
        assert mine
        assert not search.catch_up(0.2)
        with pytest.raises(search.Busy):
            search.rebuild(timeout=0.1)
    assert search.catch_up()
    assert len(ids("co khi")) == 2


@contextmanager
def elsewhere(code: str) -> Iterator[subprocess.Popen[str]]:
    """Another process on the same database and home."""
    database = connection.settings_dict
    setting = {key: str(database[key]) for key in ("ENGINE", "NAME", "USER", "PASSWORD", "HOST", "PORT")}
    script = (
        "import django; from django.conf import settings; from pathlib import Path\n"
        f"settings.DATABASES['default'] |= {setting!r}; settings.INDEX_ROOT = Path({str(store.root())!r})\n"
        "django.setup()\nfrom matxich.registry import search\nfrom matxich.registry.search import enterprises\n"
        f"{code}"
    )
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "tests.settings", "PYTHONPATH": str(Path.cwd())}
    with subprocess.Popen(
        [sys.executable, "-c", script], env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        try:
            yield process
        finally:
            process.kill()


SLOW = """
import time
quick = enterprises.document_of
def slow(one):
    print('indexing', flush=True)
    time.sleep(0.05)
    return quick(one)
enterprises.document_of = slow
"""


@committed
def test_killed_while_indexing_the_old_index_answers_and_the_next_one_finishes() -> None:
    for n in range(5):
        firm(f"Cơ khí {n}")
    assert search.catch_up()
    mine = batch(source())
    listed(mine, [firm(f"Nhựa {n}", first_import=mine, hear=False) for n in range(40)])
    SearchChange.objects.create(batch=mine)
    for task in ("search.catch_up(60)", "search.rebuild()"):
        with elsewhere(SLOW + task) as process:
            assert process.stdout
            assert process.stdout.readline() == "indexing\n"
            time.sleep(0.3)
            assert not search.catch_up(0)
            process.send_signal(signal.SIGKILL)
            process.wait()
        assert (len(ids("co khi")), ids("nhua ")) == (5, [])
    assert search.catch_up()
    assert (len(ids("co khi")), len(ids("nhua ", limit=100))) == (5, 40)


@committed
def test_a_full_disk_leaves_the_old_index_and_no_debris() -> None:
    firm("Cơ khí Lam")
    assert search.catch_up()
    for n in range(300):
        firm(f"Nhựa {n}", hear=n == 299)
    full = "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (3000, 3000))\n"
    for task in ("print(search.catch_up(1))", "search.reset(); print(search.catch_up(1))"):
        with elsewhere(full + task) as process:
            out, error = process.communicate(timeout=60)
            assert (out, process.returncode) == ("False\n", 0), error
        if "reset" not in task:
            assert len(ids("co khi")) == 1
    assert search.catch_up()
    assert len(ids("nhua ", limit=500)) == 300
    assert len([path for path in store.root().iterdir() if path.is_dir()]) == 1


@committed
def test_two_processes_at_once_lose_nothing() -> None:
    search.rebuild()
    firms = [firm(f"Cơ khí {n}") for n in range(60)]
    with elsewhere("print(search.catch_up(60))") as one, elsewhere("print(search.catch_up(60))") as other:
        assert search.catch_up(60)
        for process in (one, other):
            out, error = process.communicate(timeout=60)
            assert (out, process.returncode) == ("True\n", 0), error
    assert len(ids("co khi", limit=100)) == len(firms)
    assert search.status().documents == len(firms)


@committed
def test_the_worker_s_chore_says_how_much_it_did() -> None:
    firm("Cơ khí Lam")
    assert indexer.keep_up(NOW) == 1
    assert indexer.keep_up(NOW) == 0
    firm("Cơ khí Sơn")
    firm("Cơ khí Vân")
    with store.indexing(0):
        assert indexer.keep_up(NOW) == 0
    assert indexer.keep_up(NOW) == 2
    assert search.status().behind == 0


@committed
def test_readers_turn_to_each_new_state() -> None:
    firm("Cơ khí Lam")
    search.rebuild()
    first = store.opened()
    assert store.opened() is first
    firm("Cơ khí Sơn")
    search.catch_up()
    second = store.opened()
    assert (second is first, second.folder == first.folder) == (False, True)
    search.rebuild()
    assert store.opened().folder != second.folder
    assert first.searcher.num_docs == 1


@committed
def test_what_the_command_line_prints(django_assert_max_num_queries) -> None:  # type: ignore[no-untyped-def]
    one = firm("Cơ khí chính xác Lam", tax_code="9900010071", province_34="24", province_63="27", size="small")
    search.rebuild()
    with django_assert_max_num_queries(2):
        answer = search.search_as_json(Query("co khi", boundaries="63", facets=("province", "size")))
    score = answer["hits"][0].pop("score")
    assert score > 0
    assert answer.pop("took_ms") > 0
    assert answer == {
        "total": 1,
        "hits": [{"id": "MX-000001-3" if one.pk == 1 else answer["hits"][0]["id"], "name": one.name,
                  "tax_code": "9900010071", "province": "27"}],
        "facets": {
            "province": [{"value": "27", "label": "Bắc Ninh", "count": 1}],
            "size": [{"value": "small", "label": "Nhỏ", "count": 1}],
        },
    }  # fmt: skip
    slip = search.search_as_json(Query("co khi lamm"))
    assert (slip["total"], slip["corrected"], [hit["name"] for hit in slip["hits"]]) == (1, True, [one.name])
    assert search.search_as_json(Query("co khi qqqqqq"))["hits"] == []


def test_the_chunks_of_a_change_are_bounded() -> None:
    from matxich.registry.search.enterprises import CHUNK, touched

    changes = [SimpleNamespace(enterprise_id=n % 1200 + 1, batch_id=None) for n in range(3_000)]
    chunks = list(touched(changes))  # type: ignore[arg-type]
    assert [len(chunk) for chunk in chunks] == [CHUNK, CHUNK, 200]
    assert django_settings.INDEX_ROOT
    assert indexer.PATIENCE == 5.0
