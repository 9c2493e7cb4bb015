"""What screens ask for stands in every catalogue that owes it, and no page in another language shows Vietnamese."""

import ast
import re
from collections.abc import Callable, Iterator
from datetime import date
from functools import cache
from html.parser import HTMLParser
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from matxich.accounts.models import Agency, Membership, User
from matxich.accounts.states import AgencyKind, Role
from matxich.kit.templatetags import mx
from matxich.places import reference
from matxich.registry import search
from matxich.registry.models import Source, Statement
from tests.conftest import NOW
from tests.registry.firm_world import full_firm, page_of, passport_of
from tools import messages

pytestmark = pytest.mark.any_database("the language of pages; what they ask is asked in test_routes on both")
CATALOGUES = dict(messages.catalogues())
asked = cache(messages.collected)
VIETNAMESE = re.compile(r"[ăâđêôơưĂÂĐÊÔƠƯĩũĨŨạ-ỹẠ-Ỹ\u0300\u0301\u0303\u0309\u0323àáãèéìíòóõùúýÀÁÃÈÉÌÍÒÓÕÙÚÝ]")
PLACEHOLDERS = re.compile(r"%\(\w+\)[sd]|%[sd%]|\{\w*\}|<[^>]*>")


def catalogue(language: str) -> dict[str, messages.Message]:
    return messages.read(CATALOGUES[language].with_suffix(".po"))


# The catalogues.


@pytest.mark.parametrize("language", messages.LANGUAGES)
def test_collecting_anew_finds_what_the_catalogue_holds(language: str) -> None:
    known = catalogue(language)
    assert {i: m.plural for i, m in asked().items()} == {i: m.plural for i, m in known.items()}, "run: make messages"


def test_english_is_complete() -> None:
    assert [message.id for message in catalogue("en").values() if not message.done] == []


@pytest.mark.parametrize("language", ["ja", "ko"])
def test_what_the_public_reads_is_complete(language: str) -> None:
    known = catalogue(language)
    assert [i for i, message in asked().items() if message.public and not known[i].done] == []


@pytest.mark.parametrize("language", CATALOGUES)
def test_no_translation_is_a_guess(language: str) -> None:
    written = CATALOGUES[language].with_suffix(".po").read_text()
    assert "fuzzy" not in written
    assert "#~" not in written


@pytest.mark.parametrize("language", CATALOGUES)
def test_placeholders_survive_translation(language: str) -> None:
    broken = [
        (message.id, text)
        for message in catalogue(language).values()
        for text in message.texts
        if text and sorted(PLACEHOLDERS.findall(text)) != sorted(PLACEHOLDERS.findall(message.id))
    ]
    assert broken == []


@pytest.mark.parametrize("language", messages.LANGUAGES)
def test_translations_are_in_their_language(language: str) -> None:
    """Names keep their letters; nothing else of a translation is Vietnamese."""
    names = re.compile(
        r"Mắt Xích|Việt Nam|Hải Dương|Bắc Giang|Bình Dương|Hoàng Sa|Trường Sa|đồng|Ban Quản lý các khu công nghiệp"
    )
    left = [
        text
        for message in catalogue(language).values()
        for text in message.texts
        if VIETNAMESE.search(names.sub("", text))
    ]
    assert left == []


@pytest.mark.parametrize("language", CATALOGUES)
def test_the_compiled_catalogue_says_what_is_written(language: str) -> None:
    path = CATALOGUES[language]
    written = messages.compiled(language, catalogue(language).values())
    assert path.with_suffix(".mo").read_bytes() == written, "run: make messages"
    reader = messages.load(path)
    for message in catalogue(language).values():
        if not message.done or messages.CONTEXT in message.id:
            continue
        if message.plural:
            said = {reader.ngettext(message.id, message.plural, n) for n in (1, 2)}
            assert said == set(message.texts)
        else:
            assert reader.gettext(message.id) == message.texts[0]


def test_the_catalogues_are_written_stably() -> None:
    for language in messages.LANGUAGES:
        path = CATALOGUES[language].with_suffix(".po")
        assert path.read_text() == messages.written(language, messages.read(path).values())


def test_collecting_reads_python_and_templates() -> None:
    python = 'x = _("một") + ngettext("%(n)s cái", "%(n)s cái", 2) + pgettext("nơi", "hai" " ba") + _(a) + len("bốn")'
    assert set(messages._in_python(python)) == {("một", ""), ("%(n)s cái", "%(n)s cái"), ("nơi\x04hai ba", "")}
    template = (
        """{% translate "a (b)" %} {% blocktranslate trimmed count n=x %} {{ n }} c\n {% plural %} {{ n }} d"""
        """{% endblocktranslate %} {{ _("e")|f:_("g") }} {% include "x.html" with t=_("h") %}"""
        """{% comment %}_("i"){% endcomment %}"""
    )
    assert [asked[0] for asked in messages._in_template(template)] == ["a (b)", "%(n)s c", "e", "g", "h"]


def test_one_and_many_in_english() -> None:
    with translation.override("en"):
        assert [translation.ngettext("%(n)s năm", "%(n)s năm", n) % {"n": n} for n in (1, 2)] == ["1 year", "2 years"]


@pytest.mark.parametrize("language", ["ja", "ko"])
def test_behind_japanese_and_korean_stands_english(language: str) -> None:
    with translation.override(language):
        assert translation.gettext("Thu hồi vai trò") == "Withdrew a role"
        assert translation.ngettext("%(n)s phiên đang mở", "%(n)s phiên đang mở", 2) == "%(n)s open sessions"


@pytest.mark.parametrize(
    ("language", "day", "full"),
    [
        ("vi", "22/11/2026", "Chủ Nhật, 22 tháng 11, 2026"),
        ("en", "22 Nov 2026", "Sunday, 22 November, 2026"),
        ("ja", "2026年11月22日", "2026年11月22日 日曜日"),
        ("ko", "2026. 11. 22.", "2026년 11월 22일 일요일"),
    ],
)
def test_a_day_in_each_language(language: str, day: str, full: str) -> None:
    with translation.override(language):
        assert (mx.day(date(2026, 11, 22)), mx.long_day(date(2026, 11, 22))) == (day, full)


# The code.

NOT_SCREENS = re.compile(
    r"matxich/(rulebook|cli)/|/migrations/"  # message keys collected by hand; the terminal speaks Vietnamese
    r"|matxich/kit/personal.py|matxich/places/(reference|cartography|actions).py"  # law, places, words to read
    r"|matxich/registry/(search/(values|telling)|reading/delimited).py"  # words to read
    r"|ui/gallery.py"  # samples of the gallery
)
OTHER_NAMES = re.compile(r"Mắt Xích|Hoàng Sa|Trường Sa|>cơ khí chính xác<")


def test_no_vietnamese_in_code_outside_gettext() -> None:
    bare = [
        f"{place}:{line} {text[:60]}"
        for folder in ("matxich", "ui")
        for path in sorted((messages.ROOT / folder).rglob("*.py"))
        if not NOT_SCREENS.search(place := str(path.relative_to(messages.ROOT)))
        for line, text in _bare_texts(ast.parse(path.read_text()))
    ]
    calendar = [place for place in bare if place.startswith("matxich/kit/templatetags/mx.py")]
    assert [place for place in bare if place not in calendar] == []
    assert len(calendar) == 8  # the days of the week and the month, which Vietnamese alone writes so


def _bare_texts(tree: ast.Module) -> Iterator[tuple[int, str]]:
    told = set()
    for node in ast.walk(tree):
        for statement in getattr(node, "body", []) if isinstance(getattr(node, "body", []), list) else []:
            if isinstance(statement, ast.Expr):
                told.add(id(statement.value))
        if isinstance(node, ast.Call):
            name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
            if name in messages.FUNCTIONS:
                told |= {id(inner) for argument in node.args for inner in ast.walk(argument)}
    for node in ast.walk(tree):
        text = node.value if isinstance(node, ast.Constant) and id(node) not in told else None
        if isinstance(text, str) and VIETNAMESE.search(OTHER_NAMES.sub("", text)):
            yield node.lineno, text


TAGS = re.compile(
    r"{% *comment.*?endcomment *%}|{#.*?#}|{% *blocktranslate.*?endblocktranslate *%}|{% *translate .*?%}"
    r"""|_\("[^"]*"\)|_\('[^']*'\)|<(\w+) [^>]*lang="vi"[^>]*>.*?</\1>""",
    re.S,
)


def test_no_vietnamese_in_templates_outside_translate() -> None:
    samples = {"ui/templates/gallery.html", "ui/templates/paper.html"}  # invented samples; the state's own heading
    bare = []
    for folder in ("matxich", "ui"):
        for path in sorted((messages.ROOT / folder).rglob("templates/**/*.*")):
            place = str(path.relative_to(messages.ROOT))
            left = OTHER_NAMES.sub("", TAGS.sub("", path.read_text()))
            if place not in samples and VIETNAMESE.search(left):
                bare.append((place, [line.strip()[:80] for line in left.splitlines() if VIETNAMESE.search(line)]))
    assert bare == []


# The pages.


class Reader(HTMLParser):
    """The texts of a page that carry Vietnamese letters, outside what is marked as Vietnamese."""

    SHOWN = ("title", "aria-label", "placeholder", "alt", "data-l", "data-kept", "data-drop")
    VOID = frozenset(["meta", "link", "input", "br", "img", "hr", "path", "circle", "rect", "line", "use", "col"])

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.open: list[tuple[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.found += [told for name in self.SHOWN if (told := given.get(name)) and given.get("lang") != "vi"]
        if tag not in self.VOID:
            self.open.append((tag, given.get("lang") or ""))

    def handle_endtag(self, tag: str) -> None:
        while self.open and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        inside = {tag for tag, _ in self.open}
        if not inside & {"script", "style"} and not any(lang == "vi" for _, lang in self.open):
            self.found.append(" ".join(data.split()))


def vietnamese_of(page: str, names: re.Pattern[str]) -> list[str]:
    reader = Reader()
    reader.feed(page)
    return sorted({text for text in reader.found if VIETNAMESE.search(names.sub("", text))})


@pytest.fixture(scope="session")
def names() -> re.Pattern[str]:
    """What may stand in Vietnamese on any page: names of places, our own, words to search by, what the world wrote."""
    known = {unit.name for unit in reference.units() if unit.level == "province"}
    known |= {"Mắt Xích", "Tiếng Việt", "Hoàng Sa", "Trường Sa", "cơ khí chính xác", "Ban Quản lý các khu công nghiệp"}
    known |= {"Sở Công Thương Hải Phòng", "kiểm thử"}
    return re.compile("|".join(map(re.escape, sorted(known, key=len, reverse=True))))


@pytest.fixture
def plain_world(db: None) -> dict[str, Any]:
    """People, a firm and its list whose names carry no Vietnamese letter, so that what does is ours."""
    agency = Agency.objects.create(kind=AgencyKind.MINISTRY_DEPARTMENT, name="Cuc Cong nghiep", place="")
    agency.names.create(name=agency.name, valid_from=date(2025, 7, 1))

    def person(local: str, role: str) -> User:
        user = User.objects.create(email=f"{local}@matxich.test", name=local.title(), created_at=NOW, is_demo=True)
        Membership.objects.create(user=user, agency=agency, role=role, scope="", valid_from=date(2025, 7, 1))
        return user

    facts = {
        "name": "Binh Minh Precision",
        "address": "Lot CN-7",
        "products": "moulds; jigs",
        "processes": "milling; turning",
        "customers": "Kitano",
        "contact_person": "An Bi Mat",
    }
    firm = full_firm(**facts)
    Source.objects.update(name="So Cong Thuong")
    search.rebuild()
    return {"firm": firm, "officer": person("officer", Role.OFFICER), "admin": person("admin", Role.ADMINISTRATOR)}


def in_language(client: Client, language: str) -> Client:
    client.cookies["django_language"] = language
    return client


PUBLIC_PAGES = (
    "/", "/?map=63", "/nha-cung-ung/", "/nha-cung-ung/?q=moulds&view=map", "/nha-cung-ung/?province=xx&sort=new",
    "/dia-gioi/", "/dia-gioi/?ngay=2025-06-30", "/dia-gioi/?ngay=x", "/dia-gioi/tim/?q=zz", "/dia-gioi/99/",
    "/khu-cum-cong-nghiep/", "/khu-cum-cong-nghiep/?q=zz", "/dot-nhan-ho-so/", "/dot-nhan-ho-so/?loai=kc&nam=2031",
    "/xac-minh/", "/xac-minh/?code=zz", "/xac-minh/7K2Q-91AV-44D8/",
    "/tra-dia-chi/", "/du-lieu-ca-nhan/", "/du-lieu-ca-nhan/theo-doi/", "/nhat-ky/ma-bam/",
    "/tai-khoan/dang-nhap/", "/tai-khoan/mat-khau/quen/", "/tai-khoan/dang-ky/", "/tai-khoan/da-ngung/", "/khong-co/",
)  # fmt: skip
DESK_ROUTES = (
    "desk:home", "registry:imports", "registry:queue", "registry:problems", "registry:sources", "registry:enterprises",
    "zones:rollup", "zones:reports", "zones:lists", "programmes:programmes", "programmes:create", "programmes:calls",
    "programmes:agreements", "programmes:create_agreement",
    "correspondence:papers", "correspondence:choose", "correspondence:registers", "correspondence:template_agencies",
    "ledger:entries", "notices:inbox", "accounts:profile", "accounts:my_roles", "accounts:users",
    "accounts:invitations", "accounts:invite", "accounts:agencies", "accounts:create_agency",
    "accounts:personal_data_requests",
    "accounts:personal_data_looks", "ledger:check", "mfa_index", "usersessions_list", "account_change_password",
)  # fmt: skip


@pytest.mark.parametrize("language", messages.LANGUAGES)
def test_public_pages_speak_the_language(
    language: str, client: Client, names: re.Pattern[str], plain_world: dict[str, Any]
) -> None:
    in_language(client, language)
    faults = {}
    for address in (*PUBLIC_PAGES, page_of(plain_world["firm"])):
        page = client.get(address).content.decode()
        assert f'<html lang="{language}"' in page, address
        if found := vietnamese_of(page, names):
            faults[address] = found
    assert faults == {}


@pytest.mark.parametrize("who", ["officer", "admin"])
def test_desk_pages_speak_english(
    who: str, sign_in: Callable[[object], Client], names: re.Pattern[str], plain_world: dict[str, Any]
) -> None:
    client, firm = in_language(sign_in(plain_world[who]), "en"), plain_world["firm"]
    passport = passport_of(firm)
    pages = [reverse(route) for route in DESK_ROUTES]
    pages += [passport, f"{passport}thong-tin/", f"{passport}ghi/", f"{passport}ghi/workers/"]
    pages += [f"{passport}thong-tin/{Statement.objects.get(enterprise=firm, field='workers').pk}/"]
    faults, opened = {}, 0
    for address in pages:
        answer = client.get(address)
        opened += answer.status_code == 200
        if found := vietnamese_of(answer.content.decode(), names):
            faults[address] = found
    assert faults == {}
    assert opened >= 18  # an officer may not invite, nor make agencies


# The switch.


def test_the_switch_keeps_the_page_and_the_question(client: Client, plain_world: dict[str, Any]) -> None:
    page = in_language(client, "vi").get("/nha-cung-ung/?q=moulds&sort=name&lang=en").content.decode()
    back = re.search(r'name="next" value="([^"]*)"', page)
    assert back is not None
    assert back[1] == "/nha-cung-ung/?q=moulds&amp;sort=name"
    answer = client.post(reverse("set_language"), {"language": "ko", "next": "/nha-cung-ung/?q=moulds&sort=name"})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/nha-cung-ung/?q=moulds&sort=name")
    assert '<html lang="ko"' in client.get("/nha-cung-ung/?q=moulds").content.decode()


def test_an_address_may_name_its_language_and_keeps_it(client: Client, db: None) -> None:
    page = client.get("/du-lieu-ca-nhan/?lang=ja").content.decode()
    assert '<html lang="ja"' in page
    assert '<html lang="ja"' in client.get("/du-lieu-ca-nhan/theo-doi/").content.decode()
    assert '<html lang="ja"' in client.get("/du-lieu-ca-nhan/?lang=xx").content.decode()


def test_search_engines_find_each_language_of_a_public_page(client: Client, db: None) -> None:
    page = client.get("/du-lieu-ca-nhan/theo-doi/?code=a").content.decode()
    told = re.findall(r'<link rel="alternate" hreflang="([\w-]+)" href="([^"]*)">', page)
    here = "http://testserver/du-lieu-ca-nhan/theo-doi/?code=a"
    named = [(language, f"{here}&amp;lang={language}") for language in ("vi", "en", "ja", "ko")]
    assert told == [*named, ("x-default", here)]


def test_the_language_of_the_profile_holds_after_sign_in(
    sign_in: Callable[[object], Client], plain_world: dict[str, Any]
) -> None:
    officer = plain_world["officer"]
    officer.language = "en"
    officer.save()
    assert '<html lang="en"' in sign_in(officer).get(reverse("desk:home")).content.decode()


# The glossary.


def test_the_glossary_names_what_the_code_names() -> None:
    rows = [
        [cell.strip() for cell in line.strip("|").split("|")]
        for line in (messages.ROOT / "GLOSSARY.md").read_text().splitlines()
        if line.startswith("|")
    ][2:]
    code = "\n".join(
        path.read_text() for folder in ("matxich", "ui", "demo") for path in (messages.ROOT / folder).rglob("*.py")
    )
    named = {name: row for row in rows for name in re.findall(r"`(\w+)`", row[1])}
    assert [row for row in rows if not re.fullmatch(r"`\w+`", row[1])] == []
    assert [name for name in named if not re.search(rf"\b{name}\b", code)] == []


def test_each_glossary_row_has_both_languages() -> None:
    rows = [
        line.split("|") for line in (messages.ROOT / "GLOSSARY.md").read_text().splitlines() if line.startswith("|")
    ]
    assert [row[1] for row in rows[2:] if not (row[1].strip() and row[3].strip())] == []
