"""The life of an official paper; data only."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class PaperState(models.TextChoices):
    DRAFT = "draft", _("Dự thảo")
    SUBMITTED = "submitted", _("Chờ ký nháy")
    RETURNED = "returned", _("Trả lại người soạn")
    INITIALLED = "initialled", _("Chờ ký")
    SIGNED = "signed", _("Chờ cấp số")
    NUMBERED = "numbered", _("Chờ ban hành")
    ISSUED = "issued", _("Đã ban hành")
    REPLACED = "replaced", _("Đã được thay thế")
    WITHDRAWN = "withdrawn", _("Đã thu hồi")
    DISCARDED = "discarded", _("Đã bỏ")


_S = PaperState
PAPER_TRANSITIONS: dict[tuple[PaperState, str], PaperState] = {
    (_S.DRAFT, "revise"): _S.DRAFT,
    (_S.DRAFT, "submit"): _S.SUBMITTED,
    (_S.DRAFT, "sign_own"): _S.SIGNED,
    (_S.DRAFT, "discard"): _S.DISCARDED,
    (_S.SUBMITTED, "initial"): _S.INITIALLED,
    (_S.SUBMITTED, "return"): _S.RETURNED,
    (_S.RETURNED, "revise"): _S.RETURNED,
    (_S.RETURNED, "submit"): _S.SUBMITTED,
    (_S.RETURNED, "discard"): _S.DISCARDED,
    (_S.INITIALLED, "sign"): _S.SIGNED,
    (_S.INITIALLED, "return"): _S.RETURNED,
    (_S.SIGNED, "number"): _S.NUMBERED,
    (_S.SIGNED, "issue"): _S.ISSUED,
    (_S.SIGNED, "return"): _S.RETURNED,
    (_S.NUMBERED, "issue"): _S.ISSUED,
    (_S.NUMBERED, "withdraw"): _S.WITHDRAWN,
    (_S.ISSUED, "replace"): _S.REPLACED,
    (_S.ISSUED, "withdraw"): _S.WITHDRAWN,
}
"""A number once given is never given again: a paper that has one ends issued or withdrawn, never as a draft.

Straight from signed to issued go only forms that carry no number; straight from draft to signed only those that
whoever fills them in signs with their own hand.
"""

OPEN = frozenset({_S.DRAFT, _S.RETURNED})
PUBLIC = frozenset({_S.ISSUED, _S.REPLACED, _S.WITHDRAWN})


class SignedAs(models.TextChoices):
    """In whose place somebody signs: decree 30/2020/NĐ-CP, article 13."""

    HEAD = "", _("Người đứng đầu tự ký")
    BEHALF = "TM.", _("TM. (thay mặt tập thể)")
    DEPUTY = "KT.", _("KT. (cấp phó ký thay)")
    ORDER = "TL.", _("TL. (ký thừa lệnh)")
    MANDATE = "TUQ.", _("TUQ. (ký thừa ủy quyền)")
    CHARGE = "Q.", _("Q. (quyền, phụ trách)")


class FileRole(models.TextChoices):
    PDF = "pdf", _("Bản PDF")
    DOCX = "docx", _("Bản Word")
    SIGNED = "signed", _("Bản đã ký, bản quét")


ACTIONS = {
    "paper.draft": _("Soạn văn bản"),
    "paper.revise": _("Sửa dự thảo văn bản"),
    "paper.submit": _("Trình văn bản"),
    "paper.return": _("Trả lại văn bản cho người soạn"),
    "paper.initial": _("Ký nháy văn bản"),
    "paper.sign": _("Ký văn bản"),
    "paper.sign_own": _("Ký phiếu của mình"),
    "paper.number": _("Cấp số văn bản"),
    "paper.issue": _("Ban hành văn bản"),
    "paper.replace": _("Thay thế văn bản"),
    "paper.withdraw": _("Thu hồi văn bản"),
    "paper.discard": _("Bỏ dự thảo văn bản"),
    "paper.attach": _("Kèm bản đã ký của văn bản"),
    "paper_register.open": _("Mở sổ đăng ký văn bản đi"),
    "paper_template.change": _("Sửa mẫu văn bản"),
    "letterhead.change": _("Sửa thể thức văn bản của cơ quan"),
}
