"""Addresses of this room's pages."""

from django.urls import path

from matxich.places import views

app_name = "places"
urlpatterns = [
    path("dia-gioi/", views.provinces, name="provinces"),
    path("dia-gioi/tim/", views.search, name="search"),
    path("dia-gioi/<slug:code>/", views.unit, name="unit"),
    path("tra-dia-chi/", views.addresses, name="addresses"),
]
