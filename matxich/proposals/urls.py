"""Addresses of proposals and needs: the applicant's under de-an/, the officers' under xet-de-an/."""

from django.urls import path

from matxich.proposals.views import applicant, filing, listing, needs, papers, reviewing, writing

app_name = "proposals"
urlpatterns = [
    path("de-an/", applicant.mine, name="mine"),
    path("de-an/moi/<int:pk>/", applicant.start, name="start"),
    path("de-an/nop-ho/<int:pk>/", applicant.start_for, name="start_for"),
    path("de-an/tep/<int:pk>/", papers.file, name="file"),
    path("de-an/tep/<int:pk>/go/", papers.remove, name="remove_file"),
    path("de-an/<int:pk>/", applicant.proposal, name="proposal"),
    path("de-an/<int:pk>/phan/<slug:part>/", writing.section, name="section"),
    path("de-an/<int:pk>/du-toan/", writing.costs, name="costs"),
    path("de-an/<int:pk>/ket-qua/", writing.results, name="results"),
    path("de-an/<int:pk>/cac-ben/", writing.parties, name="parties"),
    path("de-an/<int:pk>/tai-lieu/", papers.papers, name="papers"),
    path("de-an/<int:pk>/uy-quyen/", papers.mandate, name="mandate"),
    path("de-an/<int:pk>/cap-nhat/", filing.take_offers, name="take_offers"),
    path("de-an/<int:pk>/nop/", filing.submit, name="submit"),
    path("de-an/<int:pk>/rut/", filing.withdraw, name="withdraw"),
    path("de-an/<int:pk>/ban/<int:number>/", filing.version, name="version"),
    path("xet-de-an/", listing.proposals, name="proposals"),
    path("xet-de-an/tai-ve/", listing.export, name="export"),
    path("xet-de-an/<int:pk>/", reviewing.review, name="review"),
    path("xet-de-an/<int:pk>/ho-so/", reviewing.dossier, name="dossier"),
    path("xet-de-an/<int:pk>/tra-lai/", reviewing.give_back, name="give_back"),
    path("xet-de-an/<int:pk>/nhan/", reviewing.accept, name="accept"),
    path("xet-de-an/<int:pk>/ket-luan/<slug:gate>/", reviewing.conclude, name="conclude"),
    path("xet-de-an/<int:pk>/giao/", reviewing.assign, name="assign"),
    path("xet-de-an/<int:pk>/tham-dinh/", reviewing.hand_over, name="hand_over"),
    path("nhu-cau/", needs.needs, name="needs"),
    path("nhu-cau/tai-ve/", needs.export, name="needs_export"),
    path("nhu-cau/moi/", needs.new, name="need_new"),
    path("nhu-cau/<int:pk>/", needs.need, name="need"),
    path("nhu-cau/<int:pk>/sua/", needs.edit, name="need_edit"),
    path("nhu-cau/<int:pk>/xet/<slug:step>/", needs.act, name="need_act"),
]
