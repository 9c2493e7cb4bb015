"""Sheets that were filled in, as pages show them; a draft of the reader's own; whom a visit met."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from matxich.coaching.instruments import instrument_of
from matxich.coaching.models import FollowUp, Interview, Participant, Visit
from matxich.coaching.queries.showing import named
from matxich.coaching.states import DraftState
from matxich.kit.actor import Actor
from matxich.kit.templatetags.mx import number
from matxich.ledger.keys import open_texts
from matxich.rulebook.coaching.loading import Item


def answered(key: str, answers: Mapping[str, Any]) -> list[tuple[str, list[tuple[str, str]]]]:
    """Section → (question, answer) in words; a question nobody answered says so."""
    asked = instrument_of(key)
    return [
        (
            named(section.names),
            [(named(item.names), said_of(item, answers.get(f"{section.code}.{item.code}"))) for item in section.items],
        )
        for section in asked.sections
    ]


def said_of(item: Item, value: Any) -> str:
    if value in (None, ""):
        return _("chưa trả lời")
    if item.answer == "yes_no":
        return {"yes": _("có"), "no": _("không")}.get(value, _("chưa rõ"))
    if item.answer == "score":
        return f"{value}/{item.most}"
    return number(value) if isinstance(value, int) else str(value)


def draft_of(participant: Participant, actor: Actor) -> Visit | None:
    """The reader's own, not sent yet."""
    return participant.visits.filter(by=actor.id, state=DraftState.DRAFT).order_by("-pk").first()


def people_met(sheet: Visit | Interview) -> str:
    """ "" when nobody was named; a word when the key was erased. Personal data."""
    if not sheet.people:
        return ""
    return open_texts([sheet.people]).get(sheet.people) or _("đã xóa theo yêu cầu")


FIGURES = ("money", "whole")


def said_figures(follow_up: FollowUp) -> dict[str, tuple[str, int]]:
    """Path → (question, figure the firm said)."""
    items = instrument_of(follow_up.instrument).items
    return {
        path: (named(items[path].names), figure)
        for path, figure in follow_up.answers.items()
        if path in items and items[path].answer in FIGURES and isinstance(figure, int)
    }
