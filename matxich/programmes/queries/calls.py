"""Calls as other rooms ask for them: which are open at an instant, which one has a code."""

from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from matxich.accounts.permissions import may_use_desk
from matxich.kit.actor import Actor
from matxich.programmes.contents import supports_of_call
from matxich.programmes.models import Call
from matxich.programmes.states import CallState, PlanState, ProgrammeState


def published_calls() -> QuerySet[Call]:
    """Every call the public may know of, cancelled and finished ones too, with its plan and programme."""
    return Call.objects.filter(published_at__isnull=False).select_related("plan__programme__agency")


def visible_calls(actor: Actor) -> QuerySet[Call]:
    """Published ones for everybody, drafts for the desk."""
    calls = Call.objects.select_related("plan__programme__agency")
    return calls if may_use_desk(actor) else calls.filter(published_at__isnull=False)


def open_calls(at: datetime, *, support: str = "") -> list[Call]:
    """Calls that take proposals at an instant, the one that closes first first. `support`: those that pay for it."""
    calls = published_calls().filter(
        state=CallState.PUBLISHED,
        opens_at__lte=at,
        closes_at__gt=at,
        plan__programme__state=ProgrammeState.RUNNING,
    )
    found = list(calls.order_by("closes_at", "id"))
    return [call for call in found if support in supports_of_call(call)] if support else found


def call_of(code: str) -> Call | None:
    """The call of a code, whatever its state; who may see it is for the caller to ask."""
    return Call.objects.select_related("plan__programme__agency").filter(code=code).first()


def missing(call: Call, at: datetime) -> dict[str, object]:
    """Field → what keeps a call from being published at an instant; nothing when it is ready."""
    programme = call.plan.programme
    checks = (
        ("programme", programme.state != ProgrammeState.RUNNING, _("Chương trình chưa bắt đầu hoặc đã kết thúc.")),
        ("plan", call.plan.state != PlanState.APPROVED, _("Kế hoạch năm chưa được phê duyệt.")),
        ("content_groups", not call.content_groups, _("Chưa chọn nội dung.")),
        ("funding_lines", not call.funding_lines.exists(), _("Chưa chọn nguồn kinh phí.")),
        ("opens_at", call.opens_at is None, _("Chưa ghi thời điểm mở.")),
        ("closes_at", call.closes_at is None, _("Chưa ghi hạn nhận hồ sơ.")),
        ("closes_at", bool(call.closes_at and call.closes_at <= at), _("Hạn nhận hồ sơ đã qua.")),
        ("instructions", not call.instructions, _("Chưa ghi hướng dẫn nộp hồ sơ.")),
    )
    return {where: message for where, wrong, message in checks if wrong}
