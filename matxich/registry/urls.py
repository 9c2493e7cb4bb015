"""Addresses of this room's pages."""

from django.urls import path

from matxich.registry.views import directory, firm, imports, merging, queue, sources

app_name = "registry"
urlpatterns = [
    # Lists on their way in.
    path("nhap-lieu/", imports.imports, name="imports"),
    path("nhap-lieu/<int:pk>/", imports.import_, name="import"),
    path("nhap-lieu/<int:pk>/cot/", imports.import_columns, name="import_columns"),
    path("nhap-lieu/<int:pk>/kiem-tra/", imports.import_check, name="import_check"),
    path("nhap-lieu/<int:pk>/kiem-tra/bat-dau/", imports.import_stage, name="import_stage"),
    path("nhap-lieu/<int:pk>/cong-bo/", imports.import_publish, name="import_publish"),
    path("nhap-lieu/<int:pk>/ket-qua/", imports.import_result, name="import_result"),
    path("nhap-lieu/<int:pk>/hoan-tac/", imports.import_undo, name="import_undo"),
    path("nhap-lieu/<int:pk>/bo/", imports.import_cancel, name="import_cancel"),
    path("nhap-lieu/<int:pk>/nhap-lai/", imports.import_again, name="import_again"),
    path("nhap-lieu/<int:pk>/dong-khong-nhan.xlsx", imports.import_rejected, name="import_rejected"),
    path("nhap-lieu/<int:pk>/dong/<int:row>/", imports.import_row, name="import_row"),
    # What waits for an officer.
    path("cho-xu-ly/", queue.queue, name="queue"),
    path("cho-xu-ly/<int:pk>/", queue.queue_row, name="queue_row"),
    path("van-de/", queue.problems, name="problems"),
    # Who sends lists.
    path("nguon/", sources.sources, name="sources"),
    path("nguon/<int:pk>/", sources.source, name="source"),
    # Everybody's directory.
    path("nha-cung-ung/", directory.directory, name="directory"),
    path("nha-cung-ung/goi-y/", directory.suggestions, name="suggestions"),
    path("nha-cung-ung/<str:registry_id>/", firm.firm, name="firm"),
    # The officials' register.
    path("doanh-nghiep/", directory.enterprises, name="enterprises"),
    path("doanh-nghiep/<str:registry_id>/", firm.passport, name="passport"),
    path("doanh-nghiep/<str:registry_id>/gop/", merging.merge_find, name="merge_find"),
    path("doanh-nghiep/<str:registry_id>/gop/<str:other>/", merging.merge_two, name="merge_two"),
    path("doanh-nghiep/<str:registry_id>/tach/<str:other>/", merging.unmerge, name="unmerge"),
    path("doanh-nghiep/<str:registry_id>/thong-tin/", firm.history, name="history"),
    path("doanh-nghiep/<str:registry_id>/thong-tin/<int:statement>/", firm.provenance, name="provenance"),
    path("doanh-nghiep/<str:registry_id>/thong-tin/<int:statement>/rut/", firm.withdraw, name="withdraw"),
    path("doanh-nghiep/<str:registry_id>/ghi/", firm.choose_field, name="choose_field"),
    path("doanh-nghiep/<str:registry_id>/ghi/<str:field>/", firm.state_fact, name="state_fact"),
]
