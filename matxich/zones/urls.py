"""Addresses of this room's pages."""

from django.urls import path

from matxich.zones.views import desk, lists, public, reports

app_name = "zones"
urlpatterns = [
    # Everybody's list.
    path("khu-cum-cong-nghiep/", public.zones, name="zones"),
    path("khu-cum-cong-nghiep/<int:pk>/", public.zone, name="zone"),
    # The officials' pages.
    path("khu-cum/", desk.rollup, name="rollup"),
    path("khu-cum/<int:pk>/", desk.zone, name="desk_zone"),
    path("khu-cum/<int:pk>/ghi/<slug:group>/", desk.state, name="state"),
    # The forms of a reporting period.
    path("khu-cum/bao-cao/", reports.reports, name="reports"),
    path("khu-cum/bao-cao/<int:pk>/", reports.report, name="report"),
    path("khu-cum/bao-cao/<int:pk>/nhan/", reports.accept, name="accept"),
    path("khu-cum/bao-cao/<int:pk>/tra-lai/", reports.give_back, name="give_back"),
    path("khu-cum/<int:pk>/ky/<str:period>/", reports.zone_reports, name="zone_reports"),
    path("khu-cum/<int:pk>/ky/<str:period>/<slug:form>/", reports.enter, name="enter"),
    # Lists on their way in.
    path("khu-cum/danh-sach/", lists.lists, name="lists"),
    path("khu-cum/danh-sach/<int:pk>/", lists.list_, name="list"),
    path("khu-cum/danh-sach/<int:pk>/cong-bo/", lists.publish, name="list_publish"),
    path("khu-cum/danh-sach/<int:pk>/bo/", lists.cancel, name="list_cancel"),
    path("khu-cum/danh-sach/<int:pk>/hoan-tac/", lists.undo, name="list_undo"),
]
