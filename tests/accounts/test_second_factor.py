"""TOTP, passkeys, recovery codes; who must have them."""

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.urls import reverse

from matxich.accounts import actions
from matxich.accounts.models import Agency
from matxich.accounts.states import AgencyKind, Role
from matxich.kit.actor import system_actor
from matxich.ledger.models import Entry

PASSWORD = "mat-khau-rat-dai"
AT = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)


def make(email, role, is_demo=False, kind=AgencyKind.PROVINCIAL_DEPARTMENT):
    user = actions.create_user(
        by=system_actor(), at=AT, email=email, name="Nguyễn Thị Lan", password=PASSWORD, is_demo=is_demo
    )
    agency = Agency.objects.create(kind=kind, name="Cơ quan", place="31")
    actions.grant(by=system_actor(), at=AT, user=user, agency=agency, role=role, scope="31")
    return user


def code(secret):
    return format_hotp_value(hotp_value(secret, next(yield_hotp_counters_from_time())))


def confirm(client):
    answer = client.get(reverse("account_reauthenticate"))
    assert "Xác nhận là bạn" in answer.content.decode()
    assert client.post(reverse("account_reauthenticate"), {"password": PASSWORD}).status_code == 302


def test_an_official_sets_it_up_before_any_desk_page(sign_in, db):
    client = sign_in(make("lan@so.gov.vn", Role.OFFICER))
    for name in ("accounts:agencies", "accounts:profile", "accounts:my_roles"):
        answer = client.get(reverse(name))
        assert (answer.status_code, answer.url) == (302, reverse("mfa_index")), name
    assert client.post(reverse("accounts:profile"), {"name": "X"}).url == reverse("mfa_index")
    page = client.get(reverse("mfa_index")).content.decode()
    assert "Cán bộ cần bật xác thực hai lớp trước khi làm việc." in page


@pytest.mark.parametrize(
    ("role", "is_demo", "kind"),
    [
        (Role.OFFICER, True, AgencyKind.PROVINCIAL_DEPARTMENT),
        (Role.REPRESENTATIVE, False, AgencyKind.ENTERPRISE),
        (Role.VIEWER, False, AgencyKind.PROVINCIAL_DEPARTMENT),
    ],
)
def test_sample_accounts_and_other_people_may_do_without(sign_in, db, role, is_demo, kind):
    client = sign_in(make("lan@so.gov.vn", role, is_demo, kind))
    assert client.get(reverse("accounts:profile")).status_code == 200


def test_an_app_is_switched_on_and_asked_for_at_the_next_sign_in(client, db, django_capture_on_commit_callbacks):
    lan = make("lan@so.gov.vn", Role.OFFICER)
    client.post(reverse("account_login"), {"login": lan.email, "password": PASSWORD})
    first = client.get(reverse("mfa_activate_totp"))
    if first.status_code == 302:
        confirm(client)
        first = client.get(reverse("mfa_activate_totp"))
    page = first.content.decode()
    assert "Mở ứng dụng xác thực trên điện thoại" in page
    secret = re.search(r"<code>(\w+)</code>", page)[1]
    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post(reverse("mfa_activate_totp"), {"code": code(secret)})
    assert answer.url == reverse("mfa_view_recovery_codes")
    codes = client.get(answer.url).content.decode()
    assert "Mã dự phòng" in codes
    assert client.get(reverse("accounts:profile")).status_code == 200
    assert Entry.objects.filter(action="accounts.second_factor_added").count() >= 1

    stored = Authenticator.objects.get(user=lan, type=Authenticator.Type.TOTP)
    assert stored.data["secret"] != secret
    assert stored.wrap().validate_code(code(secret)) is True

    client.post(reverse("account_logout"))
    answer = client.post(reverse("account_login"), {"login": lan.email, "password": PASSWORD})
    assert answer.url.startswith(reverse("mfa_authenticate"))
    assert client.get(reverse("accounts:profile")).status_code == 302
    page = client.get(reverse("mfa_authenticate")).content.decode()
    assert "Nhập mã 6 số" in page
    assert (
        "Mã không đúng hoặc đã hết hạn."
        in client.post(reverse("mfa_authenticate"), {"code": "000000"}).content.decode()
    )
    backup = Authenticator.objects.get(user=lan, type=Authenticator.Type.RECOVERY_CODES).wrap().get_unused_codes()[0]
    assert client.post(reverse("mfa_authenticate"), {"code": backup}).status_code == 302
    assert client.get(reverse("accounts:profile")).status_code == 200


def test_switching_it_off_brings_the_demand_back(sign_in, db):
    lan = make("lan@so.gov.vn", Role.OFFICER)
    TOTP.activate(lan, "JBSWY3DPEHPK3PXP")
    client = sign_in(lan)
    assert client.get(reverse("accounts:profile")).status_code == 200
    confirm(client)
    assert "Tắt ứng dụng xác thực?" in client.get(reverse("mfa_deactivate_totp")).content.decode()
    assert client.post(reverse("mfa_deactivate_totp")).status_code == 302
    assert client.get(reverse("accounts:profile")).url == reverse("mfa_index")


def test_recovery_codes_alone_are_no_second_factor(sign_in, db):
    lan = make("lan@so.gov.vn", Role.OFFICER)
    Authenticator.objects.create(user=lan, type=Authenticator.Type.RECOVERY_CODES, data={})
    assert sign_in(lan).get(reverse("accounts:profile")).url == reverse("mfa_index")


@pytest.mark.parametrize(
    "name",
    [
        "mfa_index",
        "mfa_activate_totp",
        "mfa_add_webauthn",
        "mfa_list_webauthn",
        "mfa_generate_recovery_codes",
        "account_change_password",
        "usersessions_list",
        "socialaccount_connections",
    ],
)
def test_pages_of_security_are_vietnamese(sign_in, db, name):
    lan = make("lan@so.gov.vn", Role.VIEWER)
    if name == "mfa_generate_recovery_codes":
        TOTP.activate(lan, "JBSWY3DPEHPK3PXP")
    client = sign_in(lan)
    confirm(client)
    page = client.get(reverse(name))
    assert page.status_code == 200
    visible = re.sub(r"<script.*?</script>|<[^>]+>", " ", page.content.decode(), flags=re.S)
    assert re.findall(r"\b(the|your|password|sign|code|key|name|please|enter|with)\b", visible, flags=re.I) == []


def test_guessing_codes_is_limited(client, db):
    lan = make("lan@so.gov.vn", Role.OFFICER)
    TOTP.activate(lan, "JBSWY3DPEHPK3PXP")
    client.post(reverse("account_login"), {"login": lan.email, "password": PASSWORD})
    for _ in range(20):
        client.post(reverse("mfa_authenticate"), {"code": "000000"})
    page = client.post(reverse("mfa_authenticate"), {"code": code("JBSWY3DPEHPK3PXP")}).content.decode()
    assert "Có quá nhiều lần đăng nhập sai." in page


def test_an_administrator_resets_it_for_somebody_who_lost_the_phone(world, sign_in, client):
    lan = make("lan@so.gov.vn", Role.OFFICER)
    TOTP.activate(lan, "JBSWY3DPEHPK3PXP")
    working = sign_in(lan)
    assert working.get(reverse("accounts:profile")).status_code == 200
    admin = sign_in(world.administrator)
    path = reverse("accounts:reset_second_factor", kwargs={"pk": lan.pk})
    assert admin.get(path).url.startswith(reverse("account_reauthenticate"))
    confirm(admin)
    assert "mất điện thoại" in admin.get(path).content.decode()
    assert admin.post(path, {"reason": "Mất máy, đã gọi lại"}).status_code == 302
    assert Entry.objects.get(action="accounts.second_factor_reset").after == {"removed": 1}
    assert Authenticator.objects.filter(user=lan).count() == 0
    client.post(reverse("account_login"), {"login": lan.email, "password": PASSWORD})
    assert client.get(reverse("accounts:profile")).url == reverse("mfa_index")


def test_every_security_event_has_its_word():
    from matxich.accounts import receivers
    from matxich.accounts.states import ACTIONS

    noted = set(re.findall(r'_note\([^,]+, "(\w+)"\)', Path(receivers.__file__).read_text()))
    assert len(noted) == 6
    assert {f"accounts.{name}" for name in noted} - set(ACTIONS) == set()
