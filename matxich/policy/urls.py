"""Addresses of this room's pages."""

from django.urls import path

from matxich.policy.views import figures, finder, library, lists, reports, support

app_name = "policy"
urlpatterns = [
    # What support there is, for everybody and for one firm.
    path("ho-tro/", finder.finder, name="finder"),
    path("doanh-nghiep/<str:registry_id>/ho-tro/", finder.firm, name="firm"),
    # Every firm of a list under one question; a proposed change over the register.
    path("ho-tro-theo-danh-sach/", lists.listed, name="listed"),
    path("ho-tro-theo-danh-sach/tai-ve/", lists.listed_file, name="listed_file"),
    path("thu-de-xuat/", reports.reports, name="reports"),
    path("thu-de-xuat/<int:pk>/", reports.report, name="report"),
    path("thu-de-xuat/<int:pk>/tai-ve/", reports.report_file, name="report_file"),
    # The library.
    path("van-ban/", library.instruments, name="instruments"),
    path("van-ban/<slug:code>/", library.instrument, name="instrument"),
    path("muc/<slug:code>/", library.figure, name="figure"),
    # What agencies record of figures.
    path("con-so/", figures.figures, name="figures"),
    path("con-so/quyet-dinh/<int:pk>/", figures.act, name="act"),
    path("con-so/quyet-dinh/<int:pk>/ket-qua/", figures.decide, name="decide"),
    path("con-so/quyet-dinh/<int:pk>/rut/", figures.withdraw, name="withdraw"),
    path("con-so/<slug:code>/", figures.figure, name="desk_figure"),
    path("con-so/<slug:code>/de-xuat/", figures.propose, name="propose"),
    # The history of support.
    path("ho-tro-da-cap/", support.given, name="given"),
    path("ho-tro-da-cap/tai-ve/", support.export, name="given_export"),
    path("ho-tro-da-cap/ghi/", support.enter, name="given_enter"),
    path("ho-tro-da-cap/<int:pk>/", support.beneficiary, name="beneficiary"),
    path("ho-tro-da-cap/<int:pk>/noi/", support.link, name="beneficiary_link"),
    path("ho-tro-da-cap/<int:pk>/bo-noi/", support.unlink, name="beneficiary_unlink"),
    path("ho-tro-da-cap/<int:pk>/go/", support.withdraw, name="given_withdraw"),
    path("ho-tro-da-cap/day-du/", support.complete, name="complete"),
    path("ho-tro-da-cap/day-du/<int:pk>/rut/", support.withdraw_complete, name="complete_withdraw"),
    path("ho-tro-da-cap/danh-sach/", support.lists, name="support_lists"),
    path("ho-tro-da-cap/danh-sach/<int:pk>/", support.list_, name="support_list"),
    path("ho-tro-da-cap/danh-sach/<int:pk>/cong-bo/", support.publish, name="support_list_publish"),
    path("ho-tro-da-cap/danh-sach/<int:pk>/bo/", support.cancel, name="support_list_cancel"),
    path("ho-tro-da-cap/danh-sach/<int:pk>/hoan-tac/", support.undo, name="support_list_undo"),
    path("doanh-nghiep/<str:registry_id>/da-ho-tro/", support.received, name="received"),
]
