"""Sign-in and administration in a browser: passkeys for real, axe at both widths, no page wider than its window."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from matxich.accounts.models import Membership, User
from tests.journeys.conftest import DESKTOP, PHONE

pytestmark = pytest.mark.django_db(transaction=True)
PASSWORD = "mat-khau-rat-dai"


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["1440", "390"])
def test_pages_are_accessible_and_fit(faults_of, world, viewport):
    held = Membership.objects.get(user=world.owner)
    public = ("account_login", "account_reset_password", "account_reset_password_done", "account_signup")
    own = ("mfa_index", "mfa_list_webauthn", "usersessions_list", "socialaccount_connections", "account_reauthenticate")
    desk = ("profile", "my_roles", "users", "invitations", "invite", "agencies", "create_agency")
    paths = [(reverse(name), None) for name in public]
    paths += [(reverse(name), world.administrator) for name in own]
    paths += [(reverse(f"accounts:{name}"), world.administrator) for name in desk]
    paths += [
        (reverse("accounts:user", kwargs={"pk": world.owner.pk}), world.administrator),
        (reverse("accounts:grant", kwargs={"pk": world.owner.pk}), world.administrator),
        (reverse("accounts:revoke", kwargs={"pk": held.pk}), world.administrator),
        (reverse("accounts:agency", kwargs={"pk": world.agency.pk}), world.administrator),
        (reverse("accounts:rename_agency", kwargs={"pk": world.agency.pk}), world.administrator),
    ]
    assert faults_of(paths, viewport) == {}


def test_a_passkey_is_added_and_opens_the_account(open_page, world, live_server):
    """A virtual authenticator stands in for the fingerprint; everything else is the real ceremony."""
    page = open_page(reverse("account_login"), viewport=DESKTOP)
    page.goto(live_server.url.replace("127.0.0.1", "localhost") + reverse("account_login"))
    device = page.context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    device.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    page.get_by_label("Email").fill("owner@matxich.test")
    page.get_by_label("Mật khẩu").fill(PASSWORD)
    page.get_by_role("button", name="Đăng nhập", exact=True).click()
    page.wait_for_url("**/viec-cua-toi/")
    page.goto(page.url.replace(reverse("desk:home"), reverse("mfa_add_webauthn")))
    if "xac-nhan" in page.url:
        page.get_by_label("Mật khẩu").fill(PASSWORD)
        page.get_by_role("button", name="Xác nhận").click()
        page.wait_for_url("**/khoa/them/**")
    page.get_by_label("Tên khóa").fill("Vân tay máy cơ quan")
    page.get_by_label("Dùng thay mật khẩu").check()
    page.get_by_role("button", name="Thêm khóa").click()
    page.wait_for_url("**/ma-du-phong/**")
    page.goto(page.url.replace(reverse("mfa_view_recovery_codes"), reverse("mfa_list_webauthn")))
    expect(page.get_by_text("Vân tay máy cơ quan")).to_have_count(1)
    page.context.clear_cookies()
    page.goto(page.url.replace(reverse("mfa_list_webauthn"), reverse("account_login")))
    page.get_by_role("button", name="Đăng nhập bằng khóa bảo mật").click()
    page.wait_for_url("**/viec-cua-toi/")
    expect(page.get_by_text("Ngô Thị Chủ").first).to_be_visible()
    assert User.objects.get(email="owner@matxich.test").last_login is not None
