"""Pages of the history."""

from django.urls import path

from matxich.ledger import views

app_name = "ledger"
urlpatterns = [
    path("", views.entries, name="entries"),
    path("<int:entry>/", views.entry, name="entry"),
    path("kiem-tra/", views.check, name="check"),
    path("ma-bam/", views.digests, name="digests"),
]
