"""Where each room's pages hang. Addresses are Vietnamese, without marks."""

from django.urls import include, path

urlpatterns = [
    path("", include("matxich.portal.urls")),
    path("", include("matxich.accounts.urls")),
    path("tai-khoan/", include("matxich.accounts.urls.sign_in")),
    path("", include("matxich.places.urls")),
    path("", include("matxich.registry.urls")),
    path("", include("matxich.zones.urls")),
    path("", include("matxich.policy.urls")),
    path("", include("matxich.proposals.urls")),
    path("", include("matxich.correspondence.urls")),
    path("", include("matxich.appraisal.urls")),
    path("", include("matxich.programmes.urls")),
    path("", include("matxich.indicators.urls")),
    path("", include("matxich.coaching.urls")),
    path("nhat-ky/", include("matxich.ledger.urls")),
    path("thong-bao/", include("matxich.notices.urls")),
    path("", include("matxich.desk.urls")),
    path("", include("ui.urls")),
]
