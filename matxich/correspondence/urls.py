"""Addresses of this room's pages."""

from django.urls import path

from matxich.correspondence.views import checking, papers, registers, templates

app_name = "correspondence"
urlpatterns = [
    # Everybody's: is this paper real?
    path("xac-minh/", checking.ask, name="ask"),
    path("xac-minh/<str:code>/", checking.check, name="check"),
    # Papers on their way.
    path("van-ban-di/", papers.papers, name="papers"),
    path("van-ban-di/soan/", papers.choose, name="choose"),
    path("van-ban-di/soan/<int:agency>/<slug:kind>/", papers.draft, name="draft"),
    path("van-ban-di/<int:pk>/", papers.paper, name="paper"),
    path("van-ban-di/<int:pk>/xem/", papers.preview, name="preview"),
    path("van-ban-di/<int:pk>/sua/", papers.revise, name="revise"),
    path("van-ban-di/<int:pk>/tai/<slug:role>/", papers.download_file, name="download"),
    path("van-ban-di/<int:pk>/ban-ky/", papers.attach, name="attach"),
    path("van-ban-di/<int:pk>/ban-ky/<int:file>/", papers.signed_file, name="signed_file"),
    path("van-ban-di/<int:pk>/buoc/<slug:event>/", papers.step, name="step"),
    # The register of a year.
    path("van-ban-di/so/", registers.registers, name="registers"),
    path("van-ban-di/so/<int:agency>/<int:year>/", registers.register, name="register"),
    path("van-ban-di/so/<int:agency>/<int:year>/tai-ve/", registers.take_away, name="register_file"),
    path("van-ban-di/so/<int:agency>/<int:year>/mo/", registers.open_one, name="register_open"),
    # Templates and heads of papers.
    path("van-ban-di/mau/", templates.agencies, name="template_agencies"),
    path("van-ban-di/mau/<int:agency>/", templates.templates, name="templates"),
    path("van-ban-di/mau/<int:agency>/the-thuc/", templates.letterhead, name="letterhead"),
    path("van-ban-di/mau/<int:agency>/<slug:kind>/", templates.template, name="template"),
    path("van-ban-di/mau/<int:agency>/<slug:kind>/xem-thu/", templates.try_out, name="try_out"),
    path(
        "van-ban-di/mau/<int:agency>/<slug:kind>/phien-ban/<int:version>/", templates.version, name="template_version"
    ),
    path("van-ban-di/mau/<int:agency>/<slug:kind>/khoi-phuc/<int:version>/", templates.restore, name="restore"),
]
