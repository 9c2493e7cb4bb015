"""Addresses of the request desk."""

from django.urls import path

from matxich.accounts.personal_data import views

urlpatterns = [
    path("du-lieu-ca-nhan/", views.ask, name="personal_data_ask"),
    path("du-lieu-ca-nhan/theo-doi/", views.follow, name="personal_data_follow"),
    path("du-lieu-ca-nhan/yeu-cau/", views.requests, name="personal_data_requests"),
    path("du-lieu-ca-nhan/yeu-cau/<int:pk>/", views.request_page, name="personal_data_request"),
    path("du-lieu-ca-nhan/yeu-cau/<int:pk>/hien/", views.reveal, name="personal_data_reveal"),
    path("du-lieu-ca-nhan/yeu-cau/<int:pk>/buoc/", views.move, name="personal_data_move"),
    path("du-lieu-ca-nhan/ai-da-xem/", views.looks, name="personal_data_looks"),
]
