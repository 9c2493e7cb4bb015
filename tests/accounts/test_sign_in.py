"""Passwords: signing in, being locked out, resetting, changing, confirming again."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse

from matxich.accounts import actions
from matxich.accounts.models import FailedSignIn
from matxich.kit.actor import system_actor
from matxich.ledger.models import Entry
from matxich.notices.models import Notice

PASSWORD = "mat-khau-rat-dai"
AT = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)


@pytest.fixture
def lan(db):
    return actions.create_user(
        by=system_actor(), at=AT, email="lan@so.gov.vn", name="Nguyễn Thị Lan", password=PASSWORD, language="vi"
    )


def attempt(client, password, email="lan@so.gov.vn", **extra):
    return client.post(reverse("account_login"), {"login": email, "password": password}, **extra)


def test_the_page_is_vietnamese_and_offers_every_way_in(client, lan):
    page = client.get(reverse("account_login")).content.decode()
    for words in ("Đăng nhập", "Mật khẩu", "Quên mật khẩu?", "Đăng nhập bằng khóa bảo mật", "Ghi nhớ đăng nhập"):
        assert words in page
    for words in ("Sign In", "Password", "Remember", "Forgot"):
        assert words not in page


def test_address_and_password_open_the_account_and_history_notes_it(client, lan):
    answer = attempt(client, PASSWORD, email="LAN@so.gov.vn")
    assert answer.status_code == 302
    assert client.get(reverse("accounts:profile")).status_code == 200
    assert Entry.objects.filter(action="accounts.signed_in", object_id=str(lan.pk)).count() == 1
    assert answer.cookies["django_language"].value == "vi"


@pytest.mark.parametrize("email", ["lan@so.gov.vn", "nobody@so.gov.vn"])
def test_a_wrong_password_says_the_same_whether_or_not_the_account_exists(client, lan, email):
    page = attempt(client, "sai-mat-khau", email=email)
    assert page.status_code == 200
    assert "E-mail hoặc mật khẩu không đúng." in page.content.decode()


@pytest.mark.parametrize("email", ["lan@so.gov.vn", "nobody@so.gov.vn"])
def test_five_wrong_passwords_lock_the_account_from_that_address(client, lan, email):
    for _ in range(4):
        assert "không đúng" in attempt(client, "sai-mat-khau", email=email).content.decode()
    fifth = attempt(client, "sai-mat-khau", email=email).content.decode()
    assert "Đã nhập sai 5 lần liên tiếp. Hãy thử lại sau 15 phút, hoặc đặt lại mật khẩu." in fifth
    assert "Hãy thử lại sau 15 phút" in attempt(client, PASSWORD, email=email).content.decode()
    assert client.get(reverse("accounts:profile")).status_code == 302
    entry = Entry.objects.get(action="accounts.locked_out")
    assert entry.object_id == (str(lan.pk) if email == lan.email else "")
    assert "127.0.0.1" not in f"{entry.before}{entry.after}{entry.personal}{entry.object_label}"


def test_another_address_and_another_account_stay_open(client, lan, world):
    for _ in range(5):
        attempt(client, "sai-mat-khau")
    assert attempt(client, PASSWORD, email="owner@matxich.test").status_code == 302
    client.logout()
    assert attempt(client, PASSWORD, REMOTE_ADDR="10.0.0.9").status_code == 302


def test_a_right_password_forgets_the_wrong_ones(client, lan):
    for _ in range(4):
        attempt(client, "sai-mat-khau")
    assert attempt(client, PASSWORD).status_code == 302
    assert FailedSignIn.objects.count() == 0


def test_the_wait_shrinks_and_ends(db):
    start = AT
    count = {"email": "a@b.vn", "address": "10.0.0.1"}
    for minute in range(5):
        assert actions.count_attempt(at=start + timedelta(minutes=minute), **count) == 0
    assert actions.count_attempt(at=start + timedelta(minutes=5), **count) == 10
    assert actions.count_attempt(at=start + timedelta(minutes=14, seconds=30), **count) == 1
    assert actions.count_attempt(at=start + timedelta(minutes=15), **count) == 0
    assert actions.count_attempt(at=start + timedelta(minutes=15), **count) == 1


def test_the_table_of_failures_names_nobody(client, lan):
    attempt(client, "sai-mat-khau")
    (row,) = FailedSignIn.objects.all()
    assert re.fullmatch(r"[0-9a-f]{64}", row.key)


def test_a_forgotten_password_is_set_anew_by_letter(client, lan):
    for _ in range(5):
        attempt(client, "sai-mat-khau")
    assert client.post(reverse("account_reset_password"), {"email": "lan@so.gov.vn"}).status_code == 302
    letter = Notice.objects.get(to="lan@so.gov.vn")
    assert letter.subject == "[Mắt Xích] Đặt lại mật khẩu"
    assert "Mở đường dẫn sau để đặt mật khẩu mới" in letter.body
    link = re.search(r"http\S+", letter.body)[0]
    page = client.get(link, follow=True)
    form = page.redirect_chain[-1][0]
    assert "Đặt mật khẩu mới" in page.content.decode()
    short = client.post(form, {"password1": "ngan", "password2": "ngan"}).content.decode()
    assert "12" in short
    assert "too short" not in short
    new = {"password1": "mot-mat-khau-khac", "password2": "mot-mat-khau-khac"}
    assert client.post(form, new).status_code == 302
    assert attempt(client, "mot-mat-khau-khac").status_code == 302
    assert "Đường dẫn không còn dùng được" in client.get(link, follow=True).content.decode()
    assert Entry.objects.filter(action="accounts.password_changed").count() == 1


def test_an_unknown_address_gets_the_same_answer_and_no_way_in(client, db):
    answer = client.post(reverse("account_reset_password"), {"email": "nobody@so.gov.vn"})
    assert answer.url == reverse("account_reset_password_done")
    letter = Notice.objects.get(to="nobody@so.gov.vn")
    assert "không có tài khoản" in letter.body
    assert reverse("account_signup") not in letter.body


def test_changing_the_password_needs_the_old_one_again_and_shows_the_rules(sign_in, lan):
    client = sign_in(lan)
    answer = client.get(reverse("account_change_password"))
    if answer.status_code == 302:
        confirm = client.post(answer.url, {"password": PASSWORD})
        assert confirm.status_code == 302
        answer = client.get(reverse("account_change_password"))
    page = answer.content.decode()
    assert "Mật khẩu hiện tại" in page
    assert "12 ký tự" in page
    new = {"oldpassword": PASSWORD, "password1": "mot-mat-khau-khac", "password2": "mot-mat-khau-khac"}
    assert client.post(reverse("account_change_password"), new).status_code == 302
    assert client.get(reverse("accounts:profile")).status_code == 200
    lan.refresh_from_db()
    assert lan.check_password("mot-mat-khau-khac")


def test_nobody_signs_up(client, db):
    page = client.get(reverse("account_signup"))
    assert "Tài khoản được mở theo lời mời" in page.content.decode()
    client.post(reverse("account_signup"), {"email": "x@y.vn", "password1": PASSWORD, "password2": PASSWORD})
    from matxich.accounts.models import User

    assert User.objects.filter(email="x@y.vn").count() == 0


def test_a_stopped_account_is_told_so(client, lan):
    lan.is_active = False
    lan.save()
    answer = attempt(client, PASSWORD)
    assert client.get(reverse("accounts:profile")).status_code == 302
    assert answer.status_code in {200, 302}
    assert "Tài khoản đã ngừng" in client.get(reverse("account_inactive")).content.decode()


def test_signing_out_needs_a_press(sign_in, lan):
    client = sign_in(lan)
    assert "Đăng xuất?" in client.get(reverse("account_logout")).content.decode()
    assert client.get(reverse("accounts:profile")).status_code == 200
    client.post(reverse("account_logout"))
    assert client.get(reverse("accounts:profile")).status_code == 302


def test_installations_hash_with_argon2():
    from django.contrib.auth.hashers import get_hasher, make_password

    from config import settings as installed

    assert installed.PASSWORD_HASHERS == ["django.contrib.auth.hashers.Argon2PasswordHasher"]
    from django.test import override_settings

    with override_settings(PASSWORD_HASHERS=installed.PASSWORD_HASHERS):
        assert get_hasher().algorithm == "argon2"
        assert make_password(PASSWORD).startswith("argon2$argon2id$")


@pytest.mark.parametrize(("language", "words"), [("vi", "Hồ sơ của tôi"), ("en", 'lang="en"')])
def test_pages_come_in_the_language_of_the_profile(sign_in, lan, language, words):
    lan.language = language
    lan.save()
    assert words in sign_in(lan).get(reverse("accounts:profile")).content.decode()


def test_the_browser_may_choose_another_language(sign_in, lan):
    client = sign_in(lan)
    client.cookies["django_language"] = "en"
    assert 'lang="en"' in client.get(reverse("accounts:profile")).content.decode()


def test_a_flood_from_one_place_gets_a_plain_answer(client, db, settings):
    settings.ACCOUNT_RATE_LIMITS = {"reset_password": "2/h/ip"}
    for _ in range(2):
        client.post(reverse("account_reset_password"), {"email": "nobody@so.gov.vn"})
    answer = client.post(reverse("account_reset_password"), {"email": "nobody@so.gov.vn"})
    assert answer.status_code == 429
    assert "429.html" in [template.name for template in answer.templates]
    assert "Hãy đợi vài phút rồi thử lại." in answer.content.decode()


@pytest.mark.parametrize(("name", "landing"), [("owner", "desk:home"), ("enterprise", "accounts:profile")])
def test_officials_land_on_their_desk_and_others_on_their_profile(client, world, name, landing):
    answer = attempt(client, PASSWORD, email=world.people[name].email)
    assert answer.url == reverse(landing)
    assert client.get(answer.url).status_code == 200


def test_a_page_asked_for_before_signing_in_is_reached_after(client, world):
    wanted = reverse("accounts:my_roles")
    asked = client.get(wanted)
    assert asked.url == f"{reverse('account_login')}?next={wanted}"
    data = {"login": "owner@matxich.test", "password": PASSWORD, "next": wanted}
    assert client.post(asked.url, data).url == wanted
    client.post(reverse("account_logout"))
    assert client.post(asked.url, {**data, "next": "https://dau-do.vn/"}).url == reverse("desk:home")
