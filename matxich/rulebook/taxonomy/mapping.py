"""From the words a firm uses to the concept they mean, with how sure and why; unknown stays unknown."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from typing import Literal

from matxich.rulebook.taxonomy.finding import Found, How, Text, glued, nearest, parted, respelt, scattered, standing
from matxich.rulebook.taxonomy.index import Index, index_of
from matxich.rulebook.taxonomy.model import Concept, Language, Scheme, Taxonomy
from matxich.rulebook.taxonomy.ranking import Ranking
from matxich.rulebook.taxonomy.vocabulary import EVERYDAY, SURNAMES
from matxich.rulebook.taxonomy.words import Words, is_east, split

Verdict = Literal["mapped", "ambiguous", "unknown"]
PLENTY, ENOUGH = 0.8, 0.6
"""Shares of a text below which misspelt words, and names near the whole of it, are looked for as well."""
_FINDERS = ((1.0, (glued, scattered, parted)), (PLENTY, (respelt,)), (ENOUGH, (nearest,)))
"""What looks for more names as long as the best explains less of the text than this."""
_ORDER = {scheme: at for at, scheme in enumerate(Scheme)}


@dataclass(frozen=True, slots=True)
class Alternative:
    concept: Concept
    confidence: float


@dataclass(frozen=True, slots=True)
class Mapping:
    """What a text was understood as.

    `concept` is None and `confidence` 0 exactly when the verdict is unknown; an ambiguous text carries the
    likeliest concept at half the confidence and the others under `alternatives`. `phrase`, `language` and `how`
    name the word of the taxonomy that matched; `span` is where, in the NFC form of `text`; `version` is the data's.
    """

    text: str
    verdict: Verdict
    concept: Concept | None
    confidence: float
    alternatives: tuple[Alternative, ...]
    phrase: str
    language: Language | None
    how: How | None
    span: tuple[int, int] | None
    version: str


def map_text(
    taxonomy: Taxonomy, text: str, *, language: Language, schemes: Collection[Scheme] | None = None
) -> Mapping:
    """The one concept a text is about. `language` is a hint: names of every language are looked for."""
    words = split(text)
    best = _best(taxonomy, index_of(taxonomy), Text.of(words, language, schemes)) if words.stem else None
    return best or _unknown(taxonomy, text)


def map_all(
    taxonomy: Taxonomy, text: str, *, language: Language, schemes: Collection[Scheme] | None = None
) -> list[Mapping]:
    """Every term of a cell, in order. A part between separators in which nothing is known gives an unknown."""
    words, index = split(text), index_of(taxonomy)
    found: list[Mapping] = []
    for part in _parts(words, words.strong):
        sentence = _cut(words, part)
        hits = _apart(taxonomy, _sound(Text.of(sentence, language, schemes), standing, index))
        for piece in _parts(sentence, sentence.weak):
            inside = [hit for hit in hits if hit.first in piece]
            if not inside and any(hit.first < piece[0] <= hit.last for hit in hits):
                continue
            found += _piece(taxonomy, index, Text.of(_cut(sentence, piece), language, schemes), inside, piece, found)
    return found


def _parts(words: Words, separators: list[int]) -> Iterable[range]:
    first = 0
    for at in range(1, len(separators) + 1):
        if at == len(separators) or separators[at] != separators[first]:
            yield range(first, at)
            first = at


def _cut(words: Words, part: range) -> Words:
    cut = slice(part.start, part.stop)
    return Words(
        words.text, words.stem[cut], words.plain[cut], words.marked[cut], words.start[cut], words.end[cut],
        words.strong[cut], words.weak[cut], words.accented,
    )  # fmt: skip


def _piece(
    taxonomy: Taxonomy, index: Index, text: Text, hits: list[Found], piece: range, before: list[Mapping]
) -> list[Mapping]:
    """The terms of one part: those that stand in it one by one, else the best guess at the whole."""
    whole = _best(taxonomy, index, text)
    if len(hits) > 1:
        return [_told(taxonomy, _shifted(hit, -piece.start), [], text) for hit in hits if hit.last < piece.stop] or []
    if hits and hits[0].last >= piece.stop:
        return [whole] if whole else []
    if whole is None and before and text.words.stem[0].isdecimal():
        whole = _carried(taxonomy, text, before[-1])
    words = text.words
    return [whole or replace(_unknown(taxonomy, words.text[words.start[0] : words.end[-1]]), span=None)]


def _shifted(hit: Found, by: int) -> Found:
    return replace(hit, places=tuple(place + by for place in hit.places))


def _carried(taxonomy: Taxonomy, text: Text, last: Mapping) -> Mapping | None:
    """ "ISO 9001/14001": a bare number after a standard is a number of the same body."""
    if last.concept is None or last.concept.scheme != Scheme.CERTIFICATES or last.span is None:
        return None
    prefix = "".join(letter for letter in last.phrase if letter.isalpha() or letter == " ").strip()
    words = text.words
    told = map_text(taxonomy, f"{prefix} {words.text[words.start[0] : words.end[-1]]}", language=text.language)
    return replace(told, span=(words.start[0], words.end[-1])) if told.concept else None


def _sound(text: Text, finder, index: Index) -> list[Found]:  # type: ignore[no-untyped-def]
    return [hit for hit in finder(text, index) if _stands_alone(text, hit)]


def _apart(taxonomy: Taxonomy, hits: list[Found]) -> list[Found]:
    """Names that do not overlap, the weightiest first; no concept beside a narrower one of itself."""
    chosen: list[Found] = []
    for hit in sorted(hits, key=lambda each: (-each.score, _ORDER[each.name.concept.scheme])):
        if all(hit.last < other.first or other.last < hit.first for other in chosen):
            chosen.append(hit)
    codes = {hit.name.concept.code for hit in chosen}
    broader = {code for each in codes for code in taxonomy.ancestors(each)}
    kept = [hit for hit in chosen if hit.name.concept.code not in broader]
    if any(not hit.name.derived for hit in kept):
        kept = [hit for hit in kept if not hit.name.derived]
    return sorted(kept, key=lambda hit: hit.first)


def _best(taxonomy: Taxonomy, index: Index, text: Text) -> Mapping | None:
    hits = standing(text, index)
    told = _decided(taxonomy, text, hits)
    for enough, finders in _FINDERS:
        if told is not None and text.share(told) >= enough:
            break
        if more := [hit for finder in finders for hit in finder(text, index)]:
            hits += more
            told = _decided(taxonomy, text, hits)
    return _told(taxonomy, told, hits, text) if told else None


def candidates(taxonomy: Taxonomy, text: Text) -> list[Found]:
    """Every name that may lead in the text, found by all means that its share calls for."""
    index = index_of(taxonomy)
    hits = standing(text, index)
    for enough, finders in _FINDERS:
        if any(text.share(hit) >= enough for hit in hits if _stands_alone(text, hit)):
            break
        hits += [hit for finder in finders for hit in finder(text, index)]
    return [hit for hit in _uncontained(hits) if _stands_alone(text, hit)]


def _decided(taxonomy: Taxonomy, text: Text, hits: list[Found]) -> Found | None:
    """The widest name that stands, in the order of the schemes; then down to what is narrower in the same text."""
    open_hits = [hit for hit in _uncontained(hits) if _stands_alone(text, hit)]
    if len(open_hits) < 2:
        return open_hits[0] if open_hits else None
    ranking = Ranking(taxonomy, text, open_hits)
    ordered = sorted(open_hits, key=lambda hit: (-ranking.score(hit), -hit.score, hit.first, hit.name.concept.code))
    best = ordered[0]
    for hit in ordered[1:]:
        if _listed(text, best, hit):
            wider = hit.name.concept.code in taxonomy.ancestors(best.name.concept.code)
            best = hit if wider and hit.how == "exact" and hit.name.concept.scheme == best.name.concept.scheme else best
            continue
        narrower = best.name.concept.code in taxonomy.ancestors(hit.name.concept.code)
        if narrower and not hit.name.doubtful and (hit.how != "fuzzy" or best.how == "fuzzy"):
            inside = set(hit.places) <= set(best.places)
            best = best if inside and hit.score < best.score else hit
    return best


def _listed(text: Text, one: Found, other: Found) -> bool:
    """Whether two names are members of a list ("bolts, nuts"): then neither says more about the other."""
    first, last = sorted((one, other), key=lambda hit: hit.first)
    words = text.words
    if first.last >= last.first or (words.strong[first.last], words.weak[first.last]) == (
        words.strong[last.first],
        words.weak[last.first],
    ):
        return False
    return not set("()（）[]［］「」/／").intersection(words.text[words.end[first.last] : words.start[last.first]])


def _uncontained(hits: list[Found]) -> list[Found]:
    """Names inside a wider one go; so do names cut short where one stands whole."""
    best: dict[tuple[str, tuple[int, ...]], Found] = {}
    for hit in hits:
        key = hit.name.concept.code, hit.places
        if key not in best or (hit.score, hit.name.preferred) > (best[key].score, best[key].name.preferred):
            best[key] = hit
    hits, kept = list(best.values()), []
    spans = [(hit.first, hit.last, hit) for hit in hits]
    for first, last, hit in spans:
        for start, end, other in spans:
            if start > first or end < last or other is hit or other.name.concept is hit.name.concept:
                continue
            same = other.places == hit.places
            if same and hit.name.derived and not other.name.derived and other.quality > 0.9:
                break
            if not same and other.score > hit.score and other.quality > 0.9 and set(hit.places) <= set(other.places):
                break
        else:
            kept.append(hit)
    return kept


def _stands_alone(text: Text, hit: Found) -> bool:
    """Whether a name may be believed: short words need most of the text to themselves."""
    share, atom, words = text.share(hit), hit.name.stems[0], text.words
    length = len(hit.name.stems)
    if hit.name.generic and share < 1:
        return False
    if length > 1:
        ends = length == 2 and hit.last == len(words.stem) - 1
        return share >= (0.25 if length == 2 and is_east(atom) and not ends else 0.1)
    if text.around[hit.first] and share < 0.6:
        return False
    if atom.isdecimal() and len(atom) > 2:
        return share > (0.3 if len(atom) == 3 else 0.2)
    if is_east(atom) or atom.isdecimal() or len(atom) < 2:
        return share > 0.9
    if _is_acronym(text, hit):
        return share > (0.3 if len(atom) == 2 else 0.1)
    if _is_person(text):
        return False
    if hit.name.language == "vi" and text.language != "vi" and len(atom) < 5:
        return share > 0.6 and hit.how != "folded"
    if hit.how == "folded":
        return share >= 0.5
    if len(words.plain[hit.first]) > 4:
        return share >= 0.15
    heads = text.language == "vi" and all(text.around[: hit.first])
    return share >= (0.34 if not heads else 0.3 if words.marked[hit.first] in EVERYDAY else 0.12)


def _is_acronym(text: Text, hit: Found) -> bool:
    """Written in capitals on both sides, in a text that is not all capitals: "BSCI còn hiệu lực"."""
    words = text.words
    raw = words.text[words.start[hit.first] : words.end[hit.first]]
    shouting = words.text.isupper() and not any(map(is_east, words.stem))
    return raw.isupper() and not shouting and raw in hit.name.phrase


def _is_person(text: Text) -> bool:
    """ "Nguyễn Văn Tiện": a surname first and every word with a capital."""
    words = text.words
    if not 1 < len(words.marked) < 6 or words.marked[0] not in SURNAMES:
        return False
    return all(words.text[at].isupper() and not words.text[at : end].isupper()
               for at, end in zip(words.start, words.end, strict=True))  # fmt: skip


def _told(taxonomy: Taxonomy, best: Found, hits: list[Found], text: Text) -> Mapping:
    rivals = [hit for hit in hits if _rivals(taxonomy, best, hit)]
    doubt = best.name.doubtful or bool(rivals)
    others: dict[str, Alternative] = {}
    for hit in sorted(hits, key=lambda each: (each not in rivals, -each.score)):
        code = hit.name.concept.code
        if code != best.name.concept.code and code not in others and (hit in rivals or _stands_alone(text, hit)):
            others[code] = Alternative(hit.name.concept, _confidence(text, hit) * (0.5 if hit in rivals else 0.6))
    return Mapping(
        text=text.words.text,
        verdict="ambiguous" if doubt else "mapped",
        concept=best.name.concept,
        confidence=_confidence(text, best) * (0.5 if doubt else 1.0),
        alternatives=tuple(list(others.values())[:5]),
        phrase=best.name.phrase,
        language=best.name.language,
        how=best.how,
        span=(text.words.start[best.first], text.words.end[best.last]),
        version=taxonomy.version,
    )


def _rivals(taxonomy: Taxonomy, best: Found, hit: Found) -> bool:
    """Whether another concept of the scheme has as good a claim to the same words."""
    mine, other = best.name.concept, hit.name.concept
    if other.code == mine.code or other.scheme != mine.scheme or hit.places != best.places:
        return False
    if hit.name.doubtful and best.name.doubtful:
        return True
    level = hit.name.derived == best.name.derived and hit.score > best.score - 0.01
    return level and mine.code not in taxonomy.ancestors(other.code) | taxonomy.descendants(other.code)


def _confidence(text: Text, hit: Found) -> float:
    sure = min(hit.quality, 1.0) * (0.95 if hit.name.derived else 1.0)
    return round(sure * (0.55 + 0.45 * text.share(hit)), 3)


def _unknown(taxonomy: Taxonomy, text: str) -> Mapping:
    return Mapping(text, "unknown", None, 0.0, (), "", None, None, None, taxonomy.version)
