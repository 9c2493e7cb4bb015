"""Addresses of this room's pages."""

from django.urls import path

from matxich.policy.views import figures, finder, library

app_name = "policy"
urlpatterns = [
    # What support there is, for everybody and for one firm.
    path("ho-tro/", finder.finder, name="finder"),
    path("doanh-nghiep/<str:registry_id>/ho-tro/", finder.firm, name="firm"),
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
]
