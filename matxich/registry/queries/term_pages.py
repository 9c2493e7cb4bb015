"""Pages about what phrases mean: those nobody knows, one of them, what was decided, and the words of one firm."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from math import ceil
from urllib.parse import urlencode

from django.urls import reverse

from matxich.kit.actor import Actor
from matxich.places.queries import name_of
from matxich.registry.models import Enterprise, TermDecision
from matxich.registry.permissions import may_edit_officially, may_undo_term
from matxich.registry.queries.concept_choices import Choice, choice_of
from matxich.registry.queries.import_pages import PAGE, Slice, cut
from matxich.registry.queries.meaning import FACET_OF, Item, in_force, meaning_of, meanings_of, reading_of, words_of
from matxich.registry.search.phrases import Said, said_by, unsure_phrases
from matxich.registry.states import Facet
from matxich.registry.taxonomy import taxonomy
from matxich.rulebook.identifiers import make_registry_id
from matxich.rulebook.meaning import PHRASE_LENGTH, Phrase, phrase_key

GUESSES = 3
SAMPLES = 5
FIRMS = 10


@dataclass(frozen=True, slots=True)
class UnsureLine:
    """A phrase as firms most often write it, how many say it, and what it may mean."""

    facet: str
    facet_label: str
    phrase: str
    firms: int
    guesses: tuple[Choice, ...]
    url: str


@dataclass(frozen=True, slots=True)
class UnsurePage:
    """`total` counts phrases; `next`, `previous`: numbers of pages, 0 where there is none."""

    lines: tuple[UnsureLine, ...]
    total: int
    next: int
    previous: int


def unsure_page(facet: str, number: int) -> UnsurePage:
    """The commonest phrases of the register that nobody knows the meaning of. Raises the index's Unavailable."""
    found = unsure_phrases(facet)
    number = max(1, min(number, ceil(len(found) / PAGE)))
    shown = found[(number - 1) * PAGE : number * PAGE]
    said = {of: said_by(of, [each.key for each in shown if each.facet == of], SAMPLES) for of in Facet}
    lines = []
    for each in shown:
        samples = said[Facet(each.facet)].get(each.key, [])
        phrase = _commonest(samples) or each.key
        guesses = guesses_of(_phrase_in(samples[0].text if samples else phrase, each.facet, each.key))[:GUESSES]
        label = str(Facet(each.facet).label)
        lines.append(UnsureLine(each.facet, label, phrase, each.firms, guesses, term_url(each.facet, phrase)))
    return UnsurePage(
        tuple(lines), len(found), number + 1 if number * PAGE < len(found) else 0, number - 1 if number > 1 else 0
    )


def term_url(facet: str, phrase: str) -> str:
    return f"{reverse('registry:term', args=[facet])}?{urlencode({'t': phrase})}"


@dataclass(frozen=True, slots=True)
class SayingFirm:
    """A firm that says the phrase, in its own words; `url` leads to the decision for it alone, "" for who may not."""

    name: str
    registry_id: str
    place: str
    text: str
    url: str


@dataclass(frozen=True, slots=True)
class TermPage:
    """`meant`: what it is understood as everywhere; `decision`: the one in force, if any."""

    facet: str
    facet_label: str
    phrase: str
    guesses: tuple[Choice, ...]
    meant: tuple[Choice, ...]
    decision: TermDecision | None
    firms: tuple[SayingFirm, ...]


def term_page(facet: str, phrase: str, actor: Actor) -> TermPage:
    """One phrase wherever it is said. Raises the index's Unavailable."""
    key = phrase_key(phrase)
    said = said_by(facet, [key], FIRMS)[key]
    known = _phrase_in(said[0].text if said else phrase, facet, key)
    told = next((each for each in meaning_of(phrase, facet).phrases if each.key == key), None)
    return TermPage(
        facet=facet,
        facet_label=str(Facet(facet).label),
        phrase=phrase,
        guesses=guesses_of(known),
        meant=tuple(choice_of(code) for code in (told.concepts if told else ())),
        decision=standing_decision(facet, phrase, None),
        firms=tuple(_saying(each, facet, actor) for each in said),
    )


def standing_decision(facet: str, phrase: str, enterprise: Enterprise | None) -> TermDecision | None:
    return in_force().filter(facet=facet, key=phrase_key(phrase), enterprise=enterprise).first()


def guesses_of(phrase: Phrase | None) -> tuple[Choice, ...]:
    """What the taxonomy would make of a phrase, the surest first."""
    surest = sorted(phrase.candidates, key=lambda each: -each.confidence) if phrase else ()
    return tuple(choice_of(each.concept, each.confidence) for each in surest)


def _phrase_in(text: str, facet: str, key: str) -> Phrase | None:
    reading = reading_of(text, facet)
    return next((each for each in (*reading.phrases, *reading.stretches) if each.key == key), None)


def _commonest(samples: list[Said]) -> str:
    spelt = Counter(each.phrase for each in samples).most_common(1)
    return spelt[0][0] if spelt else ""


def _saying(said: Said, facet: str, actor: Actor) -> SayingFirm:
    firm = said.enterprise
    field = next((code for code, of in FACET_OF.items() if of == facet), "")
    url = firm_term_url(firm, field, said.text, said.phrase) if field and may_edit_officially(actor, firm) else ""
    place = name_of(firm.province_34) if firm.province_34 else ""
    return SayingFirm(firm.name, make_registry_id(firm.pk), place, said.text, url)


@dataclass(frozen=True, slots=True)
class DecidedLine:
    """A decision in force. `firm` is "" for one that holds everywhere; `undo_url` for who may take it back."""

    pk: int
    facet_label: str
    phrase: str
    concepts: tuple[Choice, ...]
    firm: str
    firm_id: str
    reason: str
    at: datetime
    undo_url: str


def decided_page(facet: str, actor: Actor, after: int | None) -> Slice[DecidedLine]:
    """Decisions in force, newest first."""
    rows = in_force().select_related("enterprise").order_by("-id")
    rows = rows.filter(facet=facet) if facet else rows
    found = list((rows.filter(pk__lt=after) if after else rows)[: PAGE + 1])
    return cut([decided_line(row, actor) for row in found], [row.pk for row in found])


def decided_facets() -> list[str]:
    """The facets about which anything is decided."""
    known = set(in_force().order_by().values_list("facet", flat=True).distinct())
    return [facet for facet in Facet if facet in known]


def decided_line(row: TermDecision, actor: Actor) -> DecidedLine:
    firm, known = row.enterprise, taxonomy()
    return DecidedLine(
        row.pk,
        str(Facet(row.facet).label),
        row.phrase,
        tuple(choice_of(code) for code in row.concepts if code in known),
        firm.name if firm else "",
        make_registry_id(firm.pk) if firm else "",
        row.reason,
        row.at,
        reverse("registry:undo_term", args=[row.pk]) if may_undo_term(actor, row) else "",
    )


# The words of one firm


@dataclass(frozen=True, slots=True)
class Understood:
    """One phrase of an item and what it is understood as.

    `unsure`: nobody knows yet; `asks`: what it may mean. `plain`: it is called what its concept is called, so there
    is nothing to tell. No concept and not unsure: decided to be nothing of the taxonomy.
    """

    phrase: str
    concepts: tuple[Choice, ...]
    unsure: bool
    asks: tuple[Choice, ...]
    decided: bool
    plain: bool
    url: str


@dataclass(frozen=True, slots=True)
class UnderstoodItem:
    text: str
    phrases: tuple[Understood, ...]

    @property
    def tells(self) -> bool:
        """Is there anything to show beside the words?"""
        return any(phrase.url or not (phrase.plain or phrase.unsure) for phrase in self.phrases)


def understood(
    enterprise: Enterprise, field: str, texts: Iterable[Item], *, editing: bool = False
) -> tuple[UnderstoodItem, ...]:
    """How the items of a field of FACET_OF are understood, one each, in order; two queries however many.

    `editing`: the reader may correct it, so each phrase has the address of its form.
    """
    return understood_fields(enterprise, {field: texts}, editing=editing)[field]


def understood_fields(
    enterprise: Enterprise, texts: Mapping[str, Iterable[Item]], *, editing: bool
) -> dict[str, tuple[UnderstoodItem, ...]]:
    """As `understood`, of several fields; two queries for all of them."""
    told = meanings_of({FACET_OF[field]: items for field, items in texts.items()}, enterprise)
    return {
        field: tuple(
            UnderstoodItem(
                meaning.text,
                tuple(_understood(enterprise, field, meaning.text, phrase, editing) for phrase in meaning.phrases),
            )
            for meaning in told[FACET_OF[field]]
        )
        for field in texts
    }


def _understood(enterprise: Enterprise, field: str, text: str, phrase: Phrase, editing: bool) -> Understood:
    concepts = tuple(choice_of(code) for code in phrase.concepts)
    return Understood(
        phrase=phrase.text,
        concepts=concepts,
        unsure=phrase.is_unsure,
        asks=guesses_of(phrase)[:GUESSES] if phrase.is_unsure else (),
        decided=phrase.verdict == "decided",
        plain=[phrase_key(each.label) for each in concepts] == [phrase.key],
        url=firm_term_url(enterprise, field, text, phrase.text) if editing else "",
    )


def firm_term_url(enterprise: Enterprise, field: str, text: str, phrase: str = "") -> str:
    """The form that says what an item of a firm, or one phrase of it, means."""
    asked = {"t": text} | ({"p": phrase} if phrase and phrase != text else {})
    return f"{reverse('registry:firm_term', args=[make_registry_id(enterprise.pk), field])}?{urlencode(asked)}"


@dataclass(frozen=True, slots=True)
class FirmTermPage:
    """The item as it was written, its phrases, and the one that is asked about with both decisions about it.

    `whole_url` asks about the item as one phrase; "" where it is one or is too long.
    """

    field: str
    facet: str
    facet_label: str
    text: str
    phrase: Phrase
    guesses: tuple[Choice, ...]
    meant: tuple[Choice, ...]
    others: tuple[Understood, ...]
    whole_url: str
    own: TermDecision | None
    everywhere: TermDecision | None


def firm_term_page(enterprise: Enterprise, field: str, text: str, asked: str) -> FirmTermPage | None:
    """None where the text holds no words. Without a phrase asked for, the first that nobody knows, else the first."""
    facet = FACET_OF[field]
    told = meaning_of(text, facet, enterprise)
    reading = reading_of(words_of(text), facet)
    parts = (*told.phrases, *reading.phrases, *reading.stretches)
    chosen = [each for each in parts if each.key == phrase_key(asked)] if asked else []
    phrase = next(iter((*chosen, *(each for each in told.phrases if each.is_unsure), *told.phrases)), None)
    if phrase is None or not phrase.key:
        return None
    return FirmTermPage(
        field=field,
        facet=facet,
        facet_label=str(Facet(facet).label),
        text=text,
        phrase=phrase,
        guesses=guesses_of(_phrase_in(text, facet, phrase.key) or phrase),
        meant=tuple(choice_of(code) for code in phrase.concepts),
        others=tuple(_understood(enterprise, field, text, each, editing=True) for each in told.phrases)
        if len(told.phrases) > 1
        else (),
        whole_url=firm_term_url(enterprise, field, text) + "&" + urlencode({"p": text})
        if len(told.phrases) > 1 and len(text) <= PHRASE_LENGTH
        else "",
        own=standing_decision(facet, phrase.text, enterprise),
        everywhere=standing_decision(facet, phrase.text, None),
    )
