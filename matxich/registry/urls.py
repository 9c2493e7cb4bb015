"""Addresses of this room's pages."""

from django.urls import path

from matxich.registry.views import (
    attachments,
    claims,
    comparing,
    confirming,
    directory,
    exports,
    firm,
    imports,
    items,
    list_changes,
    merging,
    on_behalf,
    own_firm,
    queue,
    saved_searches,
    sources,
    terms,
    visits,
)

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
    path("nhap-lieu/<int:pk>/so-sanh/", list_changes.import_compare, name="import_compare"),
    path("nhap-lieu/<int:pk>/so-sanh/theo-doi/", list_changes.note_no_longer_listed, name="no_longer_listed"),
    path("nhap-lieu/<int:pk>/so-sanh/theo-doi/<int:note>/", list_changes.close_follow_up, name="close_follow_up"),
    # What waits for an officer.
    path("cho-xu-ly/", queue.queue, name="queue"),
    path("cho-xu-ly/<int:pk>/", queue.queue_row, name="queue_row"),
    path("van-de/", queue.problems, name="problems"),
    # What phrases mean.
    path("tu-ngu/", terms.terms, name="terms"),
    path("tu-ngu/da-quyet-dinh/", terms.decided_terms, name="decided_terms"),
    path("tu-ngu/da-quyet-dinh/<int:pk>/bo/", terms.undo_term, name="undo_term"),
    path("tu-ngu/<str:facet>/", terms.term, name="term"),
    path("yeu-cau-quan-ly/", claims.claims_waiting, name="claims_waiting"),
    path("yeu-cau-quan-ly/<int:pk>/", claims.claim_decide, name="claim_decide"),
    # A firm's people ask to manage its record.
    path("nhan-quan-ly/", claims.claim_find, name="claim_find"),
    path("nhan-quan-ly/yeu-cau/<int:pk>/", claims.claim, name="claim"),
    path("nhan-quan-ly/yeu-cau/<int:pk>/rut/", claims.claim_withdraw, name="claim_withdraw"),
    path("nhan-quan-ly/yeu-cau/<int:pk>/thoi/", claims.claim_end, name="claim_end"),
    path("nhan-quan-ly/<str:registry_id>/", claims.claim_new, name="claim_new"),
    # Visits.
    path("doanh-nghiep/<str:registry_id>/khao-sat/", visits.visit_firm, name="visit_firm"),
    path("khao-sat/<int:pk>/", visits.visit, name="visit"),
    path("doanh-nghiep/<str:registry_id>/ghi-ho/", on_behalf.on_behalf, name="on_behalf"),
    # Files.
    path("tep/<int:pk>/", attachments.attachment, name="attachment"),
    path("tep/<int:pk>/goc/", attachments.original, name="original"),
    path("tep/<int:pk>/go/", attachments.remove, name="remove_attachment"),
    path("doanh-nghiep-cua-toi/<str:registry_id>/tep/", attachments.own_files, name="own_files"),
    path("doanh-nghiep/<str:registry_id>/tep/", attachments.firm_files, name="firm_files"),
    # A firm's own side.
    path("doanh-nghiep-cua-toi/", own_firm.own_firms, name="own_firms"),
    path("doanh-nghiep-cua-toi/<str:registry_id>/", own_firm.own_firm, name="own_firm"),
    path("doanh-nghiep-cua-toi/<str:registry_id>/ghi/", own_firm.choose_own_field, name="choose_own_field"),
    path("doanh-nghiep-cua-toi/<str:registry_id>/ghi/<str:field>/", own_firm.own_fact, name="own_fact"),
    path("doanh-nghiep-cua-toi/<str:registry_id>/muc/<str:field>/", own_firm.own_item, name="own_item"),
    # Whether what is known still holds.
    path("doanh-nghiep-cua-toi/<str:registry_id>/van-dung/", confirming.confirm, name="confirm"),
    path("van-dung/<str:token>/", confirming.confirm_by_link, name="confirm_by_link"),
    path("xac-nhan-hang-nam/", confirming.due, name="due"),
    path("doanh-nghiep/<str:registry_id>/van-dung/", confirming.ask_firm, name="ask_firm"),
    # Who sends lists.
    path("nguon/", sources.sources, name="sources"),
    path("nguon/<int:pk>/", sources.source, name="source"),
    # Questions people keep.
    path("tim-da-luu/", saved_searches.saved_searches, name="saved_searches"),
    path("tim-da-luu/<int:pk>/", saved_searches.saved_search, name="saved_search"),
    path("tim-da-luu/<int:pk>/sua/", saved_searches.change_saved_search, name="change_saved_search"),
    path("tim-da-luu/<int:pk>/xoa/", saved_searches.forget_saved_search, name="forget_saved_search"),
    path("tim-da-luu/thoi-bao/<str:token>/", saved_searches.stop_letters, name="stop_letters"),
    path("nguon/<int:pk>/quen-cot/", sources.forget_columns, name="forget_columns"),
    # Everybody's directory.
    path("nha-cung-ung/", directory.directory, name="directory"),
    path("nha-cung-ung/luu/", saved_searches.directory_save, name="directory_save"),
    path("nha-cung-ung/so-sanh/", comparing.directory_compare, name="directory_compare"),
    path("nha-cung-ung/tai-ve/", exports.directory_export, name="directory_export"),
    path("nha-cung-ung/<str:registry_id>/", firm.firm, name="firm"),
    # The officials' register.
    path("doanh-nghiep/", directory.enterprises, name="enterprises"),
    path("doanh-nghiep/luu/", saved_searches.register_save, name="register_save"),
    path("doanh-nghiep/so-sanh/", comparing.register_compare, name="register_compare"),
    path("doanh-nghiep/tai-ve/", exports.register_export, name="register_export"),
    path("doanh-nghiep/<str:registry_id>/", firm.passport, name="passport"),
    path("doanh-nghiep/<str:registry_id>/gop/", merging.merge_find, name="merge_find"),
    path("doanh-nghiep/<str:registry_id>/gop/<str:other>/", merging.merge_two, name="merge_two"),
    path("doanh-nghiep/<str:registry_id>/tach/<str:other>/", merging.unmerge, name="unmerge"),
    path("doanh-nghiep/<str:registry_id>/hieu/<str:field>/", terms.firm_term, name="firm_term"),
    path("doanh-nghiep/<str:registry_id>/thong-tin/", firm.history, name="history"),
    path("doanh-nghiep/<str:registry_id>/thong-tin/<int:statement>/", firm.provenance, name="provenance"),
    path("doanh-nghiep/<str:registry_id>/thong-tin/<int:statement>/rut/", firm.withdraw, name="withdraw"),
    path("doanh-nghiep/<str:registry_id>/ghi/", firm.choose_field, name="choose_field"),
    path("doanh-nghiep/<str:registry_id>/muc/<str:field>/", items.item, name="item"),
    path("doanh-nghiep/<str:registry_id>/ghi/<str:field>/", firm.state_fact, name="state_fact"),
]
