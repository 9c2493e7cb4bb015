"""Addresses of the messages."""

from django.urls import path

from matxich.notices import views

app_name = "notices"
urlpatterns = [
    path("", views.inbox, name="inbox"),
    path("da-doc/", views.read, name="read"),
]
