"""`registry merge` and `registry unmerge`: two records are one enterprise, or two again."""

import click
from django.utils import timezone

from matxich.cli import Answer, json_option
from matxich.cli.sealing import sealed
from matxich.kit.actor import system_actor
from matxich.kit.refusals import Refusal
from matxich.registry.actions import NoSuchEnterprise, NotMerged, merge_enterprises, unmerge_enterprises
from matxich.registry.models import Enterprise
from matxich.registry.queries import merge_of
from matxich.rulebook.identifiers import make_registry_id, parse_registry_id

reason_option = click.option("--reason", required=True, help="Vì sao; được ghi vào nhật ký.")


class NoReason(Refusal):
    """A decision needs one."""

    code = "no_reason"
    status = 422


@click.command("merge")
@click.argument("keep")
@click.argument("other")
@reason_option
@json_option
@sealed
def merge(keep: str, other: str, reason: str) -> Answer:
    """Gộp hồ sơ OTHER vào hồ sơ KEEP; mã của OTHER từ nay dẫn đến KEEP. Tách lại được."""
    kept, merged = record_of(keep), record_of(other)
    made = merge_enterprises(
        kept=kept,
        merged=merged,
        by=system_actor(),
        at=timezone.now(),
        reason=given_reason(reason),
        kept_version=kept.version,
        merged_version=merged.version,
    )
    kept.refresh_from_db()
    conflicts = sorted(code for code, current in kept.passport.items() if "o" in current)
    data = {"kept": make_registry_id(kept.pk), "merged": make_registry_id(merged.pk), "conflicts": conflicts}
    lines = [f"Đã gộp {data['merged']} vào {data['kept']}; {len(conflicts)} mục có nguồn nói khác nhau."]
    return Answer(data | {"merge": made.pk}, lines)


@click.command("unmerge")
@click.argument("other")
@reason_option
@json_option
@sealed
def unmerge(other: str, reason: str) -> Answer:
    """Tách hồ sơ OTHER khỏi hồ sơ mà nó đã gộp vào; cả hai trở lại như trước khi gộp."""
    record = record_of(other)
    made = merge_of(record)
    if made is None:
        raise NotMerged("Hồ sơ này chưa gộp vào hồ sơ nào.", "Xem lại mã hồ sơ, ví dụ MX-004127-0.")
    unmerge_enterprises(
        merge=made, by=system_actor(), at=timezone.now(), reason=given_reason(reason), kept_version=made.kept.version
    )
    data = {"kept": make_registry_id(made.kept_id), "separated": make_registry_id(record.pk), "merge": made.pk}
    return Answer(data, [f"Đã tách {data['separated']} khỏi {data['kept']}."])


def record_of(text: str) -> Enterprise:
    """The record an identifier was given to, merged away or not."""
    number = parse_registry_id(text)
    found = Enterprise.objects.filter(pk=number).first() if number else None
    if found is None:
        raise NoSuchEnterprise(f"Không có hồ sơ nào mang mã “{text}”.", "Xem lại mã hồ sơ, ví dụ MX-004127-0.")
    return found


def given_reason(reason: str) -> str:
    if not (given := reason.strip()):
        raise NoReason("Chưa ghi lý do.", "Thêm --reason “…”.")
    return given[:500]
