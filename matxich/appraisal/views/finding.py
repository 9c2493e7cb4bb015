"""The objects behind addresses, read with what their pages and permissions need."""

from django.shortcuts import get_object_or_404

from matxich.appraisal.models import (
    AgendaItem,
    AssignmentRun,
    Batch,
    Case,
    Council,
    CouncilMember,
    CriteriaSet,
    Decision,
    Interest,
    Session,
)
from matxich.kit.doorway import Request


def council_of(pk: int) -> Council:
    return get_object_or_404(Council.objects.select_related("agency"), pk=pk)


def member_of(pk: int) -> CouncilMember:
    return get_object_or_404(CouncilMember.objects.select_related("council__agency", "user"), pk=pk)


def batch_of(pk: int) -> Batch:
    rows = Batch.objects.select_related("agency", "council", "criteria", "funding_line", "call")
    return get_object_or_404(rows, pk=pk)


def case_of(pk: int) -> Case:
    rows = Case.objects.select_related("batch__agency", "batch__council", "batch__criteria", "enterprise")
    return get_object_or_404(rows, pk=pk)


def interest_of(pk: int) -> Interest:
    rows = Interest.objects.select_related("case__batch__agency", "case__batch__council", "member__user")
    return get_object_or_404(rows, pk=pk)


def run_of(pk: int) -> AssignmentRun:
    return get_object_or_404(AssignmentRun.objects.select_related("batch__agency", "batch__council"), pk=pk)


def session_of(pk: int) -> Session:
    return get_object_or_404(Session.objects.select_related("council__agency", "batch"), pk=pk)


def item_of(pk: int) -> AgendaItem:
    rows = AgendaItem.objects.select_related(
        "session__council__agency", "case__batch__council", "case__batch__criteria"
    )
    return get_object_or_404(rows, pk=pk)


def decision_of(pk: int) -> Decision:
    rows = Decision.objects.select_related(
        "batch__agency", "batch__council", "batch__criteria", "batch__funding_line__programme", "run"
    )
    return get_object_or_404(rows, pk=pk)


def criteria_of(pk: int) -> CriteriaSet:
    return get_object_or_404(CriteriaSet.objects.select_related("agency"), pk=pk)


def version(request: Request) -> int:
    """The version a button was drawn with; -1, which fits none, when it is missing."""
    told = request.POST.get("base_version", "")
    return int(told) if told.isascii() and told.isdecimal() and len(told) < 10 else -1
