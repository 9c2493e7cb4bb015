"""Collect screen text into the catalogues and compile them. Source language: Vietnamese.

Python alone, no gettext programs: the tests collect anew on every machine and compare.
"""

import ast
import gettext
import re
import struct
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from django.utils.translation.template import templatize

from matxich.rulebook import enterprise_size, identifiers, json_values, linking, passport, sections, sources
from matxich.rulebook.allocation import checking as allocation_checking
from matxich.rulebook.allocation import reading as allocation_reading
from matxich.rulebook.allocation import relaxing as allocation_relaxing
from matxich.rulebook.assignment import checking as assignment_checking
from matxich.rulebook.assignment import reading as assignment_reading
from matxich.rulebook.assignment import relaxing as assignment_relaxing
from matxich.rulebook.calibration import checking as calibration_checking
from matxich.rulebook.calibration import model as calibration
from matxich.rulebook.calibration import reading as calibration_reading
from matxich.rulebook.capabilities import fields as structured
from matxich.rulebook.law import given
from matxich.rulebook.lists import fields, model
from matxich.rulebook.zones import fields as zone_fields
from matxich.rulebook.zones import figures as zone_figures
from matxich.rulebook.zones import lists as zone_lists
from matxich.rulebook.zones import periods as zone_periods
from matxich.rulebook.zones import reports as zone_reports
from matxich.rulebook.zones import values as zone_values

ROOT = Path(__file__).resolve().parent.parent
LOCALE = ROOT / "locale"
OVERRIDES = ROOT / "matxich" / "accounts" / "locale"
PLURALS = {
    "en": "nplurals=2; plural=(n != 1);",
    "ja": "nplurals=1; plural=0;",
    "ko": "nplurals=1; plural=0;",
    "vi": "nplurals=1; plural=0;",
}
LANGUAGES = ("en", "ja", "ko")
# What the public and buyers read: complete in every language. Desk pages are Vietnamese and English.
PUBLIC = re.compile(
    r"matxich/(portal|places)/|ui/templates/(?!desk|gallery)"
    r"|matxich/zones/queries/(listing|showing|tenants).py"
    r"|matxich/zones/templates/zones/(_facts|_head|_tenants|zones|zone).html"
    r"|matxich/rulebook/zones/(fields|figures).py"
    r"|matxich/(kit/templatetags/mx|desk/context|accounts/adapters|accounts/personal_data/(actions|forms|states|views)).py"
    r"|matxich/registry/(queries/(directory|firm_page|capability_tables|showing|unseen)|search/(listing|values)|states|views/firm).py"
    r"|matxich/rulebook/(passport|sections|enterprise_size|lists/fields|capabilities/fields).py"
    r"|matxich/registry/(actions/exporting|queries/(exports|comparing|result_map)|views/(exports|comparing)|forms/lookups).py"
    r"|matxich/registry/templates/registry/(_\w+|directory\w*|firm|stop_letters).html"
    r"|matxich/ledger/templates/ledger/digests.html"
    r"|matxich/accounts/templates/((account|mfa|socialaccount|usersessions)/|429|accounts/(accept|entrance|manage))"
    r"|matxich/accounts/templates/accounts/personal_data/(ask|facts|follow|receipt).html"
)
CONTEXT = "\x04"
FUNCTIONS = {
    **dict.fromkeys(("_", "_lazy", "_noop", "gettext", "gettext_lazy", "gettext_noop"), "i"),
    **dict.fromkeys(("ngettext", "ngettext_lazy"), "ip"),
    **dict.fromkeys(("pgettext", "pgettext_lazy"), "ci"),
    **dict.fromkeys(("npgettext", "npgettext_lazy"), "cip"),
}
_STRING = r"""u?(?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")"""
_CALL = re.compile(rf"\b(npgettext|ngettext|pgettext|gettext|_)\((\s*{_STRING}(?:\s*,\s*(?:{_STRING}|\w+))*\s*)\)")


@dataclass(frozen=True, slots=True)
class Message:
    """`id` may carry a context before \\x04. `texts`: one per plural form, empty when not translated."""

    id: str
    plural: str = ""
    texts: tuple[str, ...] = ()
    places: tuple[str, ...] = ()

    @property
    def public(self) -> bool:
        return any(map(PUBLIC.match, self.places))

    @property
    def done(self) -> bool:
        return bool(self.texts) and all(self.texts)


def collected() -> dict[str, Message]:
    """Every text that screens ask for, by id, with the files that ask."""
    plurals: dict[str, str] = {}
    places: dict[str, set[str]] = defaultdict(set)
    for place, identity, plural in _asked():
        plurals[identity] = plurals.get(identity) or plural
        places[identity].add(place)
    return {i: Message(i, plurals[i], (), tuple(sorted(places[i]))) for i in sorted(plurals)}


def _asked() -> Iterator[tuple[str, str, str]]:
    for path in sorted([*(ROOT / "matxich").rglob("*"), *(ROOT / "ui").rglob("*")]):
        place = str(path.relative_to(ROOT))
        if path.suffix == ".py":
            yield from ((place, *asked) for asked in _in_python(path.read_text()))
        elif path.suffix in {".html", ".txt"} and "templates" in path.parts:
            yield from ((place, *asked) for asked in _in_template(path.read_text()))
    yield from ((place, text, "") for place, texts in message_keys().items() for text in texts)


def message_keys() -> dict[str, list[str]]:
    """The rulebook knows no gettext: its tables hold Vietnamese texts that pages translate when they show them."""
    odd = [passport.field_of(code).label for code in ("person_id", "list_section")]
    tables = {
        "matxich/rulebook/allocation/checking.py": allocation_checking.FAULTS.values(),
        "matxich/rulebook/allocation/reading.py": allocation_reading.REFUSED.values(),
        "matxich/rulebook/allocation/relaxing.py": allocation_relaxing.RELAXED.values(),
        "matxich/rulebook/assignment/checking.py": assignment_checking.FAULTS.values(),
        "matxich/rulebook/assignment/reading.py": assignment_reading.REFUSED.values(),
        "matxich/rulebook/assignment/relaxing.py": assignment_relaxing.RELAXED.values(),
        "matxich/rulebook/calibration/checking.py": calibration_checking.FAULTS.values(),
        "matxich/rulebook/calibration/model.py": calibration.FLAGS.values(),
        "matxich/rulebook/calibration/reading.py": calibration_reading.REFUSED.values(),
        "matxich/rulebook/json_values.py": json_values.REFUSED.values(),
        "matxich/rulebook/enterprise_size.py": [regime.article for regime in enterprise_size.REGIMES],
        "matxich/rulebook/identifiers.py": identifiers.MESSAGES.values(),
        "matxich/rulebook/linking.py": linking.REASONS.values(),
        "matxich/rulebook/law/given.py": [*given.REJECTED.values(), *given.NOTES.values()],
        "matxich/rulebook/lists/fields.py": [field.label for field in fields.FIELDS],
        "matxich/rulebook/lists/model.py": [
            text
            for table in (model.SKIPPED, model.REASONS, model.WARNINGS, model.REJECTIONS, model.REMEDIES)
            for text in table.values()
        ],
        "matxich/rulebook/sources.py": [
            *(text for level in sources.TRUST_LEVELS for text in (level.label, level.meaning)),
            *sources.RANKS.values(),
        ],
        "matxich/rulebook/passport.py": odd,
        "matxich/rulebook/sections.py": sections.SECTIONS.values(),
        "matxich/rulebook/zones/fields.py": [
            *(field.label for field in (*zone_fields.ZONE_FIELDS, *zone_fields.TENANT_FIELDS)),
            *zone_fields.GROUPS.values(),
            *(
                text
                for table in (
                    zone_fields.STATES,
                    zone_fields.CLUSTER_KINDS,
                    zone_fields.OPERATOR_KINDS,
                    zone_fields.TENANT_STATES,
                )
                for text in table.values()
            ),
        ],
        "matxich/rulebook/zones/figures.py": zone_figures.CAUTIONS.values(),
        "matxich/rulebook/zones/lists.py": [
            text for table in (zone_lists.LABELS, zone_lists.NOTES, zone_lists.REJECTED) for text in table.values()
        ],
        "matxich/rulebook/zones/periods.py": zone_periods.NAMES.values(),
        "matxich/rulebook/zones/reports.py": [
            *(form.label for form in zone_reports.FORMS.values()),
            *zone_reports.FAULTS.values(),
        ],
        "matxich/rulebook/zones/values.py": zone_values.REFUSED.values(),
        "matxich/rulebook/capabilities/fields.py": [field.label_vi for field in structured.FIELDS.values()],
    }
    return {place: [text for text in texts if text] for place, texts in tables.items()}


def _in_python(source: str) -> Iterator[tuple[str, str]]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call):
            function = node.func
            name = function.id if isinstance(function, ast.Name) else getattr(function, "attr", "")
            yield from _call(name, node.args)


def _in_template(source: str) -> Iterator[tuple[str, str]]:
    for found in _CALL.finditer(templatize(source)):
        call = ast.parse(f"{found[1]}({found[2].strip()})", mode="eval").body
        assert isinstance(call, ast.Call)
        yield from _call(found[1], call.args)


def _call(name: str, arguments: list[ast.expr]) -> Iterator[tuple[str, str]]:
    shape = FUNCTIONS.get(name, "")
    texts = [a.value for a in arguments[: len(shape)] if isinstance(a, ast.Constant) and isinstance(a.value, str)]
    if shape and len(texts) == len(shape):
        given = dict(zip(shape, texts, strict=True))
        if given["i"]:
            yield (given["c"] + CONTEXT if "c" in given else "") + given["i"], given.get("p", "")


def read(path: Path) -> dict[str, Message]:
    """A written catalogue, without its head."""
    messages = {}
    blocks = path.read_text().split("\n\n")[1:] if path.exists() else []
    for block in blocks:
        parts: dict[str, str] = {}
        places: list[str] = []
        key = ""
        for line in block.splitlines():
            if line.startswith("#:"):
                places += line[2:].split()
            elif word := re.match(r'(msgctxt|msgid_plural|msgid|msgstr(?:\[\d])?) (?=")', line):
                key = word[1]
                parts[key] = ast.literal_eval(line[word.end() :])
            elif line.startswith('"'):
                parts[key] += ast.literal_eval(line)
        if "msgid" in parts:
            identity = (parts["msgctxt"] + CONTEXT if "msgctxt" in parts else "") + parts["msgid"]
            texts = tuple(text for name, text in parts.items() if name.startswith("msgstr"))
            messages[identity] = Message(identity, parts.get("msgid_plural", ""), texts, tuple(places))
    return messages


def merged(asked: dict[str, Message], known: dict[str, Message], forms: int) -> dict[str, Message]:
    """What is asked for, with the translations there are; what nobody asks for any more is dropped."""

    def texts(message: Message) -> tuple[str, ...]:
        old = known[message.id].texts if message.id in known else ()
        wanted = forms if message.plural else 1
        return (old + old[-1:] * wanted)[:wanted] if old else ("",) * wanted

    return {identity: replace(message, texts=texts(message)) for identity, message in asked.items()}


def written(language: str, messages: Iterable[Message]) -> str:
    """A catalogue as text: sorted by id, files without line numbers, one line a text."""
    head = {
        "Language": language,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": PLURALS[language],
    }
    blocks = ["\n".join(['msgid ""', 'msgstr ""', *(_quoted(f"{name}: {value}\n") for name, value in head.items())])]
    return "\n\n".join(blocks + [_block(message) for message in sorted(messages, key=lambda m: m.id)]) + "\n"


def _block(message: Message) -> str:
    context, _, identity = message.id.rpartition(CONTEXT)
    lines = [f"#: {place}" for place in message.places]
    if re.search(r"%\(\w+\)[sd]|%[sd]", message.id):
        lines.append("#, python-format")
    lines += [f"msgctxt {_quoted(context)}"] if context else []
    lines.append(f"msgid {_quoted(identity)}")
    if message.plural:
        lines.append(f"msgid_plural {_quoted(message.plural)}")
        lines += [f"msgstr[{form}] {_quoted(text)}" for form, text in enumerate(message.texts)]
    else:
        lines.append(f"msgstr {_quoted(message.texts[0])}")
    return "\n".join(lines)


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t") + '"'


def compiled(language: str, messages: Iterable[Message]) -> bytes:
    """The binary catalogue that gettext reads: translated texts only, sorted by id."""
    head = f"Content-Type: text/plain; charset=UTF-8\nLanguage: {language}\nPlural-Forms: {PLURALS[language]}\n"
    pairs = {b"": head.encode()}
    for message in messages:
        if message.done:
            identity = f"{message.id}\0{message.plural}" if message.plural else message.id
            pairs[identity.encode()] = "\0".join(message.texts).encode()
    rows = sorted(pairs.items())
    start = 28 + 16 * len(rows)
    offsets, body = [], b""
    for texts in zip(*rows, strict=True):
        for text in texts:
            offsets += [len(text), start + len(body)]
            body += text + b"\0"
    top = struct.pack("<7I", 0x950412DE, 0, len(rows), 28, 28 + 8 * len(rows), 0, 0)
    return top + struct.pack(f"<{len(offsets)}I", *offsets) + body


def catalogues() -> Iterator[tuple[str, Path]]:
    """(language, path without suffix) of every catalogue kept here."""
    for language in LANGUAGES:
        yield language, LOCALE / language / "LC_MESSAGES" / "django"
    yield "vi", OVERRIDES / "vi" / "LC_MESSAGES" / "django"


def load(path: Path) -> gettext.GNUTranslations:
    with path.with_suffix(".mo").open("rb") as file:
        return gettext.GNUTranslations(file)


def main() -> None:
    asked = collected()
    for language, path in catalogues():
        known = read(path.with_suffix(".po"))
        if language in LANGUAGES:
            forms = 2 if language == "en" else 1
            known = merged(asked, known, forms)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.with_suffix(".po").write_text(written(language, known.values()))
        path.with_suffix(".mo").write_bytes(compiled(language, known.values()))
        missing = sum(not message.done for message in known.values())
        print(f"{language}: {len(known)} texts, {missing} without a translation")


if __name__ == "__main__":
    main()
