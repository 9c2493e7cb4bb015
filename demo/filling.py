"""Fill an empty installation: people, three dirty lists through the real importer, visits, what people do, the listed
companies."""

import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random

from django.utils import timezone

from demo.council import fill_council
from demo.doings import fill_doings
from demo.firms import Firm, invent
from demo.law import fill_law
from demo.lists import write_lists, write_supplement
from demo.papers import fill_papers
from demo.parts import noted
from demo.people import PASSWORD, SignIn, fill_people
from demo.press import fill_press
from demo.programmes import fill_programmes
from demo.proposals import fill_proposals
from demo.rounds import fill_rounds
from demo.sites import sites
from demo.zones import fill_zones
from matxich.accounts.models import User
from matxich.accounts.queries import person
from matxich.indicators.actions.series import rebuild
from matxich.kit.actor import Actor
from matxich.registry.actions import import_list, source_named, state_fact, upload_list
from matxich.registry.actions.wizard import begin_reading
from matxich.registry.models import Enterprise, Import
from matxich.registry.states import SourceKind, Verification

LISTED = Path(__file__).parent / "data" / "listed_companies_2023_vi.csv"
LISTED_SOURCE = "Danh sách công ty niêm yết 2023"
VISITED = 45
NOTED = 24
Progress = Callable[[int, int | None, str], None]


@dataclass(frozen=True)
class Filled:
    """What the demo holds, and who may sign in with `password`."""

    people: list[SignIn]
    enterprises: int
    imports: int
    password: str = PASSWORD


def fill(*, by: Actor, at: datetime, progress: Progress) -> Filled:
    """Idempotent: what is there is left alone."""
    people = fill_people(by=by, at=at)
    if not Import.objects.filter(source__is_demo=True).exists():
        firms = invent(sites())
        _import_lists(firms, at, progress)
        _visit(firms, at, progress)
        _leave_open(firms, at)
    if not Import.objects.filter(source__name=LISTED_SOURCE).exists():
        import_list(
            LISTED,
            source_name=LISTED_SOURCE,
            by=by,
            at=at,
            as_of=date(2023, 12, 31),
            kind=SourceKind.OUTSIDE,
            progress=progress,
        )
    fill_zones(at)
    fill_law(at)
    fill_programmes(at)
    fill_rounds(at)
    fill_press(at)
    rebuild(on=timezone.localdate(at), at=at)
    fill_council(at)
    fill_doings(at)
    fill_proposals(at)
    fill_papers(at)
    return Filled(people, Enterprise.objects.filter(is_demo=True).count(), Import.objects.count())


def _import_lists(firms: list[Firm], at: datetime, progress: Progress) -> None:
    province, ministry = _actor("hp.chuyenvien", at), _actor("bo.chuyenvien", at)
    with tempfile.TemporaryDirectory() as folder:
        for days, (path, sender, as_of) in enumerate(write_lists(firms, Path(folder)), start=1):
            officer = ministry if "Ban Quản lý" in sender else province
            import_list(
                path,
                source_name=sender,
                by=officer,
                at=at - timedelta(days=30 - 7 * days),
                as_of=date.fromisoformat(as_of),
                kind=SourceKind.ASSOCIATION_LIST if "Hiệp hội" in sender else SourceKind.AGENCY_LIST,
                is_demo=True,
                progress=progress,
            )


def _leave_open(firms: list[Firm], at: datetime) -> None:
    """A fourth list lies on the desk of Hải Phòng's officer, uploaded and not yet settled."""
    officer = _actor("hp.chuyenvien", at)
    source = source_named(name="Ban Quản lý khu kinh tế (dữ liệu mẫu)", by=officer, at=at, is_demo=True)
    with tempfile.TemporaryDirectory() as folder:
        path = write_supplement(firms, Path(folder))
        begin_reading(batch=upload_list(source=source, path=path, name=path.name, by=officer, at=at), by=officer, at=at)


def _visit(firms: list[Firm], at: datetime, progress: Progress) -> None:
    """Officers went to see some of them: what they saw outranks the lists, and sometimes differs."""
    chance, officer = Random(12), _actor("bo.chuyenvien", at)
    source = source_named(
        name="Khảo sát tại cơ sở 2026 (dữ liệu mẫu)", by=officer, at=at, kind=SourceKind.VISIT, is_demo=True
    )
    known = {e.tax_code: e for e in Enterprise.objects.filter(is_demo=True).exclude(tax_code="")}
    chosen = [firm for firm in chance.sample(firms, k=len(firms)) if firm.tax_code in known][:VISITED]
    for done, firm in enumerate(chosen, start=1):
        seen = at - timedelta(days=chance.randint(20, 700))
        facts = _seen(firm, chance)
        if done <= NOTED:
            facts += noted(firm, timezone.localdate(seen), Random(firm.number))
        for field, value in facts:
            enterprise = Enterprise.objects.get(pk=known[firm.tax_code].pk)
            state_fact(
                enterprise=enterprise,
                field=field,
                value=value,
                source=source,
                as_of=timezone.localdate(seen),
                verification=Verification.VISIT,
                by=officer,
                at=max(seen, at - timedelta(days=400)),
                base_version=enterprise.version,
                reason="Khảo sát tại cơ sở",
            )
        progress(done, len(chosen), "Khảo sát")


def _seen(firm: Firm, chance: Random) -> list[tuple[str, object]]:
    workers = max(1, firm.workers + chance.choice((0, 0, -8, 5)))
    facts: list[tuple[str, object]] = [
        ("workers", workers),
        ("processes", list(firm.processes)),
        ("materials", list(firm.materials)),
    ]
    return facts


def _actor(local: str, at: datetime) -> Actor:
    return person(User.objects.get(email=f"{local}@matxich.example"), timezone.localdate(at))
