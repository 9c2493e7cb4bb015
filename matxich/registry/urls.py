"""Addresses of this room's pages."""

from django.urls import path

from matxich.registry.views import directory, firm

app_name = "registry"
urlpatterns = [
    # Everybody's directory.
    path("nha-cung-ung/", directory.directory, name="directory"),
    path("nha-cung-ung/<str:registry_id>/", firm.firm, name="firm"),
    # The officials' register.
    path("doanh-nghiep/", directory.enterprises, name="enterprises"),
    path("doanh-nghiep/<str:registry_id>/", firm.passport, name="passport"),
    path("doanh-nghiep/<str:registry_id>/thong-tin/", firm.history, name="history"),
    path("doanh-nghiep/<str:registry_id>/thong-tin/<int:statement>/", firm.provenance, name="provenance"),
    path("doanh-nghiep/<str:registry_id>/thong-tin/<int:statement>/rut/", firm.withdraw, name="withdraw"),
    path("doanh-nghiep/<str:registry_id>/ghi/", firm.choose_field, name="choose_field"),
    path("doanh-nghiep/<str:registry_id>/ghi/<str:field>/", firm.state_fact, name="state_fact"),
]
