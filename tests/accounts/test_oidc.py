"""Signing in with an identity from outside, over a whole round trip with a provider on this machine."""

from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from allauth.socialaccount.models import SocialAccount, SocialToken
from django.urls import reverse

from matxich.accounts.models import Membership, User
from matxich.ledger.models import Entry
from tests.accounts.oidc_provider import Provider

PASSWORD = "mat-khau-rat-dai"
LOGIN = "/tai-khoan/lien-ket/vneid/dang-nhap/"


@pytest.fixture
def provider(settings) -> Iterator[Provider]:
    claims = {"sub": "vneid-1", "email": "owner@matxich.test", "email_verified": True, "name": "Ngô Thị Chủ"}
    with Provider("matxich", "bi-mat", claims) as running:
        app = {
            "provider_id": "vneid",
            "name": "VNeID",
            "client_id": "matxich",
            "secret": "bi-mat",
            "settings": {"server_url": running.issuer},
        }
        settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": [app]}}
        yield running


def travel(client, process="login"):
    """From our button to the provider and back; the answer of our callback."""
    page = client.get(LOGIN, {"process": process})
    assert "VNeID" in page.content.decode()
    leaving = client.post(f"{LOGIN}?process={process}")
    assert leaving.status_code == 302
    asked = parse_qs(urlsplit(leaving.url).query)
    assert asked["code_challenge_method"] == ["S256"]
    back = requests.get(leaving.url, allow_redirects=False, timeout=5).headers["Location"]
    assert urlsplit(back).path == "/tai-khoan/lien-ket/vneid/tra-ve/"
    return client.get(f"{urlsplit(back).path}?{urlsplit(back).query}")


def connect(client):
    confirm = client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    assert confirm.status_code == 302
    return travel(client, "connect")


def test_the_button_appears_only_when_a_provider_is_set(client, db, provider, settings):
    assert "Đăng nhập bằng VNeID" in client.get(reverse("account_login")).content.decode()
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": []}}
    assert "VNeID" not in client.get(reverse("account_login")).content.decode()


def test_a_connected_identity_opens_its_account(client, world, sign_in, provider):
    first = sign_in(world.owner)
    assert connect(first).url == reverse("socialaccount_connections")
    assert "VNeID" in first.get(reverse("socialaccount_connections")).content.decode()
    answer = travel(client)
    assert answer.status_code == 302
    page = client.get(reverse("accounts:profile")).content.decode()
    assert "owner@matxich.test" in page
    assert provider.refused == []
    assert Entry.objects.filter(action="accounts.identity_connected").count() == 1


def test_a_matching_verified_address_alone_opens_nothing(client, world, provider):
    before = (User.objects.count(), Membership.objects.count())
    page = travel(client)
    assert "Chưa có tài khoản nào ứng với bạn" in page.content.decode()
    assert client.get(reverse("accounts:profile")).status_code == 302
    assert (User.objects.count(), Membership.objects.count(), SocialAccount.objects.count()) == (*before, 0)


def test_an_unknown_identity_makes_neither_account_nor_right(client, world, provider):
    provider.claims = {"sub": "vneid-2", "email": "moi@so.gov.vn", "email_verified": True, "name": "Mới"}
    travel(client)
    assert User.objects.filter(email="moi@so.gov.vn").count() == 0
    assert SocialAccount.objects.count() == 0


def test_only_the_identifier_is_kept(world, sign_in, provider):
    connect(sign_in(world.owner))
    account = SocialAccount.objects.get()
    assert (account.uid, account.extra_data) == ("vneid-1", {})
    assert SocialToken.objects.count() == 0


def test_an_identity_belongs_to_one_account(world, sign_in, provider):
    connect(sign_in(world.owner))
    connect(sign_in(world.colleague))
    assert SocialAccount.objects.get().user == world.owner


def test_connecting_needs_the_password_again(world, sign_in, provider):
    answer = travel(sign_in(world.owner), "connect")
    assert answer.url.startswith(reverse("account_reauthenticate"))
    assert SocialAccount.objects.count() == 0


def test_a_forged_answer_is_refused(client, world, sign_in, provider):
    connect(sign_in(world.owner))
    page = client.get("/tai-khoan/lien-ket/vneid/tra-ve/", {"code": "x", "state": "khong-phai"})
    assert "Chưa đăng nhập được" in page.content.decode()
    assert client.get(reverse("accounts:profile")).status_code == 302


def test_a_second_factor_is_still_asked_for(client, world, sign_in, provider):
    from allauth.mfa.totp.internal.auth import TOTP

    connect(sign_in(world.owner))
    TOTP.activate(world.owner, "JBSWY3DPEHPK3PXP")
    assert travel(client).url.startswith(reverse("mfa_authenticate"))
    assert client.get(reverse("accounts:profile")).status_code == 302
