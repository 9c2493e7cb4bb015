"""Addresses of the officials' face."""

from django.urls import path

from matxich.desk import views

app_name = "desk"
urlpatterns = [
    path("viec-cua-toi/", views.home, name="home"),
    path("suc-khoe/", views.healthy, name="health"),
]
