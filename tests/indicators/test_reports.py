"""Reports up the tree: sent, returned cell by cell, accepted by another, taken together, locked, opened again."""

from collections.abc import Callable
from datetime import date

import pytest

from matxich.accounts.models import Membership, User
from matxich.accounts.states import Role
from matxich.indicators.actions import reports as actions
from matxich.indicators.models import Report, ReportPeriod, ReportVersion
from matxich.indicators.queries.figures import Asked, answer
from matxich.indicators.states import ReportState
from matxich.kit.actor import Actor
from matxich.kit.refusals import Denied, Stale
from matxich.programmes.actions.moves import NoReason, WrongState
from matxich.programmes.models import Agreement
from tests.conftest import NOW, World

AsActor = Callable[[object], Actor]


@pytest.fixture
def leader(world: World) -> User:
    """A leader of the ministry: another person than the officer who sends."""
    user = User.objects.create(email="lanhdao@matxich.test", name="Hà Lãnh Đạo", created_at=NOW, is_demo=True)
    agency = world.ministry.memberships.get().agency  # type: ignore[attr-defined]
    Membership.objects.create(user=user, agency=agency, role=Role.LEADER, scope="", valid_from=date(2025, 7, 1))
    return user


@pytest.fixture
def period(world: World, memorandum: Agreement, as_actor: AsActor) -> ReportPeriod:
    ministry = world.ministry.memberships.get().agency  # type: ignore[attr-defined]
    return actions.open_period(
        agency=ministry, title="Năm 2022", starts=date(2022, 1, 1), ends=date(2023, 1, 1),
        due_before=date(2023, 1, 15), edition="63", indicators=["B02", "B06", "A04"],
        reporters=[world.agency, world.other_agency], by=as_actor(world.ministry), at=NOW,
    )  # type: ignore[list-item]  # fmt: skip


def sent(report: Report, by: Actor) -> Report:
    report = actions.fill_report(report=report, comments={}, comment="", by=by, at=NOW, base_version=report.version)
    return actions.submit_report(report=report, by=by, at=NOW, base_version=report.version)


def test_a_report_goes_up_and_comes_back_cell_by_cell(world: World, period: ReportPeriod, as_actor: AsActor) -> None:
    owner, ministry = as_actor(world.owner), as_actor(world.ministry)
    report = sent(period.reports.get(agency=world.agency), owner)
    assert report.state == ReportState.SUBMITTED
    told = {cell.indicator: cell.value for cell in report.cells.all()}
    assert told == {"B02": 0, "B06": 0, "A04": None}  # A04: no source yet, never a nought

    with pytest.raises(Denied):
        actions.accept_report(report=report, by=owner, at=NOW, base_version=report.version)
    with pytest.raises(NoReason):
        actions.return_report(report=report, notes={}, reason="", by=ministry, at=NOW, base_version=report.version)
    notes = {"B02": "Ghi vì sao chưa có doanh nghiệp"}
    back = actions.return_report(
        report=report, notes=notes, reason="", by=ministry, at=NOW, base_version=report.version
    )
    assert back.cells.get(indicator="B02").note == notes["B02"]

    with pytest.raises(actions.RemarksOpen):
        actions.submit_report(report=back, by=owner, at=NOW, base_version=back.version)
    mended = actions.fill_report(
        report=back, comments={"B02": "Đợt bắt đầu năm sau"}, comment="", by=owner, at=NOW, base_version=back.version
    )
    with pytest.raises(Stale):
        actions.submit_report(report=mended, by=owner, at=NOW, base_version=back.version)
    again = actions.submit_report(report=mended, by=owner, at=NOW, base_version=mended.version)
    taken = actions.accept_report(report=again, by=ministry, at=NOW, base_version=again.version)
    assert (taken.state, taken.versions.count()) == (ReportState.ACCEPTED, 2)


def test_taken_together_locked_and_opened_again(
    world: World, period: ReportPeriod, as_actor: AsActor, leader: User
) -> None:
    ministry, head = as_actor(world.ministry), as_actor(leader)
    top = period.reports.get(parent=None)
    with pytest.raises(actions.NotAllIn):
        actions.consolidate(report=top, by=ministry, at=NOW, base_version=top.version)
    for agency, person in ((world.agency, world.owner), (world.other_agency, world.stranger)):
        one = sent(period.reports.get(agency=agency), as_actor(person))
        actions.accept_report(report=one, by=ministry, at=NOW, base_version=one.version)
    top = actions.consolidate(report=top, by=ministry, at=NOW, base_version=top.version)
    assert set(top.children.values_list("state", flat=True)) == {ReportState.CONSOLIDATED}
    assert {cell.indicator: cell.value for cell in top.cells.all()} == {"B02": 26, "B06": 9, "A04": None}

    top = actions.submit_report(report=top, by=ministry, at=NOW, base_version=top.version)
    with pytest.raises(Denied):
        actions.accept_report(report=top, by=ministry, at=NOW, base_version=top.version)
    top = actions.accept_report(report=top, by=head, at=NOW, base_version=top.version)
    top = actions.lock_report(report=top, by=head, at=NOW, base_version=top.version)
    assert set(period.reports.values_list("state", flat=True)) == {ReportState.LOCKED}

    below = period.reports.get(agency=world.agency)
    with pytest.raises(actions.LockedAbove):
        actions.reopen_report(report=below, reason="Sai số", by=head, at=NOW, base_version=below.version)
    with pytest.raises(Denied):
        actions.reopen_report(report=top, reason="Sai số", by=as_actor(world.owner), at=NOW, base_version=top.version)
    actions.reopen_report(report=top, reason="Sửa một ô", by=head, at=NOW, base_version=top.version)
    below.refresh_from_db()
    assert below.state == ReportState.CONSOLIDATED


def test_opening_a_report_that_went_in_opens_the_one_above(
    world: World, period: ReportPeriod, as_actor: AsActor, leader: User
) -> None:
    """No total stands on cells that are being changed, and what was said before is not lost."""
    ministry, head = as_actor(world.ministry), as_actor(leader)
    for agency, person in ((world.agency, world.owner), (world.other_agency, world.stranger)):
        one = sent(period.reports.get(agency=agency), as_actor(person))
        actions.accept_report(report=one, by=ministry, at=NOW, base_version=one.version)
    top = period.reports.get(parent=None)
    top = actions.consolidate(report=top, by=ministry, at=NOW, base_version=top.version)
    top = actions.submit_report(report=top, by=ministry, at=NOW, base_version=top.version)

    below = period.reports.get(agency=world.other_agency)
    below = actions.reopen_report(report=below, reason="Thiếu hồ sơ", by=head, at=NOW, base_version=below.version)
    top.refresh_from_db()
    assert (below.state, top.state) == (ReportState.REOPENED, ReportState.REOPENED)
    assert top.reopened_reason == "Báo cáo của Sở Công Thương Đồng Nai được mở lại: Thiếu hồ sơ"
    kept = {cell["indicator"]: cell["value"] for cell in ReportVersion.objects.get(report=top).cells}
    assert kept == {"A04": None, "B02": "26.000000", "B06": "9.000000"}
    with pytest.raises(actions.NotAllIn):
        actions.submit_report(report=top, by=ministry, at=NOW, base_version=top.version)
    with pytest.raises(WrongState):
        actions.accept_report(report=below, by=ministry, at=NOW, base_version=below.version)


def test_reports_on_time_are_an_indicator_of_their_own(world: World, period: ReportPeriod, as_actor: AsActor) -> None:
    sent(period.reports.get(agency=world.agency), as_actor(world.owner))
    told = answer(Asked.of("H06a", NOW.date(), "34", since=date(2023, 1, 1)))
    assert (told.numerator, told.denominator) == (1, 3)
    on_time = answer(Asked.of("H06", NOW.date(), "34", since=date(2023, 1, 1)))
    assert (on_time.numerator, on_time.denominator) == (0, 3)  # sent years after it was due


def test_the_pages_and_files_of_a_report(
    world: World, period: ReportPeriod, as_actor: AsActor, sign_in: Callable[[object], object]
) -> None:
    report = period.reports.get(agency=world.agency)
    client = sign_in(world.owner)
    address = f"/chi-tieu/bao-cao/{report.pk}/"
    assert "Báo cáo chưa được tính" in client.get(address).content.decode()  # type: ignore[attr-defined]
    typed = {"base_version": report.version, "cell-B02": "Chưa có đợt", "comment": "Năm đầu"}
    assert client.post(f"{address}tinh-lai/", typed).status_code == 302  # type: ignore[attr-defined]
    report.refresh_from_db()
    assert client.post(f"{address}gui/", {"base_version": report.version}).status_code == 302  # type: ignore[attr-defined]
    text = client.get(address).content.decode()  # type: ignore[attr-defined]
    assert "Chưa có đợt" in text and "Năm đầu" in text and "Người gửi không tự nhận" in text
    for kind in ("word", "bang"):
        file = client.get(f"{address}{kind}/")  # type: ignore[attr-defined]
        assert b"".join(file.streaming_content)[:2] == b"PK"
    assert sign_in(world.stranger).get(address).status_code == 403  # type: ignore[attr-defined]
    tree = sign_in(world.ministry).get(f"/chi-tieu/bao-cao/ky/{period.pk}/").content.decode()  # type: ignore[attr-defined]
    assert "Sở Công Thương Hải Phòng" in tree and "Chờ xem xét" in tree
    assert "Năm 2022" in client.get("/chi-tieu/bao-cao/").content.decode()  # type: ignore[attr-defined]
