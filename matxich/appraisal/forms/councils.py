"""What officials and members fill in about councils, their members and their plans."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from matxich.accounts.forms import DayField
from matxich.accounts.models import Agency, User
from matxich.appraisal.actions.councils import CouncilFacts, SeatFacts
from matxich.appraisal.actions.plans import PlanFacts
from matxich.appraisal.models import Council, CouncilMember, CouncilPlan
from matxich.appraisal.states import Route, SeatRole
from matxich.places.queries import province_choices
from matxich.rulebook.identifiers import parse_tax_code
from matxich.rulebook.vietnamese.text import squeeze

NEEDS = {
    "lead": {"roles": ["chair", "vice"], "least": 1},
    "secretary": {"roles": ["secretary"], "least": 1},
    "reviewers": {"roles": ["reviewer"], "all": True},
    "finance": {"roles": ["finance"], "least": 1},
}
MOST_LINES = 50


class VersionForm(forms.Form):
    """The version the form was opened on, compared by the action."""

    base_version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, initial=0)


class CouncilForm(VersionForm):
    agency = forms.ModelChoiceField(label=_("Cơ quan thành lập"), queryset=Agency.objects.none())
    kind = forms.ChoiceField(label=_("Hình thức"), choices=Route.choices, widget=forms.RadioSelect)
    name = forms.CharField(label=_("Tên"), max_length=200)
    name_en = forms.CharField(label=_("Tên tiếng Anh"), max_length=200, required=False)
    term_from = DayField(label=_("Nhiệm kỳ từ ngày"), required=False)
    term_to = DayField(label=_("Đến hết nhiệm kỳ, không gồm ngày"), required=False)
    share = forms.CharField(
        label=_("Tỷ lệ thành viên phải có mặt"), max_length=10, required=False, initial="2/3",
        help_text=_("Ví dụ 2/3. Bộ phận chuyên môn không cần ghi."),
    )  # fmt: skip
    article = forms.CharField(label=_("Căn cứ của tỷ lệ"), max_length=300, required=False)
    needs = forms.MultipleChoiceField(
        label=_("Phải có mặt"), required=False, widget=forms.CheckboxSelectMultiple,
        choices=[
            ("lead", _("Chủ tịch hoặc phó chủ tịch")), ("secretary", _("Thư ký")),
            ("reviewers", _("Mọi ủy viên phản biện")), ("finance", _("Ủy viên tài chính")),
        ],
    )  # fmt: skip
    reviews = forms.BooleanField(label=_("Đủ nhận xét phản biện trước khi bỏ phiếu"), required=False)
    recused = forms.ChoiceField(
        label=_("Người rút khỏi một hồ sơ"),
        choices=[("out", _("không tính vào tổng số khi xét tỷ lệ")), ("in", _("vẫn tính vào tổng số"))],
    )
    counts_shown = forms.BooleanField(
        label=_("Thư ký được biết ai chưa nộp phiếu trước khi mở phiếu"), required=False,
        help_text=_("Không ai xem được nội dung phiếu trước khi mở."),
    )  # fmt: skip

    def __init__(self, *args: Any, agencies: Any, council: Council | None = None, **kwargs: Any) -> None:
        kwargs["initial"] = _initial(council) | kwargs.get("initial", {})
        super().__init__(*args, **kwargs)
        self.fields["agency"].queryset = agencies  # type: ignore[attr-defined]
        if council is not None:
            del self.fields["agency"]

    def facts(self) -> CouncilFacts:
        told = self.cleaned_data
        rule: dict[str, Any] = {
            "share": told["share"].strip(), "article": squeeze(told["article"]), "recused": told["recused"],
            "reviews": told["reviews"], "needs": [NEEDS[each] for each in told["needs"]],
        }  # fmt: skip
        return CouncilFacts(
            name=told["name"], name_en=told["name_en"], kind=told["kind"], term_from=told["term_from"],
            term_to=told["term_to"], quorum=rule if told["kind"] == Route.COUNCIL else None,
            counts_shown=told["counts_shown"],
        )  # fmt: skip


def _initial(council: Council | None) -> dict[str, Any]:
    if council is None:
        return {"kind": Route.COUNCIL, "needs": ["lead", "secretary"], "recused": "out"}
    rule = council.quorum or {}
    return {
        "kind": council.kind, "name": council.name, "name_en": council.name_en, "term_from": council.term_from,
        "term_to": council.term_to, "share": rule.get("share", ""), "article": rule.get("article", ""),
        "needs": [key for key, each in NEEDS.items() if each in rule.get("needs", [])],
        "reviews": rule.get("reviews", False), "recused": rule.get("recused", "out"),
        "counts_shown": council.counts_shown, "base_version": council.version,
    }  # fmt: skip


class FoundForm(VersionForm):
    number = forms.CharField(label=_("Số quyết định thành lập"), max_length=100, required=False)
    on = DayField(label=_("Ngày quyết định"), required=False)


class SeatForm(forms.Form):
    email = forms.EmailField(label=_("Thư điện tử của tài khoản"), help_text=_("Người này cần có tài khoản trước."))
    role = forms.ChoiceField(label=_("Vai trò"), choices=SeatRole.choices, initial=SeatRole.MEMBER)
    votes = forms.BooleanField(label=_("Được biểu quyết"), required=False, initial=True)
    organisation = forms.CharField(
        label=_("Nơi làm việc"), max_length=300, help_text=_("Dùng để rà lợi ích liên quan.")
    )
    tax_code = forms.CharField(label=_("Mã số thuế nơi làm việc"), max_length=20, required=False)
    province = forms.ChoiceField(label=_("Tỉnh, thành"), required=False)
    expertise = forms.CharField(
        label=_("Chuyên môn"), max_length=500, required=False, help_text=_("Cách nhau bằng dấu phẩy.")
    )
    legal_act = forms.CharField(
        label=_("Quyết định bổ sung"), max_length=200, required=False,
        help_text=_("Cần khi hội đồng đã thành lập."),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["province"].choices = [("", "–"), *province_choices("34")]  # type: ignore[attr-defined]

    def clean_email(self) -> User:
        found = User.objects.filter(email=self.cleaned_data["email"].lower()).first()
        if found is None:
            raise forms.ValidationError(_("Chưa có tài khoản nào dùng địa chỉ này. Mời người đó trước."))
        return found

    def clean_tax_code(self) -> str:
        return tax_code(self.cleaned_data["tax_code"])

    def facts(self) -> SeatFacts:
        told = self.cleaned_data
        return SeatFacts(
            role=told["role"], votes=told["votes"], organisation=told["organisation"], tax_code=told["tax_code"],
            province=told["province"], expertise=words(told["expertise"]), legal_act=told["legal_act"],
        )  # fmt: skip


def tax_code(typed: str) -> str:
    if not (text := squeeze(typed)):
        return ""
    found = parse_tax_code(text)
    if not found.valid or found.kind == "person":
        raise forms.ValidationError(_("Không phải mã số thuế của tổ chức: sai chữ số kiểm tra hoặc thiếu số."))
    return found.text


def words(typed: str) -> tuple[str, ...]:
    return tuple(word for each in typed.split(",") if (word := squeeze(each)[:60]))


class LinesField(forms.CharField):
    """One thing a line; parts of a line apart by semicolons."""

    def __init__(self, parts: tuple[str, ...], **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.Textarea(attrs={"rows": 3}))
        super().__init__(required=False, max_length=8000, **kwargs)
        self.parts = parts

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, list):
            rows = [
                [each] if isinstance(each, str) else [str(each.get(part) or "") for part in self.parts]
                for each in value
            ]
            return "\n".join("; ".join(row).rstrip("; ") for row in rows)
        return value

    def clean(self, value: Any) -> list[Any]:
        lines = [line for line in str(super().clean(value)).splitlines() if line.strip()]
        if len(lines) > MOST_LINES:
            raise forms.ValidationError(_("Tối đa %(most)s dòng.") % {"most": MOST_LINES})
        if len(self.parts) == 1:
            return [squeeze(line) for line in lines]
        return [self._row(line) for line in lines]

    def _row(self, line: str) -> dict[str, str]:
        told = [squeeze(each) for each in line.split(";")]
        return dict(zip(self.parts, [*told, *[""] * len(self.parts)], strict=False))


class KnownForm(VersionForm):
    """What a member tells, so that conflicts can be looked for; only the secretariat sees it."""

    expertise = forms.CharField(
        label=_("Chuyên môn"), max_length=500, required=False, help_text=_("Cách nhau bằng dấu phẩy.")
    )
    organisations = LinesField(
        ("name", "tax_code"), label=_("Nơi làm việc khác, nơi từng làm trong 5 năm"),
        help_text=_("Mỗi dòng một đơn vị: tên; mã số thuế."),
    )  # fmt: skip
    holdings = LinesField(
        ("name", "tax_code", "share"), label=_("Vốn góp, cổ phần"), help_text=_("Tên; mã số thuế; tỷ lệ, ví dụ 0.05."),
    )  # fmt: skip
    contracts = LinesField(
        ("name", "tax_code", "year", "subject"), label=_("Hợp đồng, tư vấn trong 5 năm"),
        help_text=_("Tên; mã số thuế; năm; nội dung."),
    )  # fmt: skip
    addresses = LinesField(("text",), label=_("Địa chỉ"), help_text=_("Mỗi dòng một địa chỉ."))
    phones = LinesField(("text",), label=_("Số điện thoại khác"))
    emails = LinesField(("text",), label=_("Thư điện tử khác"))

    def __init__(self, *args: Any, member: CouncilMember, **kwargs: Any) -> None:
        told = member.known or {}
        initial = {
            key: told.get(key, [])
            for key in ("organisations", "holdings", "contracts", "addresses", "phones", "emails")
        }
        initial |= {"expertise": ", ".join(member.expertise), "base_version": member.version}
        kwargs["initial"] = initial
        super().__init__(*args, **kwargs)

    def known(self) -> dict[str, Any]:
        return {key: value for key, value in self.cleaned_data.items() if isinstance(value, list)}


class PlanForm(VersionForm):
    duties = forms.CharField(label=_("Nhiệm vụ trong năm"), max_length=8000, widget=forms.Textarea(attrs={"rows": 4}))
    duties_en = forms.CharField(
        label=_("Nhiệm vụ, tiếng Anh"), max_length=8000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    members_expected = forms.IntegerField(label=_("Số thành viên dự kiến"), min_value=1, max_value=99, required=False)
    sessions = LinesField(
        ("month", "subject", "subject_en", "members"), label=_("Các phiên họp"),
        help_text=_("Mỗi dòng một phiên: tháng; nội dung; nội dung tiếng Anh; số thành viên dự kiến."),
        widget=forms.Textarea(attrs={"rows": 6}),
    )  # fmt: skip

    def __init__(self, *args: Any, plan: CouncilPlan | None, **kwargs: Any) -> None:
        initial = {} if plan is None else {
            "duties": plan.duties, "duties_en": plan.duties_en, "members_expected": plan.members_expected,
            "sessions": plan.sessions, "base_version": plan.version,
        }  # fmt: skip
        kwargs["initial"] = initial
        super().__init__(*args, **kwargs)

    def clean_sessions(self) -> list[dict[str, Any]]:
        rows = self.cleaned_data["sessions"]
        for row in rows:
            if not row["month"].isdecimal() or not 1 <= int(row["month"]) <= 12 or not row["subject"]:
                raise forms.ValidationError(_("Mỗi dòng: tháng từ 1 đến 12, rồi nội dung, ví dụ: 3; Đợt 1."))
            if row["members"] and not row["members"].isdecimal():
                raise forms.ValidationError(_("Số thành viên là số nguyên."))
        return [
            row | {"month": int(row["month"]), "members": int(row["members"]) if row["members"] else None}
            for row in rows
        ]

    def facts(self) -> PlanFacts:
        told = self.cleaned_data
        return PlanFacts(
            duties=told["duties"], duties_en=told["duties_en"], members_expected=told["members_expected"],
            sessions=told["sessions"],
        )  # fmt: skip


class AnnounceForm(VersionForm):
    paper_no = forms.CharField(label=_("Số văn bản thông báo"), max_length=100, required=False)
