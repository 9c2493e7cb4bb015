"""The sign-in library ships no Vietnamese: every sentence of it that can reach a person is in our catalogue."""

import gettext
import re
from pathlib import Path

import allauth
import pytest

from matxich import accounts

LIBRARY = Path(allauth.__file__).parent
OURS = Path(accounts.__file__).parent
CATALOGUE = OURS / "locale" / "vi" / "LC_MESSAGES" / "django.po"
SWITCHED_OFF = re.compile(
    r"phone|username|sign-in code|login code|reset code|verification code|Sign-In Code|Password Reset Code"
    r"|email address(es)?\.? ?(%|\(|must be verified)|Confirm|confirm|Email (Changed|Removed)|Your email has been"
    r"|has been removed from your account|primary email|Removed email|has given your|"
    r"^Login$|Username|add more than|tried to signup",
    re.I,
)
ROOMS = ("account/", "mfa/", "socialaccount/adapter", "socialaccount/forms", "usersessions/")
NOT_SHOWN = ("models.py", "apps.py", "admin.py")


def entries(path: Path) -> list[tuple[str, list[str]]]:
    """(sentence, places it comes from) of a catalogue."""
    found = []
    for block in path.read_text().split("\n\n")[1:]:
        places = " ".join(re.findall(r"^#: (.*)$", block, flags=re.M)).split()
        quoted = re.search(r"^msgid (.*?)^msg(?:id_plural|str)", block, flags=re.M | re.S)
        if quoted:
            text = "".join(re.findall(r'"((?:[^"\\]|\\.)*)"', quoted[1]))
            found.append((text.replace("\\n", "\n").replace('\\"', '"'), [place.rsplit(":", 1)[0] for place in places]))
    return found


def shown(place: str) -> bool:
    if not place.startswith("templates/"):
        return place.startswith(ROOMS) and not place.endswith(NOT_SHOWN)
    template = place.removeprefix("templates/")
    in_use = template.startswith(ROOMS) and template.endswith(".txt")
    return in_use and not (OURS / "templates" / template).exists()


def reaching_people() -> list[str]:
    english = entries(LIBRARY / "locale" / "en" / "LC_MESSAGES" / "django.po")
    return [text for text, places in english if any(map(shown, places)) and not SWITCHED_OFF.search(text)]


def test_the_compiled_catalogue_is_the_written_one():
    with CATALOGUE.with_suffix(".mo").open("rb") as file:
        compiled = gettext.GNUTranslations(file)
    written = [text for text, _ in entries(CATALOGUE)]
    assert len(written) > 70
    for text in written:
        assert compiled.gettext(text) != text or compiled.ngettext(text, text, 1) != text, text


@pytest.mark.parametrize("text", reaching_people())
def test_every_sentence_is_translated(text):
    with CATALOGUE.with_suffix(".mo").open("rb") as file:
        assert gettext.GNUTranslations(file).gettext(text) != text


def test_pages_of_the_library_are_all_ours():
    """Every page a mounted address can draw has our template; what is left out belongs to features switched off."""
    library = {str(path.relative_to(LIBRARY / "templates")) for path in LIBRARY.glob("templates/*/**/*.html")}
    ours = {str(path.relative_to(OURS / "templates")) for path in OURS.glob("templates/**/*.html")}
    left = {name for name in library - ours if name.startswith(("account/", "mfa/", "socialaccount/", "usersessions/"))}
    assert left == {
        "account/base_confirm_code.html",
        "account/base_entrance.html",
        "account/base_manage.html",
        "account/base_manage_email.html",
        "account/base_manage_password.html",
        "account/base_manage_phone.html",
        "account/confirm_email_verification_code.html",
        "account/confirm_login_code.html",
        "account/confirm_password_reset_code.html",
        "account/confirm_phone_verification_code.html",
        "account/email.html",
        "account/email_change.html",
        "account/email_confirm.html",
        "account/phone_change.html",
        "account/request_login_code.html",
        "account/signup.html",
        "account/signup_by_passkey.html",
        "account/snippets/already_logged_in.html",
        "account/snippets/warn_no_email.html",
        "account/verification_sent.html",
        "account/verified_email_required.html",
        "mfa/base_entrance.html",
        "mfa/base_manage.html",
        "mfa/recovery_codes/base.html",
        "mfa/totp/base.html",
        "mfa/trust.html",
        "mfa/webauthn/base.html",
        "mfa/webauthn/signup_form.html",
        "mfa/webauthn/snippets/login_script.html",
        "socialaccount/base_entrance.html",
        "socialaccount/base_manage.html",
        "socialaccount/login_redirect.html",
        "socialaccount/signup.html",
        "socialaccount/snippets/login.html",
        "socialaccount/snippets/login_extra.html",
        "socialaccount/snippets/provider_list.html",
        "usersessions/base_manage.html",
    }
