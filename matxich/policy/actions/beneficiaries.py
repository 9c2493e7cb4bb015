"""Who a beneficiary of the history is: linked to a record by somebody's decision, and taken back by another."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from matxich.kit.actor import Actor
from matxich.kit.refusals import Refusal, demand, reason_given
from matxich.ledger.actions import Subject, record
from matxich.policy.actions.support import NotThere
from matxich.policy.models import BeneficiaryLink, SupportGiven
from matxich.policy.permissions import may_record_support
from matxich.policy.queries.support import link_of
from matxich.registry.models import Enterprise
from matxich.rulebook.identifiers import make_registry_id

UNIT_FROM = 10
"""Digits of a tax code that name the legal entity; those after them a unit of it."""


class AlreadyLinked(Refusal):
    code = "already_linked"


class AnotherTaxCode(Refusal):
    """The entry and the record carry numbers of two legal entities."""

    code = "another_tax_code"


def link_subject(link: BeneficiaryLink, province: str) -> Subject:
    return Subject("support_link", str(link.pk), make_registry_id(link.enterprise_id), province)


@transaction.atomic
def link_beneficiary(
    *, given: SupportGiven, enterprise: Enterprise, by: Actor, at: datetime, reason: str
) -> BeneficiaryLink:
    """All entries of whom `given` names, those to come included, are the record's from now on.

    Raises Denied, NoReason, AlreadyLinked, AnotherTaxCode.
    """
    current = SupportGiven.objects.select_for_update().get(pk=given.pk)
    demand(may_record_support(by, current.province))
    why = reason_given(reason, _("Ghi đã đối chiếu với giấy tờ nào."))
    if current.enterprise_id or link_of(current.beneficiary):
        raise AlreadyLinked(_("Đơn vị này đã nối với một hồ sơ."), _("Bỏ nối trước nếu nối nhầm."))
    codes = {each[:UNIT_FROM] for each in (current.tax_code, enterprise.tax_code) if each}
    if len(codes) > 1:
        raise AnotherTaxCode(
            _("Mã số thuế của mục này và của hồ sơ là của hai pháp nhân khác nhau."),
            _("Nếu mục ghi sai mã số thuế: gỡ mục đó rồi ghi lại."),
        )
    link = BeneficiaryLink.objects.create(
        beneficiary=current.beneficiary, enterprise=enterprise, reason=why, linked_by=by.id, linked_at=at
    )
    entries = SupportGiven.objects.filter(beneficiary=current.beneficiary, enterprise=None)
    linked = sorted(entries.values_list("pk", flat=True))
    entries.update(enterprise=enterprise, link=link)
    after = {"enterprise": enterprise.pk, "entries": linked}
    record(by=by, at=at, action="support.link", on=link_subject(link, current.province), after=after, reason=why)
    return link


@transaction.atomic
def unlink_beneficiary(*, given: SupportGiven, by: Actor, at: datetime, reason: str) -> BeneficiaryLink:
    """The entries are nobody's of the register again; the decision stays in the history. Raises Denied, NotThere,
    NoReason."""
    demand(may_record_support(by, given.province))
    why = reason_given(reason, _("Ghi vì sao bỏ nối."))
    link = BeneficiaryLink.objects.select_for_update().filter(beneficiary=given.beneficiary, undone_at=None).first()
    if link is None:
        raise NotThere(_("Không có quyết định nối nào đang có hiệu lực."))
    link.undone_by, link.undone_at, link.undone_reason = by.id, at, why
    link.save(update_fields=["undone_by", "undone_at", "undone_reason"])
    entries = SupportGiven.objects.filter(link=link)
    before = {"enterprise": link.enterprise_id, "entries": sorted(entries.values_list("pk", flat=True))}
    entries.update(enterprise=None, link=None)
    record(by=by, at=at, action="support.unlink", on=link_subject(link, given.province), before=before, reason=why)
    return link
