"""For the walk over all routes: one object of Hải Phòng, the owner's, behind each route that names one."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from matxich.kit.actor import ANONYMOUS
from tests.appraisal import samples as appraisal
from tests.conftest import NOW, World
from tests.correspondence import samples as correspondence
from tests.proposals import samples as proposals

Sample = Callable[[World], dict[str, Any]]


def firm(world: World) -> dict[str, Any]:
    from matxich.rulebook.identifiers import make_registry_id

    return {"registry_id": make_registry_id(enterprise(world).pk)}


def enterprise(world: World):  # type: ignore[no-untyped-def]
    from matxich.accounts.queries import person
    from matxich.registry.actions import create_enterprise, source_named
    from matxich.registry.models import Enterprise

    if found := Enterprise.objects.filter(first_import=None).first():
        return found
    by = person(world.owner, NOW.date())  # type: ignore[arg-type]
    source = source_named(name="Danh sách của Sở", by=by, at=NOW)
    facts = {
        "name": "Công ty TNHH Đúc Mẫu",
        "site_address": "Lô CN-7, KCN Tràng Duệ, Phường An Dương, Thành phố Hải Phòng",
        "phone": "0900 000 001",
        "workers": "164",
    }
    return create_enterprise(facts=facts, source=source, as_of=date(2026, 6, 1), by=by, at=NOW)


def twin(world: World):  # type: ignore[no-untyped-def]
    """A second record in the owner's territory."""
    from matxich.kit.actor import system_actor
    from matxich.registry.actions import create_enterprise, source_named
    from matxich.registry.models import Enterprise

    first = enterprise(world)
    if found := Enterprise.objects.filter(first_import=None).exclude(pk=first.pk).first():
        return found
    by = system_actor()
    source = source_named(name="Danh sách của Sở", by=by, at=NOW)
    facts = {"name": "Đúc Mẫu", "address": "Phường An Dương, Hải Phòng"}
    return create_enterprise(facts=facts, source=source, as_of=date(2026, 6, 1), by=by, at=NOW)


def two_records(world: World) -> dict[str, Any]:
    from matxich.rulebook.identifiers import make_registry_id

    return firm(world) | {"other": make_registry_id(twin(world).pk)}


def two_merged(world: World) -> dict[str, Any]:
    from matxich.kit.actor import system_actor
    from matxich.registry.actions import merge_enterprises
    from matxich.registry.models import Enterprise, Merge

    one, other = enterprise(world), twin(world)
    if not Merge.objects.filter(undone_at=None).exists():
        one, other = Enterprise.objects.get(pk=one.pk), Enterprise.objects.get(pk=other.pk)
        merge_enterprises(
            kept=one, merged=other, by=system_actor(), at=NOW, reason="x",
            kept_version=one.version, merged_version=other.version,
        )  # fmt: skip
    return two_records(world)


def statement(world: World) -> dict[str, Any]:
    from matxich.registry.models import Statement

    found = Statement.objects.get(enterprise=enterprise(world), field="workers")
    return firm(world) | {"statement": found.pk}


def batch(world: World):  # type: ignore[no-untyped-def]
    import tempfile
    from pathlib import Path

    from matxich.accounts.queries import person
    from matxich.registry.actions import read_list, set_mapping, source_named, stage, upload_list
    from matxich.registry.models import Import

    if found := Import.objects.first():
        return found
    by = person(world.owner, NOW.date())  # type: ignore[arg-type]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "ds.csv"
        path.write_text("Tên doanh nghiệp;MST\nCông ty TNHH Một;0100233488\n;\nCông ty Hai;123\n")
        source = source_named(name="Danh sách của Sở", by=by, at=NOW)
        made = upload_list(source=source, path=path, name="ds.csv", by=by, at=NOW)
        made, reading = read_list(batch=made, by=by, at=NOW)
        made = set_mapping(batch=made, choices={}, by=by, at=NOW)
        return stage(batch=made, by=by, at=NOW, reading=reading)


def import_row(world: World) -> dict[str, Any]:
    from matxich.registry.models import ImportRow

    made = batch(world)
    return {"pk": made.pk, "row": ImportRow.objects.filter(batch=made).first().pk}


def entry(world: World) -> dict[str, Any]:
    from matxich.ledger.models import Entry

    enterprise(world)
    return {"entry": Entry.objects.filter(object_kind="enterprise").first().pk}


def invitation(world: World) -> dict[str, Any]:
    from matxich.accounts.models import Invitation

    made = Invitation.objects.first() or Invitation.objects.create(
        token_hash="x" * 64,
        email="moi@matxich.test",
        agency=world.agency,
        role="officer",
        scope="31",
        created_at=NOW,
        expires_at=NOW + timedelta(days=7),
    )
    return {"pk": made.pk}


def request(world: World) -> dict[str, Any]:
    from matxich.accounts.personal_data.actions import submit
    from matxich.accounts.personal_data.models import PersonalDataRequest

    made = PersonalDataRequest.objects.first() or submit(
        by=ANONYMOUS, at=NOW, kind="access", name="Nguyễn Thị Hỏi", contact="hoi@matxich.test", text="Tôi muốn biết."
    )
    return {"pk": made.pk}


def owner(world: World) -> dict[str, Any]:
    return {"pk": world.owner.pk}  # type: ignore[attr-defined]


def agency(world: World) -> dict[str, Any]:
    return {"pk": world.agency.pk}  # type: ignore[attr-defined]


def membership(world: World) -> dict[str, Any]:
    return {"pk": world.owner.memberships.get().pk}  # type: ignore[attr-defined]


def source(world: World) -> dict[str, Any]:
    return {"pk": batch(world).source_id}


def list_(world: World) -> dict[str, Any]:
    return {"pk": batch(world).pk}


def queued_row(world: World) -> dict[str, Any]:
    """A row of a published list that two enterprises would fit."""
    from matxich.registry.models import Import, ImportRow
    from matxich.registry.states import ImportState, Outcome

    if found := ImportRow.objects.filter(outcome=Outcome.QUEUED).first():
        return {"pk": found.pk}
    first = batch(world)
    published = Import.objects.create(
        source=first.source,
        agency=first.agency,
        file_sha256="0" * 64,
        file_name="cho.csv",
        file_size=1,
        state=ImportState.PUBLISHED,
        as_of=first.as_of,
        started_by=first.started_by,
        started_by_name=first.started_by_name,
        started_at=NOW,
        published_at=NOW,
    )
    row = ImportRow.objects.create(
        batch=published,
        row=2,
        outcome=Outcome.QUEUED,
        cells={"A": "Đúc Mẫu"},
        values={},
        candidates={"reason": "several", "enterprises": [enterprise(world).pk]},
    )
    return {"pk": row.pk}


def decision(world: World) -> dict[str, Any]:
    """What a word means at the owner's firm."""
    from matxich.accounts.queries import person
    from matxich.registry.actions import decide_term
    from matxich.registry.models import TermDecision

    made = TermDecision.objects.first() or decide_term(
        facet="process", phrase="Ép", concepts=["stamping"], enterprise=enterprise(world),
        by=person(world.owner, NOW.date()), at=NOW, reason="x",  # type: ignore[arg-type]
    )  # fmt: skip
    return {"pk": made.pk}


def saved_search(world: World):  # type: ignore[no-untyped-def]
    """The owner's, of the officials' register."""
    from matxich.registry.models import SavedSearch

    return SavedSearch.objects.get_or_create(
        user=world.owner, name="Đúc ở Hải Phòng", defaults={"public": False, "question": "q=duc", "created_at": NOW}
    )[0]


def letter(world: World) -> dict[str, Any]:
    from matxich.registry.actions.saved_searches import letter_token

    return {"token": letter_token(saved_search(world))}


def claim(world: World) -> dict[str, Any]:
    """A request of somebody with an account and no role, for the owner's firm."""
    from matxich.registry.models import Claim
    from tests.registry.claim_world import claimed, somebody

    waiting = Claim.objects.exclude(claimant=world.enterprise).first()
    return {"pk": (waiting or claimed(enterprise(world), somebody())).pk}


def own_firm(world: World) -> dict[str, Any]:
    """The owner's firm, managed by the enterprise's representative."""
    from matxich.accounts.queries import person
    from matxich.registry.models import Claim
    from tests.registry.claim_world import managed

    if not Claim.objects.filter(claimant=world.enterprise).exists():
        managed(
            enterprise(world),
            world.enterprise,
            person(world.owner, NOW.date()),
            agency=world.enterprise.memberships.get().agency,
        )  # type: ignore[attr-defined,arg-type]
    return firm(world)


def attachment(world: World) -> dict[str, Any]:
    from matxich.registry.models import Attachment

    return {"pk": Attachment.objects.get(claim=claim(world)["pk"]).pk}


def photo(world: World) -> dict[str, Any]:
    """A photo for officials, added by the owner."""
    from matxich.accounts.queries import person
    from matxich.registry.actions import add_attachment
    from matxich.registry.models import Attachment
    from matxich.registry.states import AttachmentKind
    from tests.registry.claim_world import paper, picture

    made = Attachment.objects.filter(kind="photo").first() or add_attachment(
        enterprise=enterprise(world),
        kind=AttachmentKind.PHOTO,
        upload=paper(picture(), "xuong.jpg"),
        title="Xưởng",
        visibility=1,
        by=person(world.owner, NOW.date()),  # type: ignore[arg-type]
        at=NOW,
    )
    return {"pk": made.pk}


def cluster(world: World):  # type: ignore[no-untyped-def]
    from matxich.places.models import Zone

    found, _made = Zone.objects.get_or_create(
        kind="CCN",
        name="Mẫu",
        province_63="31",
        defaults={"province_34": "31", "name_en": "Mau", "source": "mẫu", "confidence": "high", "order": "mau"},
    )
    return found


def zone(world: World) -> dict[str, Any]:
    return {"pk": cluster(world).pk}


def zone_report(world: World) -> dict[str, Any]:
    from matxich.accounts.queries import person
    from matxich.rulebook.zones.periods import parse
    from matxich.zones.actions.reports import open_report
    from matxich.zones.models import ZoneReport

    made = ZoneReport.objects.first() or open_report(
        zone=cluster(world),
        period=parse("2026-H1"),
        form="developer",
        reporter="Công ty Hạ tầng Mẫu",
        tax_code="",
        paper="15/BC",
        received_on=date(2026, 6, 10),
        by=person(world.owner, NOW.date()),  # type: ignore[arg-type]
        at=NOW,
    )
    return {"pk": made.pk}


def no_longer_listed(world: World) -> dict[str, Any]:
    from matxich.registry.models import NoLongerListed

    made, firm = batch(world), enterprise(world)
    told = {"reason": "Hỏi lại", "by": "x", "at": NOW}
    note, _made = NoLongerListed.objects.get_or_create(batch=made, enterprise=firm, defaults=told)
    return {"pk": made.pk, "note": note.pk}


def zone_list(world: World) -> dict[str, Any]:
    import tempfile
    from pathlib import Path

    from matxich.accounts.queries import person
    from matxich.zones.actions.lists import read_list
    from matxich.zones.models import ZoneList

    if found := ZoneList.objects.first():
        return {"pk": found.pk}
    cluster(world)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "cum.csv"
        path.write_text("Tên cụm công nghiệp;Tỉnh;Đã cho thuê (ha)\nCCN Mẫu;Hải Phòng;3\n")
        by = person(world.owner, NOW.date())  # type: ignore[arg-type]
        made = read_list(path=path, name="cum.csv", source="Sở", as_of=date(2026, 6, 14), by=by, at=NOW)
    return {"pk": made.pk}


def visit(world: World) -> dict[str, Any]:
    """Sent by the owner."""
    from uuid import UUID

    from matxich.accounts.queries import person
    from matxich.registry.actions import Told, submit_visit

    told = Told(NOW.date(), "Ông Gặp", "Xưởng sạch", {}, {})
    by = person(world.owner, NOW.date())  # type: ignore[arg-type]
    return {"pk": submit_visit(enterprise=enterprise(world), client_id=UUID(int=7), told=told, by=by, at=NOW).pk}


def household(world: World) -> dict[str, Any]:
    """In the owner's territory."""
    from matxich.kit.actor import system_actor
    from matxich.registry.actions import create_enterprise, source_named
    from matxich.registry.models import Enterprise
    from matxich.rulebook.identifiers import make_registry_id

    if found := Enterprise.objects.filter(kind="household").first():
        return {"registry_id": make_registry_id(found.pk)}
    enterprise(world)
    source = source_named(name="Danh sách của xã", by=system_actor(), at=NOW)
    facts = {"name": "Hộ Đúc Mẫu", "address": "Phường An Dương, Hải Phòng"}
    made = create_enterprise(
        facts=facts, source=source, as_of=date(2026, 6, 1), by=system_actor(), at=NOW, kind="household"
    )
    return {"registry_id": make_registry_id(made.pk)}


def figure_act(world: World) -> dict[str, Any]:
    """Proposed by the owner for the owner's province."""
    from matxich.accounts.queries import person
    from matxich.policy.actions.acts import propose
    from matxich.policy.models import FigureAct
    from tests.policy.conftest import own

    by = person(world.owner, NOW.date())  # type: ignore[arg-type]
    made = FigureAct.objects.filter(proposed_by=by.id).first() or propose(proposal=own(), by=by, at=NOW)
    return {"pk": made.pk}


def support_given(world: World) -> dict[str, Any]:
    """Recorded by the owner."""
    from matxich.accounts.queries import person
    from matxich.policy.actions.support import record_support
    from matxich.policy.models import SupportGiven
    from tests.policy.conftest import entry

    by = person(world.owner, NOW.date())  # type: ignore[arg-type]
    made = SupportGiven.objects.first() or record_support(entry=entry(), by=by, at=NOW)
    return {"pk": made.pk}


def complete_year(world: World) -> dict[str, Any]:
    """Declared by the owner for the owner's province."""
    from matxich.accounts.queries import person
    from matxich.policy.actions.support import declare_complete
    from matxich.policy.models import CompleteYear

    by = person(world.owner, NOW.date())  # type: ignore[arg-type]
    made = CompleteYear.objects.first() or declare_complete(province="31", year=2025, by=by, at=NOW, reason="x")
    return {"pk": made.pk}


def support_list(world: World) -> dict[str, Any]:
    """Brought in by the owner, not published."""
    import tempfile
    from pathlib import Path

    from matxich.accounts.queries import person
    from matxich.policy.actions.support_lists import read_list
    from matxich.policy.models import SupportList

    if found := SupportList.objects.first():
        return {"pk": found.pk}
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "ho-tro.csv"
        path.write_text(
            "Đơn vị thụ hưởng;Tỉnh;Mã nội dung;Năm;Kinh phí (đồng)\nCơ khí Mẫu;Hải Phòng;KC-12;2026;300000000\n"
        )
        by = person(world.owner, NOW.date())  # type: ignore[arg-type]
        return {"pk": read_list(path=path, name="ho-tro.csv", source="Sở", by=by, at=NOW).pk}


def policy_report(world: World) -> dict[str, Any]:
    """The owner's."""
    from matxich.accounts.queries import person
    from matxich.policy.actions.reports import begin_report
    from matxich.policy.models import PolicyReport

    text = "title: Thử\non: 2026-06-01\nchanges: {KC-12: {cap: 500000000}}"
    made = PolicyReport.objects.first() or begin_report(text=text, by=person(world.owner, NOW.date()), at=NOW)  # type: ignore[arg-type]
    return {"pk": made.pk}


def report_of_period(world: World):  # type: ignore[no-untyped-def]
    """The owner's report into that of the ministry."""
    from matxich.indicators.actions.reports import open_period
    from matxich.indicators.models import Report
    from matxich.kit.actor import system_actor

    if found := Report.objects.filter(agency=world.agency).first():
        return found
    ministry = world.ministry.memberships.get().agency  # type: ignore[attr-defined]
    open_period(
        agency=ministry, title="Quý III/2026", starts=date(2026, 7, 1), ends=date(2026, 10, 1),
        due_before=date(2026, 10, 15), edition="34", indicators=["A01", "B01"], reporters=[world.agency],
        by=system_actor(), at=NOW,
    )  # fmt: skip
    return Report.objects.get(agency=world.agency)


def indicator_report(world: World) -> dict[str, Any]:
    return {"pk": report_of_period(world).pk}


def report_period(world: World) -> dict[str, Any]:
    return {"pk": report_of_period(world).period_id}


def indicator_target(world: World) -> dict[str, Any]:
    from decimal import Decimal

    from matxich.indicators.actions.figures import Aimed, set_target
    from matxich.indicators.models import Target
    from matxich.kit.actor import system_actor

    if found := Target.objects.first():
        return {"pk": found.pk}
    aimed = Aimed(indicator="A01", value=Decimal(900), until=date(2027, 12, 31), source="Kế hoạch", place="31")
    return {"pk": set_target(aimed=aimed, by=system_actor(), at=NOW).pk}


def reported_figure(world: World) -> dict[str, Any]:
    from decimal import Decimal

    from matxich.indicators.actions.figures import Said, record_reported
    from matxich.indicators.models import ReportedFigure
    from matxich.kit.actor import system_actor

    if found := ReportedFigure.objects.first():
        return {"pk": found.pk}
    said = Said(indicator="A04", value=Decimal(16), as_of=date(2025, 12, 31), source="Niên giám", place="31")
    return {"pk": record_reported(said=said, by=system_actor(), at=NOW).pk}


def programmed(world: World):  # type: ignore[no-untyped-def]
    """A running programme of the owner's agency with money, an approved plan, a published call, a signed agreement."""
    from tests.programmes.conftest import a_programme

    return a_programme(world)


def programme(world: World) -> dict[str, Any]:
    return {"pk": programmed(world).programme.pk}


def funding_line(world: World) -> dict[str, Any]:
    return {"pk": programmed(world).line.pk}


def commitment(world: World) -> dict[str, Any]:
    return {"pk": programmed(world).commitment.pk}


def year_plan(world: World) -> dict[str, Any]:
    return {"pk": programmed(world).plan.pk}


def call(world: World) -> dict[str, Any]:
    return {"pk": programmed(world).call.pk}


def agreement(world: World) -> dict[str, Any]:
    return {"pk": programmed(world).agreement.pk}


def joint_task(world: World) -> dict[str, Any]:
    return {"pk": programmed(world).task.pk}


def paper(world: World) -> dict[str, Any]:
    """The owner's draft of a decision."""
    from matxich.accounts.queries import person
    from matxich.correspondence.actions.drafting import Owner, draft_paper
    from matxich.correspondence.kinds import declared
    from matxich.correspondence.models import OfficialPaper

    by = person(world.owner, NOW.date())  # type: ignore[arg-type]
    made = OfficialPaper.objects.first() or draft_paper(
        owner=Owner(),
        agency=world.agency,
        kind="approval",
        fields=declared("approval").sample,
        by=by,
        at=NOW,  # type: ignore[arg-type]
    )
    return {"pk": made.pk}


def signed_sheet(world: World) -> dict[str, Any]:
    """A scan kept with the owner's paper."""
    from matxich.correspondence.models import OfficialPaper, PaperFile
    from matxich.files.models import StoredFile

    told = paper(world)
    stored, _made = StoredFile.objects.get_or_create(
        sha256="a" * 64,
        defaults={"size": 1, "name": "x.pdf", "kind": "scan", "media_type": "application/pdf", "created_at": NOW},
    )
    one = OfficialPaper.objects.get(pk=told["pk"])
    file, _made = PaperFile.objects.get_or_create(
        paper=one, role="signed", sha256=stored.sha256,
        defaults={"stored": stored, "name": "x.pdf", "at": NOW, "by": "x"},
    )  # fmt: skip
    return told | {"file": file.pk}


def papers_of_agency(world: World) -> dict[str, Any]:
    return {"agency": world.agency.pk}  # type: ignore[attr-defined]


def coached(world: World):  # type: ignore[no-untyped-def]
    """A round of the owner's agency in its weeks, with firms, people and a course."""
    from tests.coaching.world import a_cohort

    return a_cohort(world)


def key_of(name: str) -> Sample:
    return lambda world: {"pk": getattr(coached(world), name).pk}


def follow_up_token(world: World) -> dict[str, Any]:
    from tests.coaching.world import open_token

    return {"token": open_token(coached(world))}


def nothing(world: World) -> dict[str, Any]:
    return {}


PREFIXES: dict[str, Sample] = {
    "/chi-tieu/tinh/<str:code>/": lambda world: {"code": "31"},
    "/chi-tieu/muc-tieu/<int:pk>/": indicator_target,
    "/chi-tieu/so-lieu/<int:pk>/": reported_figure,
    "/chi-tieu/bao-cao/ky/<int:pk>/": report_period,
    "/chi-tieu/bao-cao/<int:pk>/": indicator_report,
    "/chi-tieu/<str:code>/": lambda world: {"code": "B01"},
    "/du-lieu-ca-nhan/yeu-cau/<int:pk>/": request,
    "/nguoi-dung/<int:pk>/": owner,
    "/vai-tro/<int:pk>/": membership,
    "/loi-moi/<int:pk>/": invitation,
    "/nhan-loi-moi/<str:token>/": lambda world: {"token": "khong-co-that"},
    "/co-quan/<int:pk>/": agency,
    "/dia-gioi/<slug:code>/": lambda world: {"code": "31"},
    "/nhap-lieu/<int:pk>/dong/<int:row>/": import_row,
    "/nhap-lieu/<int:pk>/so-sanh/theo-doi/<int:note>/": no_longer_listed,
    "/nhap-lieu/<int:pk>/": list_,
    "/cho-xu-ly/<int:pk>/": queued_row,
    "/tu-ngu/<str:facet>/": lambda world: {"facet": "process"},
    "/tu-ngu/da-quyet-dinh/<int:pk>/": decision,
    "/yeu-cau-quan-ly/<int:pk>/": claim,
    "/nhan-quan-ly/yeu-cau/<int:pk>/": claim,
    "/nhan-quan-ly/<str:registry_id>/": firm,
    "/khao-sat/<int:pk>/": visit,
    "/tep/<int:pk>/": attachment,
    "/tep/<int:pk>/goc/": photo,
    "/tep/<int:pk>/go/": photo,
    "/van-dung/<str:token>/": lambda world: {"token": "khong-co-that"},
    "/doanh-nghiep-cua-toi/<str:registry_id>/": own_firm,
    "/doanh-nghiep-cua-toi/<str:registry_id>/muc/<str:field>/": lambda world: own_firm(world) | {"field": "machine"},
    "/doanh-nghiep-cua-toi/<str:registry_id>/ghi/<str:field>/": lambda world: own_firm(world) | {"field": "workers"},
    "/nguon/<int:pk>/": source,
    "/nha-cung-ung/<str:registry_id>/": firm,
    "/doanh-nghiep/<str:registry_id>/thong-tin/<int:statement>/": statement,
    "/doanh-nghiep/<str:registry_id>/ghi/<str:field>/": lambda world: firm(world) | {"field": "workers"},
    "/doanh-nghiep/<str:registry_id>/hieu/<str:field>/": lambda world: firm(world) | {"field": "processes"},
    "/doanh-nghiep/<str:registry_id>/gop/<str:other>/": two_records,
    "/doanh-nghiep/<str:registry_id>/tach/<str:other>/": two_merged,
    "/doanh-nghiep/<str:registry_id>/ghi-ho/": household,
    "/doanh-nghiep/<str:registry_id>/muc/<str:field>/": lambda world: firm(world) | {"field": "machine"},
    "/doanh-nghiep/<str:registry_id>/": firm,
    "/nhat-ky/<int:entry>/": entry,
    "/tim-da-luu/<int:pk>/": lambda world: {"pk": saved_search(world).pk},
    "/tim-da-luu/thoi-bao/<str:token>/": letter,
    "/khu-cum-cong-nghiep/<int:pk>/": zone,
    "/khu-cum/<int:pk>/": zone,
    "/khu-cum/<int:pk>/ghi/<slug:group>/": lambda world: zone(world) | {"group": "land"},
    "/khu-cum/<int:pk>/ky/<str:period>/": lambda world: zone(world) | {"period": "2026-H1"},
    "/khu-cum/<int:pk>/ky/<str:period>/<slug:form>/": lambda world: (
        zone(world) | {"period": "2026-H1", "form": "tenant"}
    ),
    "/khu-cum/bao-cao/<int:pk>/": zone_report,
    "/khu-cum/danh-sach/<int:pk>/": zone_list,
    "/van-ban/<slug:code>/": lambda world: {"code": "tt-28-2018-btc"},
    "/thu-de-xuat/<int:pk>/": policy_report,
    "/muc/<slug:code>/": lambda world: {"code": "KC-12"},
    "/ho-tro-da-cap/<int:pk>/": support_given,
    "/ho-tro-da-cap/day-du/<int:pk>/rut/": complete_year,
    "/ho-tro-da-cap/danh-sach/<int:pk>/": support_list,
    "/con-so/<slug:code>/": lambda world: {"code": "KC-12"},
    "/con-so/quyet-dinh/<int:pk>/": figure_act,
    **appraisal.PREFIXES,
    **correspondence.PREFIXES,
    **proposals.PREFIXES,
    "/dot-nhan-ho-so/<str:code>/": lambda world: {"code": programmed(world).call.code},
    "/chuong-trinh/<int:pk>/": programme,
    "/chuong-trinh/nguon/<int:pk>/": funding_line,
    "/chuong-trinh/cam-ket/<int:pk>/": commitment,
    "/chuong-trinh/ke-hoach/<int:pk>/": year_plan,
    "/chuong-trinh/dot/<int:pk>/": call,
    "/chuong-trinh/thoa-thuan/<int:pk>/": agreement,
    "/chuong-trinh/viec/<int:pk>/": joint_task,
    "/dong-hanh/<int:pk>/": key_of("cohort"),
    "/dong-hanh/<int:pk>/tuan/<int:week>/": lambda world: {"pk": coached(world).cohort.pk, "week": 2},
    "/dong-hanh/buoi/<int:pk>/": key_of("session"),
    "/dong-hanh/doanh-nghiep/<int:pk>/": key_of("running"),
    "/dong-hanh/doanh-nghiep/<int:pk>/ho-so/": key_of("closed"),
    "/dong-hanh/doanh-nghiep/<int:pk>/dua-len/": key_of("reserve"),
    "/dong-hanh/doanh-nghiep/<int:pk>/khong-chon/": key_of("reserve"),
    "/dong-hanh/phieu/<int:pk>/": key_of("visit"),
    "/dong-hanh/phan-cong/<int:pk>/": key_of("assignment"),
    "/dong-hanh/so-lieu-nen/<int:pk>/": key_of("baseline"),
    "/dong-hanh/chi-so/<int:pk>/": key_of("kpi"),
    "/dong-hanh/so-do/<int:pk>/": key_of("reading"),
    "/dong-hanh/anh/<int:pk>/": key_of("photo"),
    "/dong-hanh/viec/<int:pk>/": key_of("action"),
    "/dong-hanh/nhat-ky/<int:pk>/": key_of("conflict"),
    "/dong-hanh/khao-sat/<int:pk>/": key_of("follow_up"),
    "/tra-loi/<str:token>/": follow_up_token,
    "/chuyen-gia/<int:pk>/": key_of("expert"),
    "/khoa-hoc/<int:pk>/": key_of("course"),
    "/khoa-hoc/hoc-vien/<int:pk>/": key_of("enrolment"),
    "/khoa-hoc/chung-nhan/<int:pk>/": key_of("certificate"),
    "/xac-minh/<str:code>/": lambda world: {"code": "7K2Q-91AV-44D8"},
    "/van-ban-di/<int:pk>/": paper,
    "/van-ban-di/<int:pk>/tai/<slug:role>/": lambda world: paper(world) | {"role": "pdf"},
    "/van-ban-di/<int:pk>/buoc/<slug:event>/": lambda world: paper(world) | {"event": "submit"},
    "/van-ban-di/<int:pk>/ban-ky/<int:file>/": signed_sheet,
    "/van-ban-di/soan/<int:agency>/<slug:kind>/": lambda world: papers_of_agency(world) | {"kind": "approval"},
    "/van-ban-di/so/<int:agency>/<int:year>/": lambda world: papers_of_agency(world) | {"year": 2026},
    "/van-ban-di/mau/<int:agency>/": papers_of_agency,
    "/van-ban-di/mau/<int:agency>/<slug:kind>/": lambda world: papers_of_agency(world) | {"kind": "approval"},
    "/van-ban-di/mau/<int:agency>/<slug:kind>/phien-ban/<int:version>/": lambda world: (
        papers_of_agency(world) | {"kind": "approval", "version": 0}
    ),
    "/van-ban-di/mau/<int:agency>/<slug:kind>/khoi-phuc/<int:version>/": lambda world: (
        papers_of_agency(world) | {"kind": "approval", "version": 0}
    ),
}


def sample_for(route: str) -> Sample:
    """The longest prefix that fits; a route with parameters and no sample fails the walk."""
    if "<" not in route:
        return nothing
    fitting = [prefix for prefix in PREFIXES if route.startswith(prefix)]
    if not fitting:
        raise LookupError(f"tests/samples.py has no sample for {route}")
    return PREFIXES[max(fitting, key=len)]
