"""Keeping the index true: whoever holds the lock applies the changes that follow the last one applied."""

import logging
import shutil
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from pathlib import Path

import tantivy
from django.db import connection
from django.db.models import Max, Q, QuerySet
from django.utils.translation import gettext as _

from matxich.kit.aside import HelperStopped, answering_aside, received
from matxich.kit.collecting import collecting_seldom
from matxich.kit.commit_order import settled_before
from matxich.kit.refusals import Refusal
from matxich.registry.models import SearchChange, TermDecision
from matxich.registry.queries.meaning import decisions_everywhere
from matxich.registry.search import document, enterprises, phrases, store
from matxich.registry.search.store import State, Unavailable

log = logging.getLogger(__name__)
HEAP = 32_000_000
# What fits in here is written once; beyond it parts are written and joined, which costs each firm once more.
REBUILD_HEAP = 300_000_000
CHANGES_AT_ONCE = 2_000
WORTH_A_HELPER = 20_000
AT_ONCE = 50
PATIENCE = 5.0


class Busy(Refusal):
    """Another process is indexing and did not finish in time."""

    code = "index_busy"


@dataclass(frozen=True, slots=True)
class Standing:
    """How the index stands. `behind` counts changes not yet applied; `problem` is "" or why it must be rebuilt."""

    ready: bool
    documents: int
    behind: int
    size: int
    problem: str


def catch_up(timeout: float = PATIENCE) -> bool:
    """Apply every change committed before this call, here or by waiting for whoever is at it; true when done.

    Rebuilds an index that is missing, damaged, of another version or of another database. A failure (a full disk)
    leaves the old index and is logged, for what the caller wrote is safe in the database. Within a transaction the
    caller's own changes are not settled on PostgreSQL and nothing is waited for: call it after the commit.
    """
    deadline = time.monotonic() + (0 if connection.in_atomic_block else timeout)
    target = _latest()
    while True:
        with store.indexing(0) as mine:
            if mine and not _did_apply():
                return False
        if _reached(target):
            return True
        if time.monotonic() >= deadline:
            return False
        time.sleep(store.POLL)


def rebuild(*, timeout: float = 600.0, progress: Callable[[int], None] | None = None) -> int:
    """Index the whole register anew into a fresh folder, then turn readers to it. Returns how many documents.

    Until the turn readers keep the old index; killed half-way, the old one stays. Raises Busy.
    """
    with store.indexing(timeout) as mine:
        if not mine:
            raise Busy(_("Một tiến trình khác đang lập chỉ mục tìm kiếm."), _("Hãy thử lại sau vài phút."))
        return _rebuild(progress)


def reset() -> None:
    """Forget the index, as after another database was restored; the next `catch_up` rebuilds it."""
    with store.indexing(PATIENCE):
        store.forget()


def status() -> Standing:
    try:
        opened = store.opened()
        state = _state(opened.folder)
    except Unavailable as error:
        return Standing(ready=False, documents=0, behind=0, size=0, problem=str(error))
    size = sum(path.stat().st_size for path in opened.folder.iterdir() if path.is_file())
    behind = _after(state).count()
    return Standing(ready=True, documents=opened.searcher.num_docs, behind=behind, size=size, problem="")


def keep_up(at: datetime) -> int:
    """The worker's chore: apply what is settled unless another process is at it. How many changes or documents."""
    with store.indexing(0) as mine:
        return _apply_or_rebuild() if mine else 0


def _did_apply() -> bool:
    try:
        _apply_or_rebuild()
    except (ValueError, OSError, HelperStopped):
        log.exception("The search index could not be brought up to date.")
        return False
    return True


def _apply_or_rebuild() -> int:
    try:
        folder = store.current()
        state = _state(folder)
        index = store.open_index(folder)
    except Unavailable:
        return _rebuild(None)
    applied = 0
    while changes := list(_settled(_after(state))[:CHANGES_AT_ONCE]):
        state = _apply(index, folder, state, changes)
        applied += len(changes)
    return applied


def _apply(index: tantivy.Index, folder: Path, state: State, changes: list[SearchChange]) -> State:
    """One commit of the index for all of them; applied twice they do no harm, so the state may lag a crash."""
    writer, everywhere = index.writer(HEAP, 1), decisions_everywhere()
    decided = TermDecision.objects.filter(pk__in={change.decision_id for change in changes if change.decision_id})
    for ids in chain(enterprises.touched(changes), phrases.firms_saying(index, decided)):
        writer.delete_documents_by_query(tantivy.Query.term_set_query(index.schema, "id", list(ids)))
        _add(writer, enterprises.documents(ids, everywhere))
    writer.commit()
    last = changes[-1]
    state = State(state.version, state.database, last.transaction, last.seq)
    store.write_state(folder, state)
    # Whoever waits for the change need not wait until the engine has tidied up.
    writer.wait_merging_threads()
    return state


def _rebuild(progress: Callable[[int], None] | None) -> int:
    """What changes while the register is read is applied once more afterwards."""
    state = _here_and_now()
    folder = store.new_folder()
    try:
        done = _fill(folder, progress)
        store.write_state(folder, state)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    store.point_to(folder)
    return done


def _fill(folder: Path, progress: Callable[[int], None] | None) -> int:
    """Documents of a large register are made by two processes, then indexed by a thread of the engine."""
    index = tantivy.Index(document.schema(), path=str(folder))
    writer = index.writer(REBUILD_HEAP, 1)
    done = 0
    with collecting_seldom():
        for chunk in _written():
            for one in chunk:
                writer.add_json(one)
            done += len(chunk)
            if progress:
                progress(done)
    writer.commit()
    writer.wait_merging_threads()
    return done


def _written() -> Iterator[list[str]]:
    """The register's documents, not in order. The helper is given a chunk whenever it has none."""
    if enterprises.visible().count() < WORTH_A_HELPER:
        yield from map(enterprises.written, enterprises.everything())
        return
    with answering_aside(f"{enterprises.__name__}.written") as helper:
        asked = False
        for chunk in enterprises.everything():
            left = chunk
            while left:
                if asked and not helper.poll():
                    yield enterprises.written(left[:AT_ONCE])
                    left = left[AT_ONCE:]
                    continue
                answer = received(helper) if asked else []
                # It must not wait while its answer is indexed.
                helper.send(left)
                asked, left = True, []
                yield answer
        if asked:
            yield received(helper)


def _add(writer: tantivy.IndexWriter, found: Iterable[document.Document]) -> int:
    return sum(1 for one in found if writer.add_json(document.as_json(one)) is not None)


def _database() -> str:
    """Which database an index was made from."""
    settings = connection.settings_dict
    return f"{connection.vendor}:{settings['HOST']}:{settings['PORT']}:{settings['NAME']}"


def _here_and_now() -> State:
    """The place in the changes from which an index built now must be carried on."""
    settled = settled_before()
    if settled is not None:
        return State(document.layout(), _database(), settled - 1, 2**62)
    return State(document.layout(), _database(), 0, _last_seq())


def _state(folder: Path) -> State:
    """Unavailable where the state cannot belong to this database: another one, or one set back in time."""
    state = store.read_state(folder)
    if state.database != _database():
        raise Unavailable("another database")
    settled = settled_before()
    if settled is not None and state.transaction >= settled:
        raise Unavailable("ahead of the database")
    if settled is None and state.seq > _last_seq():
        raise Unavailable("ahead of the database")
    return state


def _after(state: State) -> QuerySet[SearchChange]:
    """Changes not yet applied, in the order to apply them. SQLite numbers no transactions: there seq is the order."""
    if settled_before() is None:
        return SearchChange.objects.filter(seq__gt=state.seq).order_by("seq")
    later = Q(transaction__gt=state.transaction) | Q(transaction=state.transaction, seq__gt=state.seq)
    return SearchChange.objects.filter(later).order_by("transaction", "seq")


def _settled(changes: QuerySet[SearchChange]) -> QuerySet[SearchChange]:
    settled = settled_before()
    return changes if settled is None else changes.filter(transaction__lt=settled)


def _latest() -> tuple[int, int]:
    """The last change anybody can see now."""
    if settled_before() is None:
        return 0, _last_seq()
    last = SearchChange.objects.order_by("transaction", "seq").last()
    return (last.transaction, last.seq) if last else (0, 0)


def _last_seq() -> int:
    return SearchChange.objects.aggregate(last=Max("seq"))["last"] or 0


def _reached(target: tuple[int, int]) -> bool:
    try:
        state = _state(store.current())
    except Unavailable:
        return False
    return (state.transaction, state.seq) >= target
