"""Addresses of this room's pages."""

from django.urls import path

from matxich.indicators.views import figures, reports

app_name = "indicators"
urlpatterns = [
    path("chi-tieu/", figures.dashboard, name="dashboard"),
    path("chi-tieu/tinh/<str:code>/", figures.province, name="province"),
    path("chi-tieu/doan-bao-cao/", figures.sentences, name="sentences"),
    path("chi-tieu/san-sang/", figures.readiness, name="readiness"),
    path("chi-tieu/muc-tieu/moi/", figures.new_target, name="new_target"),
    path("chi-tieu/muc-tieu/<int:pk>/rut/", figures.withdraw_target, name="withdraw_target"),
    path("chi-tieu/so-lieu/moi/", figures.new_reported, name="new_reported"),
    path("chi-tieu/so-lieu/<int:pk>/rut/", figures.withdraw_reported, name="withdraw_reported"),
    # Reports up the tree.
    path("chi-tieu/bao-cao/", reports.reports, name="reports"),
    path("chi-tieu/bao-cao/ky-moi/", reports.new_period, name="new_period"),
    path("chi-tieu/bao-cao/ky/<int:pk>/", reports.period, name="period"),
    path("chi-tieu/bao-cao/<int:pk>/", reports.report, name="report"),
    path("chi-tieu/bao-cao/<int:pk>/tinh-lai/", reports.fill, name="fill_report"),
    path("chi-tieu/bao-cao/<int:pk>/gui/", reports.submit, name="submit_report"),
    path("chi-tieu/bao-cao/<int:pk>/tra-lai/", reports.give_back, name="return_report"),
    path("chi-tieu/bao-cao/<int:pk>/nhan/", reports.accept, name="accept_report"),
    path("chi-tieu/bao-cao/<int:pk>/tong-hop/", reports.consolidate, name="consolidate_report"),
    path("chi-tieu/bao-cao/<int:pk>/khoa/", reports.lock, name="lock_report"),
    path("chi-tieu/bao-cao/<int:pk>/mo-lai/", reports.reopen, name="reopen_report"),
    path("chi-tieu/bao-cao/<int:pk>/bang/", reports.spreadsheet, name="report_xlsx"),
    path("chi-tieu/bao-cao/<int:pk>/word/", reports.word, name="report_docx"),
    # One figure; its code is a letter and two digits, a part's has a small letter more.
    path("chi-tieu/<str:code>/", figures.figure, name="figure"),
    path("chi-tieu/<str:code>/chot/", figures.freeze, name="freeze"),
    path("chi-tieu/<str:code>/tai-ve/", figures.export, name="export"),
]
