"""Pages of users, agencies, invitations and oneself: who may open them and what they show and do."""

from datetime import date

import pytest
from django.urls import reverse

from matxich.accounts.models import Agency, Membership, User
from matxich.accounts.states import Role
from matxich.kit.models import AccessRecord
from matxich.ledger.models import Entry

PEOPLE = ("owner", "colleague", "stranger", "administrator", "ministry", "viewer", "enterprise", "nobody")
PASSWORD = "mat-khau-rat-dai"


@pytest.fixture
def opened(world, client, sign_in):
    """Status of a page for each of the world and for a visitor."""

    def ask(path: str) -> dict[str, int]:
        clients = {name: client if name == "nobody" else sign_in(world.people[name]) for name in PEOPLE}
        return {name: one.get(path).status_code for name, one in clients.items()}

    return ask


def only(*names: str, rest: int = 403) -> dict[str, int]:
    return {name: 200 if name in names else (302 if name == "nobody" else rest) for name in PEOPLE}


def confirm(client):
    assert client.post(reverse("account_reauthenticate"), {"password": PASSWORD}).status_code == 302


def test_who_opens_which_page(world, opened):
    """Everybody signed in has a profile; officials read agencies; those who give roles see people."""
    everybody = [name for name in PEOPLE if name != "nobody"]
    officials = [name for name in everybody if name != "enterprise"]
    assert opened(reverse("accounts:profile")) == only(*everybody)
    assert opened(reverse("accounts:my_roles")) == only(*everybody)
    assert opened(reverse("accounts:agencies")) == only(*officials)
    assert opened(reverse("accounts:agency", kwargs={"pk": world.agency.pk})) == only(*officials)
    for name in ("users", "invitations", "invite"):
        assert opened(reverse(f"accounts:{name}")) == only("administrator", "enterprise"), name
    assert opened(reverse("accounts:create_agency")) == only("administrator")
    assert opened(reverse("accounts:user", kwargs={"pk": world.owner.pk})) == only("administrator", "owner")
    assert opened(reverse("accounts:grant", kwargs={"pk": world.owner.pk})) == only("administrator")
    held = Membership.objects.get(user=world.owner)
    assert opened(reverse("accounts:revoke", kwargs={"pk": held.pk})) == only("administrator")


@pytest.mark.parametrize("name", ["change_agency", "rename_agency", "former_name"])
def test_only_administrators_change_agencies(world, opened, name):
    assert opened(reverse(f"accounts:{name}", kwargs={"pk": world.agency.pk})) == only("administrator")


@pytest.mark.parametrize("name", ["merge_agency", "split_agency", "close_agency"])
def test_grave_changes_ask_for_the_password_again(world, opened, sign_in, name):
    path = reverse(f"accounts:{name}", kwargs={"pk": world.agency.pk})
    assert opened(path) == {**only("administrator"), "administrator": 302}
    client = sign_in(world.administrator)
    confirm(client)
    page = client.get(path)
    assert page.status_code == 200
    assert "Ngô Thị Chủ, Chuyên viên" in page.content.decode()


@pytest.mark.parametrize("name", ["deactivate", "change_email", "reset_second_factor"])
def test_stopping_an_account_asks_for_the_password_again(world, opened, name):
    path = reverse(f"accounts:{name}", kwargs={"pk": world.owner.pk})
    assert opened(path) == {**only("administrator"), "administrator": 302}


@pytest.mark.parametrize("name", ["grant", "invite"])
def test_handing_out_the_highest_role_asks_for_the_password_again(world, sign_in, name):
    client = sign_in(world.administrator)
    at = Membership.objects.get(user=world.ministry).agency_id
    path = reverse(f"accounts:{name}", kwargs={"pk": world.viewer.pk} if name == "grant" else {})
    sent = {"email": "moi@so.gov.vn", "agency": at, "role": Role.ADMINISTRATOR, "scope": "", "reason": "QĐ 1"}
    answer = client.post(path, sent)
    assert answer.url.startswith(reverse("account_reauthenticate"))
    assert Entry.objects.filter(action__in=["accounts.role_granted", "accounts.invited"]).count() == 0
    confirm(client)
    assert client.post(path, sent).status_code == 302
    assert Entry.objects.filter(action__in=["accounts.role_granted", "accounts.invited"]).count() == 1


@pytest.mark.parametrize("name", ["grant", "invite"])
def test_other_roles_are_given_without_it(world, sign_in, name):
    path = reverse(f"accounts:{name}", kwargs={"pk": world.viewer.pk} if name == "grant" else {})
    sent = {"email": "moi@so.gov.vn", "agency": world.agency.pk, "role": Role.OFFICER, "scope": "31"}
    assert "xac-nhan" not in sign_in(world.administrator).post(path, sent).url


@pytest.mark.parametrize("name", ["reactivate", "end_sessions"])
def test_other_acts_on_accounts(world, opened, name):
    assert opened(reverse(f"accounts:{name}", kwargs={"pk": world.owner.pk})) == only("administrator")


def test_what_is_not_there_is_not_found(world, sign_in):
    client = sign_in(world.administrator)
    for name in ("user", "grant", "agency", "rename_agency", "revoke"):
        assert client.get(reverse(f"accounts:{name}", kwargs={"pk": 10**6})).status_code == 404, name


def test_lists_mask_addresses_and_find_people_without_marks(world, sign_in):
    page = sign_in(world.administrator).get(reverse("accounts:users"), {"q": "ngo thi chu"}).content.decode()
    assert "Ngô Thị Chủ" in page
    assert "Trần Văn Đồng" not in page
    assert "o••@matxich.test" in page
    assert "owner@matxich.test" not in page


def test_a_full_address_is_shown_for_a_reason_that_history_keeps(world, sign_in):
    client = sign_in(world.administrator)
    path = reverse("accounts:reveal", kwargs={"pk": world.owner.pk})
    assert client.post(path, {"reason": ""}).status_code == 422
    page = client.post(path, {"reason": "Gọi về hồ sơ 12"}).content.decode()
    assert "owner@matxich.test" in page
    look = AccessRecord.objects.get(subject_kind="user", subject_id=str(world.owner.pk))
    assert (look.reason, look.fields, look.actor_id) == (
        "Gọi về hồ sơ 12",
        ["email", "phone"],
        f"user:{world.administrator.pk}",
    )
    assert (
        "owner@matxich.test" not in client.get(reverse("accounts:user", kwargs={"pk": world.owner.pk})).content.decode()
    )
    assert sign_in(world.stranger).post(path, {"reason": "Tò mò"}).status_code == 403


def test_long_lists_go_on_by_key(world, sign_in):
    from tests.conftest import NOW

    for number in range(30):
        User.objects.create(email=f"p{number}@x.vn", name=f"Người Số {number:02}", created_at=NOW)
    client = sign_in(world.administrator)
    seen, path = [], reverse("accounts:users")
    for _ in range(2):
        page = client.get(path)
        rows = page.context["page"].rows
        seen += [user.pk for user in rows]
        if page.context["page"].next:
            path = f"{reverse('accounts:users')}?sau={page.context['page'].next}"
    assert len(seen) == len(set(seen)) == User.objects.count()
    assert client.get(reverse("accounts:users"), {"sau": "abc"}).status_code == 200


@pytest.mark.parametrize("name", ["users", "agencies", "invitations"])
def test_lists_cost_the_same_queries_for_one_row_and_for_more(world, sign_in, name, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from matxich.accounts import actions
    from matxich.kit.actor import system_actor
    from tests.conftest import NOW

    client = sign_in(world.administrator)

    def add(number: int) -> None:
        user = actions.create_user(by=system_actor(), at=NOW, email=f"q{number}@x.vn", name=f"Q {number}")
        agency = Agency.objects.create(kind="commune", name=f"Xã {number}", place="31", parent=world.agency)
        actions.grant(by=system_actor(), at=NOW, user=user, agency=agency, role=Role.OFFICER, scope="31")
        actions.invite(by=system_actor(), at=NOW, email=f"i{number}@x.vn", role=Role.OFFICER, agency=agency)

    def cost() -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert client.get(reverse(f"accounts:{name}")).status_code == 200
        return len(queries)

    add(1)
    one = cost()
    add(2)
    add(3)
    assert cost() == one


def test_giving_a_role_on_the_page(world, sign_in):
    client = sign_in(world.administrator)
    path = reverse("accounts:grant", kwargs={"pk": world.viewer.pk})
    data = {"agency": world.agency.pk, "role": "clerk", "scope": "Hải Phòng", "reason": "QĐ 5"}
    assert client.post(path, data).status_code == 302
    assert Membership.objects.get(user=world.viewer, role="clerk").scope == "31"
    again = client.post(path, data)
    assert again.status_code == 422
    page = again.content.decode()
    assert "Người này đã giữ vai trò đó" in page
    assert "QĐ 5" in page
    wrong = client.post(path, {**data, "role": "finance", "scope": "Nơi không có"}).content.decode()
    assert "Không tìm thấy tỉnh hay xã này." in wrong


def test_a_head_sees_only_their_own_people_and_roles(world, sign_in):
    Membership.objects.filter(user=world.colleague).update(role=Role.HEAD)
    client = sign_in(world.colleague)
    page = client.get(reverse("accounts:users")).content.decode()
    assert "Ngô Thị Chủ" in page
    assert "Lê Thị Lạ" not in page
    assert client.get(reverse("accounts:user", kwargs={"pk": world.stranger.pk})).status_code == 403
    form = client.get(reverse("accounts:grant", kwargs={"pk": world.viewer.pk})).context["form"]
    assert [agency.pk for agency in form.fields["agency"].queryset] == [world.agency.pk]
    assert {"head", "administrator"} & {value for value, _ in form.fields["role"].choices} == set()


def test_taking_a_role_back_on_the_page(world, sign_in):
    held = Membership.objects.get(user=world.owner)
    path = reverse("accounts:revoke", kwargs={"pk": held.pk})
    client = sign_in(world.administrator)
    assert client.post(path, {"reason": ""}).status_code == 422
    assert client.post(path, {"reason": "Chuyển công tác"}).status_code == 302
    held.refresh_from_db()
    assert held.valid_to is not None


def test_an_agency_renamed_on_the_page_keeps_what_was_typed_when_refused(world, sign_in):
    client = sign_in(world.administrator)
    path = reverse("accounts:rename_agency", kwargs={"pk": world.agency.pk})
    data = {"version": 1, "name": "Sở Công Thương và Du lịch", "on": "2025-07-01", "legal_act": "NQ 9"}
    refused = client.post(path, data)
    assert refused.status_code == 422
    assert "Sở Công Thương và Du lịch" in refused.content.decode()
    assert client.post(path, {**data, "on": "01/09/2026"}).status_code == 302
    stale = client.post(path, {**data, "on": "2026-10-01"})
    assert stale.status_code == 409
    assert "Người khác vừa sửa cơ quan này." in stale.content.decode()
    page = client.get(reverse("accounts:agency", kwargs={"pk": world.agency.pk}), {"ngay": "2026-08-31"})
    assert page.context["page"].name == "Sở Công Thương Hải Phòng"


def test_merging_on_the_page_moves_people_and_shows_the_line(world, sign_in):
    client = sign_in(world.administrator)
    confirm(client)
    path = reverse("accounts:merge_agency", kwargs={"pk": world.other_agency.pk})
    data = {"successor": world.agency.pk, "on": "2026-07-01", "legal_act": "NQ 202/2025/QH15"}
    assert client.post(path, data).status_code == 302
    page = client.get(reverse("accounts:agency", kwargs={"pk": world.agency.pk})).content.decode()
    assert "Sở Công Thương Đồng Nai" in page
    assert "NQ 202/2025/QH15" in page
    assert Membership.objects.filter(user=world.stranger, agency=world.agency, valid_to=None).count() == 1


def test_splitting_and_closing_on_the_page(world, sign_in):
    client = sign_in(world.administrator)
    confirm(client)
    created = client.post(
        reverse("accounts:create_agency"),
        {"kind": "promotion_centre", "name": "Trung tâm mới", "place": "Hải Phòng", "valid_from": "2026-01-01"},
    )
    centre = Agency.objects.get(name="Trung tâm mới")
    assert (created.url, centre.place) == (reverse("accounts:agency", kwargs={"pk": centre.pk}), "31")
    path = reverse("accounts:split_agency", kwargs={"pk": world.other_agency.pk})
    data = {"successors": [centre.pk], "on": "2026-02-01", "legal_act": "QĐ 2", "closes": "on"}
    assert client.post(path, data).status_code == 302
    centre.refresh_from_db()
    path = reverse("accounts:close_agency", kwargs={"pk": centre.pk})
    assert client.post(path, {"on": "2026-06-01", "legal_act": "QĐ 3", "version": centre.version}).status_code == 302
    centre.refresh_from_db()
    assert centre.valid_to == date(2026, 6, 1)
    assert client.get(reverse("accounts:agency", kwargs={"pk": centre.pk})).status_code == 200


def test_inviting_on_the_page_and_the_list_of_invitations(world, sign_in):
    client = sign_in(world.administrator)
    data = {"email": "moi@so.gov.vn", "agency": world.agency.pk, "role": "officer", "scope": "31"}
    assert client.post(reverse("accounts:invite"), data).url == reverse("accounts:invitations")
    page = client.get(reverse("accounts:invitations")).content.decode()
    assert "m••@so.gov.vn" in page
    invitation = client.get(reverse("accounts:invitations")).context["page"].rows[0].invitation
    for name, state in (("renew_invitation", "pending"), ("revoke_invitation", "revoked")):
        path = reverse(f"accounts:{name}", kwargs={"pk": invitation.pk})
        assert client.get(path).status_code == 405
        assert sign_in(world.owner).post(path).status_code == 403
        assert client.post(path).status_code == 302
        assert client.get(reverse("accounts:invitations")).context["page"].rows[0].state == state


def test_the_profile_is_ones_own_and_says_when_it_is_old(world, sign_in):
    client = sign_in(world.owner)
    data = {"version": 1, "name": "Ngô Thị Chủ", "phone": "0912 345 678", "language": "en", "theme": "dark"}
    answer = client.post(reverse("accounts:profile"), data)
    assert (answer.status_code, answer.cookies["theme"].value) == (302, "dark")
    assert answer.cookies["django_language"].value == "en"
    assert 'lang="en"' in client.get(reverse("accounts:profile")).content.decode()
    world.owner.refresh_from_db()
    assert (world.owner.phone, world.owner.language, world.owner.theme) == ("0912 345 678", "en", "dark")
    assert client.post(reverse("accounts:profile"), data).status_code == 409
    entry = Entry.objects.get(action="accounts.profile_changed")
    assert "0912" not in str(entry.after)


def test_my_roles_explains_each(world, sign_in):
    page = sign_in(world.owner).get(reverse("accounts:my_roles")).content.decode()
    assert "Chuyên viên" in page
    assert "Sở Công Thương Hải Phòng, Hải Phòng" in page
    assert "Nhập danh sách, tra cứu, sửa và xác nhận thông tin" in page


def test_sessions_are_listed_and_others_ended(world, client):
    from tests.strict import StrictClient

    other = StrictClient()
    for one in (client, other):
        one.post(reverse("account_login"), {"login": "owner@matxich.test", "password": PASSWORD})
    page = client.get(reverse("usersessions_list")).content.decode()
    assert page.count("127.0.0.1") == 2
    assert "phiên này" in page
    assert client.post(reverse("usersessions_list")).status_code == 302
    assert other.get(reverse("accounts:profile")).status_code == 302
    assert client.get(reverse("accounts:profile")).status_code == 200


def test_an_administrator_ends_somebodys_sessions(world, client, sign_in):
    client.post(reverse("account_login"), {"login": "owner@matxich.test", "password": PASSWORD})
    admin = sign_in(world.administrator)
    path = reverse("accounts:end_sessions", kwargs={"pk": world.owner.pk})
    assert admin.post(path, {"reason": "Mất máy"}).status_code == 302
    assert client.get(reverse("accounts:profile")).status_code == 302
    assert Entry.objects.get(action="accounts.sessions_ended").after == {"ended": 1}


def test_whatever_stands_in_an_address_a_list_opens(world, sign_in):
    client = sign_in(world.administrator)
    for name in ("users", "agencies", "invitations"):
        for asked in ({"sau": "9" * 5000}, {"sau": "٣"}, {"sau": "-1"}, {"q": "a " * 2000}, {"loai": "\x00"}):
            assert client.get(reverse(f"accounts:{name}"), asked).status_code == 200, (name, asked)
