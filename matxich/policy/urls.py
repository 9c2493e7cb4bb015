"""Addresses of this room's pages."""

from django.urls import path

from matxich.policy.views import finder, library, lists, reports

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
]
