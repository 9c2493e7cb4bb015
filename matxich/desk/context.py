"""What every page's frame needs: navigation, the ribbon, who is here."""

from dataclasses import replace
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from matxich.accounts.permissions import Person, holds, may_administer, may_manage_people, may_use_desk
from matxich.accounts.queries import demo_people_exist
from matxich.appraisal.permissions import READING, seats_of
from matxich.coaching.permissions import may_see_cohorts, may_see_schedule
from matxich.kit.display import Link, Text
from matxich.kit.templatetags.mx import day
from matxich.notices.queries import unread_count
from matxich.policy.permissions import may_simulate
from matxich.proposals.permissions import may_see_own, may_see_proposals
from matxich.registry.permissions import may_import
from matxich.registry.queries import queue_of
from matxich.registry.queries.claims import waiting_claims

COUNCIL_PAGES = ("/tham-dinh/", "/hoi-dong/", "/phien-hop/", "/tieu-chi/")


def navigation(request: HttpRequest) -> dict[str, Any]:
    """Cheap for the public: a visitor costs one query, for the ribbon. A page drawn in parts asks once."""
    if (known := getattr(request, "frame", None)) is None:
        known = request.frame = _frame(request)  # type: ignore[attr-defined]
    return known


def _frame(request: HttpRequest) -> dict[str, Any]:
    actor = getattr(request, "actor", None)
    frame: dict[str, Any] = {
        "demo_ribbon": demo_people_exist(),
        "public_nav": _public(request),
        "footer_nav": _footer(request),
    }
    if not isinstance(actor, Person):
        return frame
    now = timezone.now()
    return frame | {
        "who": {"name": actor.name, "agency": actor.organisation},
        "nav": _desk(request, actor) if may_use_desk(actor) else _outside(request, actor),
        "user_menu": _own(request),
        "search_url": reverse("registry:enterprises") if may_use_desk(actor) else "",
        "asof": _("Hôm nay %(day)s, bản đồ 34 tỉnh") % {"day": day(timezone.localdate())},
        "asof_url": "",
        "notices_url": reverse("notices:inbox"),
        "notices_count": unread_count(actor.user_id, now),
    }


def _public(request: HttpRequest) -> list[Link]:
    return [
        _link(request, _("Nhà cung ứng"), "registry:directory"),
        _link(request, _("Khu, cụm công nghiệp"), "zones:zones"),
        _link(request, _("Đợt nhận hồ sơ"), "programmes:public_calls"),
        _link(request, _("Kế hoạch hội đồng"), "appraisal:public_plans"),
        _link(request, _("Tìm hỗ trợ"), "policy:finder"),
        _link(request, _("Văn bản"), "policy:instruments"),
        _link(request, _("Địa giới"), "places:provinces"),
        _link(request, _("Tra địa chỉ"), "places:addresses"),
    ]


def _footer(request: HttpRequest) -> list[Link]:
    return [
        _link(request, _("Mã băm sổ nhật ký"), "ledger:digests"),
        _link(request, _("Kiểm tra văn bản"), "correspondence:ask"),
        _link(request, _("Bảo vệ dữ liệu cá nhân"), "accounts:personal_data_ask"),
        _link(request, _("Thành phần giao diện"), "gallery"),
    ]


def _desk(request: HttpRequest, actor: Person) -> list[Link]:
    items = [
        _link(request, _("Việc của tôi"), "desk:home", icon="home"),
        _link(request, _("Doanh nghiệp"), "registry:enterprises", icon="firm"),
        *_appraisal(request, actor),
        *_proposals(request, actor),
        _link(request, _("Chương trình"), "programmes:programmes"),
        _link(request, _("Văn bản đi"), "correspondence:papers"),
        _link(request, _("Đồng hành"), "coaching:cohorts"),
        _link(request, _("Kết quả"), "indicators:dashboard"),
        _link(request, _("Khu, cụm"), "zones:rollup"),
        _link(request, _("Chuyên gia"), "coaching:people"),
        _link(request, _("Văn bản"), "policy:instruments"),
        _link(request, _("Con số"), "policy:figures"),
        _link(request, _("Hỗ trợ đã cấp"), "policy:given"),
    ]
    if may_simulate(actor):
        items.append(_link(request, _("Thử đề xuất"), "policy:reports"))
    if may_import(actor):
        items += [
            _link(request, _("Quản lý hồ sơ"), "registry:claims_waiting", count=waiting_claims(actor).count()),
            _link(request, _("Nhập liệu"), "registry:imports", icon="upload"),
            _link(request, _("Chờ xử lý"), "registry:queue", count=queue_of(actor).count(), icon="clock"),
            _link(request, _("Từ ngữ cần hỏi"), "registry:terms"),
            _link(request, _("Nguồn"), "registry:sources"),
        ]
    items.append(_link(request, _("Cơ quan"), "accounts:agencies"))
    if may_manage_people(actor):
        items.append(_link(request, _("Người dùng"), "accounts:users"))
    items.append(_link(request, _("Nhật ký hệ thống"), "ledger:entries"))
    if may_administer(actor):
        items.append(_link(request, _("Dữ liệu cá nhân"), "accounts:personal_data_requests"))
    return items


def _outside(request: HttpRequest, actor: Person) -> list[Link]:
    """Experts and sponsors have rounds; everybody else without a desk is a firm."""
    if not may_see_cohorts(actor):
        return _firm(request)
    items = [_link(request, _("Đợt tư vấn"), "coaching:cohorts", icon="firm")]
    if may_see_schedule(actor):
        items.insert(0, _link(request, _("Lịch của tôi"), "coaching:schedule", icon="clock"))
    return [*items, _link(request, _("Hồ sơ của tôi"), "accounts:profile", icon="people")]


def _appraisal(request: HttpRequest, actor: Person) -> list[Link]:
    """Members of councils see their own cases, officials the batches."""
    found = []
    if seats_of(actor).exists():
        found.append(replace(_link(request, _("Hồ sơ tôi chấm"), "appraisal:my_cases", icon="law"), short=_("Chấm")))
    if holds(actor, READING):
        batches = _link(request, _("Thẩm định"), "appraisal:batches")
        found.append(replace(batches, current=request.path.startswith(COUNCIL_PAGES)))
    return found


def _proposals(request: HttpRequest, actor: Person) -> list[Link]:
    """What officials check, what those who file for others write, and needs."""
    items = [_link(request, _("Đề án"), "proposals:proposals")] if may_see_proposals(actor) else []
    if may_see_own(actor):
        items.append(_link(request, _("Nộp hộ"), "proposals:mine"))
    return [*items, _link(request, _("Nhu cầu"), "proposals:needs")]


def _firm(request: HttpRequest) -> list[Link]:
    return [
        replace(_link(request, _("Doanh nghiệp của tôi"), "registry:own_firms", icon="firm"), short=_("Của tôi")),
        replace(_link(request, _("Đề án của tôi"), "proposals:mine", icon="file"), short=_("Đề án")),
        replace(_link(request, _("Nhận quản lý hồ sơ"), "registry:claim_find", icon="search"), short=_("Nhận hồ sơ")),
        replace(_link(request, _("Hồ sơ của tôi"), "accounts:profile", icon="people"), short=_("Tài khoản")),
    ]


def _own(request: HttpRequest) -> list[Link]:
    return [
        _link(request, _("Hồ sơ của tôi"), "accounts:profile"),
        _link(request, _("Vai trò của tôi"), "accounts:my_roles"),
        _link(request, _("Tìm kiếm đã lưu"), "registry:saved_searches"),
        _link(request, _("Bảo mật đăng nhập"), "mfa_index"),
        _link(request, _("Các phiên đăng nhập"), "usersessions_list"),
    ]


def _link(request: HttpRequest, label: Text, route: str, count: int | None = None, icon: str = "") -> Link:
    """Current when the page lies at or under the item's address."""
    url = reverse(route)
    return Link(label, url, count, current=request.path.startswith(url), icon=icon)
