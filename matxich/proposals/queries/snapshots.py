"""A proposal as it is frozen: everything it says, with its own labels, readable when its form has changed."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext, override

from matxich.proposals.models import Proposal
from matxich.proposals.packaged import checklists, forms
from matxich.rulebook.law.supports.kinds import SUPPORTS
from matxich.rulebook.proposals.forms import FormField, is_answered, shown_fields, shown_sections
from matxich.rulebook.vietnamese.numbers import format_date, format_number


def snapshot_of(proposal: Proposal) -> dict[str, Any]:
    """In Vietnamese whoever hands it in: it is the file's own text. Amounts are whole đồng, quantities exact text."""
    with override("vi"):
        return _snapshot(proposal)


def _snapshot(proposal: Proposal) -> dict[str, Any]:
    form = forms()[proposal.form_code]
    support = SUPPORTS[proposal.content]
    return {
        "code": proposal.code,
        "title": proposal.title,
        "call": proposal.call.code,
        "content": f"{support.id} {support.words.vi}",
        "support": support.id,
        "layer": proposal.layer,
        "shape": proposal.shape,
        "mode": proposal.mode,
        "mandate": {
            "on": proposal.mandate_on.isoformat() if proposal.mandate_on else None, "from": proposal.mandate_from,
        },
        "applicant": {
            "name": proposal.applicant, "kind": proposal.applicant_kind, "commune": proposal.commune,
            "province": proposal.province,
            "tax_code": (proposal.enterprise.tax_code or "") if proposal.enterprise else "",
        },
        "form": {"id": form.id, "edition": form.edition, "vi": form.words.vi, "en": form.words.en},
        "sections": [
            {
                "id": section.id, "vi": section.words.vi, "en": section.words.en,
                "fields": [
                    {"id": one.id, "vi": one.words.vi, "en": one.words.en,
                     "value": proposal.answers.get(one.id), "shown": shown_answer(one, proposal.answers.get(one.id))}
                    for one in shown_fields(section, proposal.answers, proposal.content)
                ],
            }
            for section in shown_sections(form, proposal.shape)
        ],
        "costs": [
            {"key": str(row.pk), "item": row.item, "unit": row.unit, "quantity": _exact(row.quantity),
             "unit_price": row.unit_price, "amount": row.amount, "state": row.state, "counterpart": row.counterpart,
             "other": row.other}
            for row in proposal.costs.all()
        ],
        "totals": {
            "amount": proposal.total, "state": proposal.asked, "counterpart": proposal.counterpart,
            "other": proposal.other, "min_part": proposal.min_part,
        },
        "results": [
            {"indicator": row.indicator, "name": row.name, "unit": row.unit,
             "baseline": _exact(row.baseline) if row.baseline is not None else "", "target": _exact(row.target),
             "until": f"{row.until:%d/%m/%Y}"}
            for row in proposal.results.all()
        ],
        "parties": [
            {"role": str(row.get_role_display()), "name": row.name, "tax_code": row.tax_code, "share": row.share or ""}
            for row in proposal.parties.all()
        ],
        "files": [
            {"paper": row.paper, "label": paper_name(row.paper), "name": row.name, "sha256": row.file.sha256,
             "id": row.pk}
            for row in proposal.files.filter(removed_at=None).select_related("file")
        ],
    }  # fmt: skip


def _exact(value: Decimal) -> str:
    return format_number(value.normalize() if value else Decimal(0), None, "vi")


def paper_name(code: str) -> str:
    found = next((one for group in checklists().values() for one in group if one.id == code), None)
    return found.words.vi if found else code


def shown_answer(one: FormField, value: Any) -> str:
    """An answer as people read it in Vietnamese, "" for none."""
    if not is_answered(one, value):
        return ""
    if one.kind in ("yes_no", "vow"):
        return gettext("Có") if value else gettext("Không")
    if one.kind == "choice":
        return one.choices[value].vi if value in one.choices else str(value)
    if one.kind == "choices":
        return "; ".join(one.choices[each].vi for each in value if each in one.choices)
    if one.kind == "date":
        return format_date(date.fromisoformat(value), "vi")
    if one.kind == "share":
        return f"{format_number(Decimal(value) / 100, None, 'vi')}%"
    if one.kind == "money":
        return gettext("%(amount)s đồng") % {"amount": format_number(value, None, "vi")}
    return format_number(value, None, "vi") if one.kind == "whole" else str(value)
