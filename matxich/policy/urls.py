"""Addresses of this room's pages."""

from django.urls import path

from matxich.policy.views import finder, library

app_name = "policy"
urlpatterns = [
    # What support there is, for everybody and for one firm.
    path("ho-tro/", finder.finder, name="finder"),
    path("doanh-nghiep/<str:registry_id>/ho-tro/", finder.firm, name="firm"),
    # The library.
    path("van-ban/", library.instruments, name="instruments"),
    path("van-ban/<slug:code>/", library.instrument, name="instrument"),
    path("muc/<slug:code>/", library.figure, name="figure"),
]
