"""Addresses of the public face."""

from django.urls import path

from matxich.portal import views

app_name = "portal"
urlpatterns = [path("", views.home, name="home")]
