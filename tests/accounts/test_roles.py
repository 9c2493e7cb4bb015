"""Giving roles, taking them back, stopping accounts."""

from datetime import UTC, date, datetime

import pytest

from matxich.accounts import actions
from matxich.accounts.models import Agency, Membership, User
from matxich.accounts.queries import person
from matxich.accounts.states import Role
from matxich.kit.actor import system_actor
from matxich.kit.refusals import Denied, Stale
from matxich.ledger.models import Entry

AT = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)
TODAY = date(2026, 11, 20)


def test_a_granted_role_is_in_force_at_once_and_in_history(world, as_actor):
    held = actions.grant(
        by=as_actor(world.administrator), at=AT, user=world.viewer, agency=world.agency, role=Role.OFFICER, scope="31"
    )
    assert (held.valid_from, held.valid_to) == (TODAY, None)
    assert Role.OFFICER in {standing.role for standing in person(world.viewer, TODAY).standings}
    entry = Entry.objects.get(action="accounts.role_granted")
    assert (entry.object_kind, entry.object_id) == ("user", str(world.viewer.pk))
    assert entry.after["role"] == "officer"


def test_a_revoked_role_ends_the_same_day(world, as_actor):
    held = Membership.objects.get(user=world.owner)
    actions.revoke(by=as_actor(world.administrator), at=AT, membership=held, reason="Chuyển công tác")
    assert person(world.owner, TODAY).standings == ()
    assert person(world.owner, date(2026, 11, 19)).standings != ()
    assert Entry.objects.get(action="accounts.role_revoked").reason == "Chuyển công tác"


def test_taking_back_needs_a_reason(world, as_actor):
    held = Membership.objects.get(user=world.owner)
    with pytest.raises(actions.ReasonMissing):
        actions.revoke(by=as_actor(world.administrator), at=AT, membership=held, reason=" ")


def test_refusals_of_granting(world, as_actor):
    give = {"by": as_actor(world.administrator), "at": AT, "scope": "31"}
    with pytest.raises(actions.RoleDoesNotFit):
        actions.grant(user=world.viewer, agency=world.agency, role=Role.REPRESENTATIVE, **give)
    with pytest.raises(actions.AlreadyHolds):
        actions.grant(user=world.owner, agency=world.agency, role=Role.OFFICER, **give)
    Agency.objects.filter(pk=world.agency.pk).update(valid_to=date(2026, 1, 1))
    world.agency.refresh_from_db()
    with pytest.raises(actions.RoleDoesNotFit):
        actions.grant(user=world.viewer, agency=world.agency, role=Role.HEAD, **give)
    User.objects.filter(pk=world.stranger.pk).update(is_active=False)
    world.stranger.refresh_from_db()
    with pytest.raises(actions.UserInactive):
        actions.grant(user=world.stranger, agency=world.other_agency, role=Role.HEAD, **give)


def test_a_head_gives_roles_below_their_own_in_their_own_agency(world, as_actor):
    Membership.objects.filter(user=world.colleague).update(role=Role.HEAD)
    head = as_actor(world.colleague)
    actions.grant(by=head, at=AT, user=world.viewer, agency=world.agency, role=Role.CLERK, scope="31")
    for agency, role, scope in (
        (world.agency, Role.HEAD, "31"),
        (world.agency, Role.ADMINISTRATOR, "31"),
        (world.agency, Role.OFFICER, ""),
        (world.other_agency, Role.OFFICER, "31"),
    ):
        with pytest.raises(Denied):
            actions.grant(by=head, at=AT, user=world.viewer, agency=agency, role=role, scope=scope)


@pytest.mark.parametrize("name", ["owner", "stranger", "viewer", "enterprise", "ministry"])
def test_nobody_else_gives_or_takes_roles(world, as_actor, name):
    actor = as_actor(world.people[name])
    with pytest.raises(Denied):
        actions.grant(by=actor, at=AT, user=world.viewer, agency=world.agency, role=Role.OFFICER, scope="31")
    with pytest.raises(Denied):
        actions.revoke(by=actor, at=AT, membership=Membership.objects.get(user=world.colleague), reason="x")


def test_the_last_administrator_stays(world):
    held = Membership.objects.get(user=world.administrator)
    with pytest.raises(actions.LastAdministrator):
        actions.revoke(by=system_actor(), at=AT, membership=held, reason="x")
    with pytest.raises(actions.LastAdministrator):
        actions.deactivate_user(by=system_actor(), at=AT, user=world.administrator, version=1, reason="x")
    actions.grant(by=system_actor(), at=AT, user=world.ministry, agency=held.agency, role=Role.ADMINISTRATOR)
    actions.revoke(by=system_actor(), at=AT, membership=held, reason="x")
    held.refresh_from_db()
    assert held.valid_to == TODAY


def test_an_administrator_who_cannot_sign_in_does_not_count(world):
    agency = Agency.objects.get(memberships__user=world.administrator)
    actions.grant(by=system_actor(), at=AT, user=world.ministry, agency=agency, role=Role.ADMINISTRATOR)
    actions.deactivate_user(by=system_actor(), at=AT, user=world.ministry, version=1, reason="Nghỉ việc")
    with pytest.raises(actions.LastAdministrator):
        actions.revoke(
            by=system_actor(), at=AT, membership=Membership.objects.get(user=world.administrator), reason="x"
        )


def test_stopping_an_account_signs_it_out_and_restoring_brings_the_roles_back(world, as_actor, sign_in):
    client = sign_in(world.owner)
    by = as_actor(world.administrator)
    stopped = actions.deactivate_user(by=by, at=AT, user=world.owner, version=1, reason="Nghỉ chế độ")
    assert client.get("/ho-so-cua-toi/").status_code == 302
    actions.reactivate_user(by=by, at=AT, user=stopped, version=stopped.version, reason="Trở lại")
    assert sign_in(world.owner).get("/ho-so-cua-toi/").status_code == 200
    with pytest.raises(Stale):
        actions.deactivate_user(by=by, at=AT, user=world.owner, version=1, reason="x")


def test_accounts_are_made_with_a_confirmed_address_and_no_role(db):
    from allauth.account.models import EmailAddress

    user = actions.create_user(
        by=system_actor(), at=AT, email=" Lan.Nguyen@So.gov.vn ", name="Nguyễn  Thị Lan", password="mat-khau-rat-dai"
    )
    assert (user.email, user.name) == ("lan.nguyen@so.gov.vn", "Nguyễn Thị Lan")
    assert user.check_password("mat-khau-rat-dai")
    address = EmailAddress.objects.get(user=user)
    assert (address.email, address.verified, address.primary) == ("lan.nguyen@so.gov.vn", True, True)
    assert person(user, TODAY).standings == ()
    with pytest.raises(actions.AddressTaken):
        actions.create_user(by=system_actor(), at=AT, email="LAN.NGUYEN@so.gov.vn", name="Khác")


def test_a_new_address_replaces_the_old_everywhere(world, as_actor):
    from allauth.account.models import EmailAddress

    by = as_actor(world.administrator)
    actions.change_email(by=by, at=AT, user=world.owner, version=1, email="moi@so.gov.vn", reason="Đổi tên miền")
    world.owner.refresh_from_db()
    assert world.owner.email == "moi@so.gov.vn"
    assert [one.email for one in EmailAddress.objects.filter(user=world.owner)] == ["moi@so.gov.vn"]
    with pytest.raises(actions.AddressTaken):
        actions.change_email(by=by, at=AT, user=world.owner, version=2, email="Colleague@matxich.test", reason="Nhầm")


def test_people_are_listed_by_given_name(db):
    for number, name in enumerate(["Trần Văn Ánh", "Lê Thị Bình", "Đỗ Ân", "Vũ An"]):
        actions.create_user(by=system_actor(), at=AT, email=f"n{number}@x.vn", name=name)
    assert [user.name for user in User.objects.all()] == ["Vũ An", "Trần Văn Ánh", "Đỗ Ân", "Lê Thị Bình"]
