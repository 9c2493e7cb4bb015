"""The library of legal instruments: number, issuer, dates, what each does to others, and how articles are cited."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from matxich.rulebook.law.faults import NoArticle, Repeated, UnknownInstrument
from matxich.rulebook.law.reading import Read, parsed, span
from matxich.rulebook.law.spans import Span
from matxich.rulebook.law.truth import Truth

# Kind → its name in Vietnamese and English, and how a citation shortens it.
KINDS: Mapping[str, tuple[str, str, str]] = {
    "law": ("Luật", "Law", "Luật"),
    "resolution": ("Nghị quyết", "Resolution", "NQ"),
    "decree": ("Nghị định", "Decree", "NĐ"),
    "decision": ("Quyết định", "Decision", "QĐ"),
    "circular": ("Thông tư", "Circular", "TT"),
    "joint_circular": ("Thông tư liên tịch", "Joint circular", "TTLT"),
    "directive": ("Chỉ thị", "Directive", "CT"),
    "consolidated": ("Văn bản hợp nhất", "Consolidated text", "VBHN"),
}
RELATIONS: Mapping[str, tuple[str, str]] = {
    "amends": ("sửa đổi, bổ sung", "amends"),
    "replaces": ("thay thế", "replaces"),
    "guides": ("hướng dẫn", "guides"),
}
CONFIDENCE = ("high", "medium", "low")
_KEYS = (
    "id", "kind", "number", "issuer", "issued", "from", "to", "vi", "en", "confidence", "dates_confidence", "policy",
    "note_vi", "note_en", *RELATIONS,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Instrument:
    """A legal act. `span`: when it holds as a whole, None where that was not seen; `issued` may be unknown.

    `confidence` is that it exists as described, `dates_confidence` that of its dates. `policy` are ids of the notes it
    was taken from.
    """

    id: str
    kind: str
    number: str
    issuer: str
    vi: str
    en: str
    issued: date | None
    span: Span | None
    confidence: str
    dates_confidence: str
    relations: tuple[tuple[str, str], ...] = ()
    policy: tuple[str, ...] = ()
    note_vi: str = ""
    note_en: str = ""

    @property
    def short(self) -> str:
        """ "NĐ 45/2012/NĐ-CP"."""
        return f"{KINDS[self.kind][2]} {self.number}"

    @property
    def full(self) -> str:
        return f"{KINDS[self.kind][0]} {self.number}"

    def in_force(self, on: date) -> Truth:
        return self.span.holds(on) if self.span else Truth.UNKNOWN


@dataclass(frozen=True, slots=True)
class Citation:
    """A place in an instrument: "Điều 8 khoản 4" of "tt-28-2018"; `at` "" for the whole of it.

    `by`: the instrument that gave the place its present wording.
    """

    instrument: str
    at: str = ""
    by: str = ""


@dataclass(frozen=True, slots=True)
class Library:
    """All instruments by id, in the order of the files."""

    by_id: Mapping[str, Instrument]

    def __getitem__(self, code: str) -> Instrument:
        return self.by_id[code]

    def cite(self, citation: Citation) -> str:
        """ "Điều 8 khoản 4 TT 28/2018/TT-BTC"."""
        changed = f" (sửa đổi bởi {self.by_id[citation.by].short})" if citation.by else ""
        return f"{citation.at} {self.by_id[citation.instrument].short}{changed}".strip()

    def related(self, code: str) -> tuple[tuple[str, Instrument], ...]:
        """What other instruments do to this one, with the relation each names."""
        return tuple(
            (relation, other) for other in self.by_id.values() for relation, target in other.relations if target == code
        )

    def in_force(self, on: date) -> tuple[Instrument, ...]:
        """Those that surely hold on a date."""
        return tuple(each for each in self.by_id.values() if each.in_force(on) is Truth.YES)


def library(files: Iterable[tuple[str, str]]) -> Library:
    """From (file name, text). LawFault subclasses name what is wrong and where."""
    found: dict[str, Instrument] = {}
    mentioned: list[tuple[Read, str]] = []
    for file, text in files:
        for each in parsed(file, text).items():
            instrument, targets = _instrument(each)
            if instrument.id in found:
                raise each.fault(Repeated, f"“{instrument.id}” có hai lần.", f"“{instrument.id}” stands twice.")
            found[instrument.id] = instrument
            mentioned += targets
    for place, target in mentioned:
        if target not in found:
            raise place.fault(UnknownInstrument, f"Thư viện không có văn bản “{target}”.", f"No instrument “{target}”.")
    return Library(MappingProxyType(found))


def citation(place: Read, known: Mapping[str, Instrument] | None) -> Citation:
    """ "tt-28-2018 Điều 8 khoản 4". NoArticle, UnknownInstrument; `known` None: any instrument will do."""
    code, _space, at = place.text().partition(" ")
    if not code:
        raise place.fault(NoArticle, "Thiếu điều, khoản.", "The article is missing.")
    if known is not None and code not in known:
        raise place.fault(UnknownInstrument, f"Thư viện không có văn bản “{code}”.", f"No instrument “{code}”.")
    return Citation(code, at.strip())


def _instrument(place: Read) -> tuple[Instrument, list[tuple[Read, str]]]:
    keys = place.keys(_KEYS, needed=("id", "kind", "number", "issuer", "vi", "en", "confidence"))
    relations, mentioned = [], []
    for relation in RELATIONS:
        if relation in keys:
            for target in keys[relation].items():
                relations.append((relation, target.text()))
                mentioned.append((target, target.text()))
    confidence = keys["confidence"].choice(CONFIDENCE)
    own = Instrument(
        id=keys["id"].text(),
        kind=keys["kind"].choice(KINDS),
        number=keys["number"].text(),
        issuer=keys["issuer"].text(),
        vi=keys["vi"].text(),
        en=keys["en"].text(),
        issued=keys["issued"].day() if "issued" in keys else None,
        span=span(keys) if "from" in keys else None,
        confidence=confidence,
        dates_confidence=keys["dates_confidence"].choice(CONFIDENCE) if "dates_confidence" in keys else confidence,
        relations=tuple(relations),
        policy=tuple(each.text() for each in keys["policy"].items()) if "policy" in keys else (),
        note_vi=keys["note_vi"].text() if "note_vi" in keys else "",
        note_en=keys["note_en"].text() if "note_en" in keys else "",
    )
    return own, mentioned
