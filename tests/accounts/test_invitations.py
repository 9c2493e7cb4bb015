"""Links that open an account once: sent, accepted, revoked, expired."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from matxich.accounts import actions
from matxich.accounts.models import Agency, Invitation, Membership, User
from matxich.accounts.states import Role
from matxich.kit.actor import system_actor
from matxich.kit.refusals import Denied
from matxich.ledger.models import Entry
from matxich.notices.models import Notice

AT = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)
PASSWORD = "mat-khau-rat-dai"
NEWCOMER = {"name": "Hoàng Văn Mới", "password1": PASSWORD, "password2": PASSWORD}


def path(link: str) -> str:
    return link.removeprefix("http://127.0.0.1:8000")


@pytest.fixture
def invited(world, as_actor):
    """Now, since the page that accepts reads the clock."""
    return actions.invite(
        by=as_actor(world.administrator),
        at=timezone.now(),
        email="Moi@So.gov.vn",
        role=Role.OFFICER,
        agency=world.agency,
        scope="31",
    )


def test_the_letter_carries_the_link_and_the_table_only_its_hash(invited):
    invitation, link = invited
    letter = Notice.objects.get(to="moi@so.gov.vn")
    assert link in letter.body
    assert "Phạm Quản Trị mời bạn dùng Mắt Xích với vai trò Chuyên viên tại Sở Công Thương Hải Phòng." in letter.body
    token = link.rstrip("/").rpartition("/")[2]
    assert re.fullmatch(r"[0-9a-f]{64}", invitation.token_hash)
    assert token not in invitation.token_hash
    assert invitation.expires_at - invitation.created_at == timedelta(days=7)
    assert Entry.objects.get(action="accounts.invited").after["role"] == "officer"


def test_accepting_opens_the_account_signs_in_and_leads_to_the_second_factor(client, invited, world):
    _, link = invited
    page = client.get(path(link)).content.decode()
    assert "Bạn được mời làm Chuyên viên tại Sở Công Thương Hải Phòng." in page
    assert "phải chứa ít nhất 12 ký tự." in page
    answer = client.post(path(link), NEWCOMER)
    assert (answer.status_code, answer.url) == (302, reverse("mfa_index"))
    user = User.objects.get(email="moi@so.gov.vn")
    held = Membership.objects.get(user=user)
    assert (held.agency, held.role, held.scope, user.name) == (world.agency, "officer", "31", "Hoàng Văn Mới")
    assert client.get(reverse("mfa_index")).status_code == 200
    assert client.get(reverse("accounts:profile")).url == reverse("mfa_index")


def test_used_twice(client, invited):
    _, link = invited
    client.post(path(link), NEWCOMER)
    client.post(reverse("account_logout"))
    again = client.get(path(link))
    assert again.status_code == 410
    assert "Lời mời này đã được dùng." in again.content.decode()
    assert client.post(path(link), {**NEWCOMER, "name": "Khác"}).status_code == 410
    assert User.objects.filter(email="moi@so.gov.vn").count() == 1


def test_revoked_expired_and_mangled_links_say_so(client, invited, world, as_actor):
    invitation, link = invited
    Invitation.objects.filter(pk=invitation.pk).update(expires_at=timezone.now())
    gone = client.get(path(link))
    assert (gone.status_code, "Lời mời đã hết hạn" in gone.content.decode()) == (410, True)
    actions.revoke_invitation(by=as_actor(world.administrator), at=timezone.now(), invitation=invitation)
    gone = client.get(path(link))
    assert (gone.status_code, "Lời mời này đã bị thu hồi." in gone.content.decode()) == (410, True)
    wrong = client.get(path(link)[:-3] + "x/")
    assert (wrong.status_code, "Đường dẫn mời không đúng." in wrong.content.decode()) == (404, True)
    assert User.objects.filter(email="moi@so.gov.vn").count() == 0


def test_a_new_link_replaces_the_old(client, invited, world, as_actor):
    invitation, link = invited
    fresh = actions.renew_invitation(by=as_actor(world.administrator), at=timezone.now(), invitation=invitation)
    assert client.get(path(link)).status_code == 404
    assert client.get(path(fresh)).status_code == 200
    assert Notice.objects.filter(to="moi@so.gov.vn").count() == 2


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({"password2": "khac-mat-khau-nay"}, "Hai lần nhập mật khẩu chưa giống nhau."),
        ({"password1": "ngan", "password2": "ngan"}, "Mật khẩu quá ngắn, cần ít nhất 12 ký tự."),
        ({"password1": "moi@so.gov.vn", "password2": "moi@so.gov.vn"}, "Mật khẩu quá giống"),
        ({"name": ""}, "Trường này là bắt buộc."),
    ],
)
def test_mistakes_stand_beside_their_field_and_nothing_is_made(client, invited, data, words):
    _, link = invited
    answer = client.post(path(link), {**NEWCOMER, **data})
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert User.objects.filter(email="moi@so.gov.vn").count() == 0


def test_somebody_with_an_account_signs_in_to_take_the_role(client, world, as_actor, sign_in):
    _, link = actions.invite(
        by=as_actor(world.administrator),
        at=timezone.now(),
        email=world.stranger.email,
        role=Role.COUNCIL_MEMBER,
        agency=world.agency,
        scope="31",
    )
    assert "Địa chỉ được mời đã có tài khoản." in client.get(path(link)).content.decode()
    assert client.post(path(link) + "nhan/").status_code == 302
    other = sign_in(world.owner)
    assert "Lời mời này gửi cho một tài khoản khác." in other.get(path(link)).content.decode()
    refused = other.post(path(link) + "nhan/")
    assert (refused.status_code, "địa chỉ e-mail khác" in refused.content.decode()) == (403, True)
    assert sign_in(world.stranger).post(path(link) + "nhan/").url == reverse("accounts:my_roles")
    assert Membership.objects.filter(user=world.stranger, role=Role.COUNCIL_MEMBER).count() == 1


@pytest.mark.parametrize("name", ["owner", "colleague", "stranger", "viewer", "enterprise", "ministry"])
def test_who_may_not_invite(world, as_actor, name):
    with pytest.raises(Denied):
        actions.invite(
            by=as_actor(world.people[name]), at=AT, email="x@y.vn", role=Role.OFFICER, agency=world.agency, scope="31"
        )


def test_a_representative_invites_who_prepares_files_for_the_firm(world, as_actor):
    firm = Agency.objects.get(memberships__user=world.enterprise)
    invite = {"by": as_actor(world.enterprise), "at": AT, "email": "x@y.vn", "agency": firm, "scope": "31"}
    actions.invite(role=Role.PREPARER, **invite)
    with pytest.raises(Denied):
        actions.invite(role=Role.REPRESENTATIVE, **invite)


def test_an_invitation_to_an_impossible_role_is_refused(world, as_actor):
    with pytest.raises(actions.RoleDoesNotFit):
        actions.invite(by=as_actor(world.administrator), at=AT, email="x@y.vn", role=Role.BUYER, agency=world.agency)


def test_the_first_administrator(client, db):
    former = actions.first_administrator_link(by=system_actor(), at=timezone.now())
    link = actions.first_administrator_link(by=system_actor(), at=timezone.now())
    assert client.get(path(former)).status_code == 410
    assert "Bạn là quản trị đầu tiên của hệ thống." in client.get(path(link)).content.decode()
    more = {"email": "Admin@so.gov.vn", "agency_name": "Sở Công Thương", "agency_kind": "provincial_department"}
    answer = client.post(path(link), {**NEWCOMER, **more})
    assert answer.url == reverse("mfa_index")
    held = Membership.objects.select_related("agency", "user").get()
    assert (held.user.email, held.role, held.scope, held.agency.name) == (
        "admin@so.gov.vn",
        "administrator",
        "",
        "Sở Công Thương",
    )
    with pytest.raises(actions.AdministratorExists):
        actions.first_administrator_link(by=system_actor(), at=timezone.now())
