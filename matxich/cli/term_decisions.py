"""`terms`: the phrases nobody knows the meaning of, and what people decide that they mean."""

from collections.abc import Sequence

import click
from django.utils.timezone import now

from matxich.cli import Answer, json_option
from matxich.cli.merging import given_reason, reason_option, record_of
from matxich.cli.sealing import sealed
from matxich.cli.usage import Number, OneOf
from matxich.kit.actor import system_actor
from matxich.kit.refusals import Refusal
from matxich.registry.actions import decide_term, undo_term_decision
from matxich.registry.models import TermDecision
from matxich.registry.queries.term_pages import standing_decision
from matxich.registry.search import catch_up
from matxich.registry.search.concepts import SCHEMES
from matxich.registry.search.phrases import said_by, unsure_phrases
from matxich.registry.search.store import Unavailable
from matxich.registry.states import Facet
from matxich.rulebook.identifiers import make_registry_id

ALL_FACETS = {str(facet): facet for facet in Facet}


class NoIndex(Refusal):
    """The phrases are counted by the search index, and there is none."""

    code = "no_index"


class NoSuchDecision(Refusal):
    code = "no_such_decision"
    status = 422


@click.group("terms")
def terms() -> None:
    """Từ ngữ của doanh nghiệp: cụm từ nào chưa rõ, quyết định nó nghĩa là gì, bỏ quyết định."""


@terms.command("unsure")
@click.option("--facet", type=OneOf("loại", {name: name for name in SCHEMES}), help=", ".join(SCHEMES))
@click.option("--limit", type=Number(1, 2000), default=25, show_default=True)
@json_option
def unsure(facet: str | None, limit: int) -> Answer:
    """Những cụm từ chưa rõ nghĩa, nhiều doanh nghiệp viết nhất trước."""
    catch_up()
    try:
        found = unsure_phrases(facet or "")[:limit]
        said = {of: said_by(of, [each.key for each in found if each.facet == of], 1) for of in SCHEMES}
    except Unavailable as error:
        raise NoIndex("Chưa có chỉ mục tìm kiếm.", "Chạy `matxich search` một lần rồi thử lại.") from error
    data, lines = [], []
    for each in found:
        samples = said[each.facet].get(each.key, [])
        phrase = samples[0].phrase if samples else each.key
        data.append({"facet": each.facet, "phrase": phrase, "key": each.key, "firms": each.firms})
        lines.append(f"{each.firms:>7}  {each.facet:<12} {phrase}")
    return Answer(data, lines or ["Không còn cụm từ nào cần hỏi."])


@terms.command("decide")
@click.argument("phrase")
@click.option("--facet", type=OneOf("loại", ALL_FACETS), required=True, help=", ".join(ALL_FACETS))
@click.option("--concept", "concepts", multiple=True, help="Mã khái niệm; ghi nhiều lần nếu có nhiều.")
@click.option("--none", "nothing", is_flag=True, help="Không có trong danh mục, giữ như chữ.")
@click.option("--enterprise", help="Mã hồ sơ, khi chỉ quyết định cho một doanh nghiệp.")
@reason_option
@json_option
@sealed
def decide(
    phrase: str, facet: Facet, concepts: Sequence[str], nothing: bool, enterprise: str | None, reason: str
) -> Answer:
    """Quyết định PHRASE nghĩa là gì; thay quyết định đang có."""
    if bool(concepts) == nothing:
        raise click.UsageError("Cần --concept ít nhất một lần, hoặc --none.")
    firm = record_of(enterprise) if enterprise else None
    stands = standing_decision(facet, phrase, firm)
    made = decide_term(
        facet=facet,
        phrase=phrase,
        concepts=concepts,
        by=system_actor(),
        at=now(),
        reason=given_reason(reason),
        enterprise=firm,
        base=stands.pk if stands else None,
    )
    data = _as_json(made) | {"replaces": stands.pk if stands and stands.pk != made.pk else None}
    meant = ", ".join(made.concepts) or "không có trong danh mục"
    return Answer(data, [f"Đã ghi quyết định {made.pk}: “{made.phrase}” là {meant}."])


@terms.command("undo")
@click.argument("number", type=Number(1, 2**62))
@reason_option
@json_option
@sealed
def undo(number: int, reason: str) -> Answer:
    """Bỏ quyết định mang số NUMBER."""
    decision = TermDecision.objects.select_related("enterprise").filter(pk=number).first()
    if decision is None:
        raise NoSuchDecision(f"Không có quyết định số {number}.", "Xem số in ra khi quyết định.")
    undone = undo_term_decision(decision=decision, by=system_actor(), at=now(), reason=given_reason(reason))
    return Answer(_as_json(undone), [f"Đã bỏ quyết định {undone.pk}: “{undone.phrase}”."])


def _as_json(made: TermDecision) -> dict[str, object]:
    firm = make_registry_id(made.enterprise_id) if made.enterprise_id else None
    told = {"decision": made.pk, "facet": made.facet, "phrase": made.phrase, "key": made.key}
    return told | {"concepts": made.concepts, "enterprise": firm, "in_force": made.undone_at is None}


COMMANDS = {"terms": terms}
