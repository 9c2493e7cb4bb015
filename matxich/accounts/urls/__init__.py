"""Addresses of this room's pages."""

from django.urls import path

from matxich.accounts.personal_data import urls as personal_data
from matxich.accounts.views import agencies, invitations, people

app_name = "accounts"
urlpatterns = [
    *personal_data.urlpatterns,
    path("nguoi-dung/", people.users, name="users"),
    path("nguoi-dung/<int:pk>/", people.user, name="user"),
    path("nguoi-dung/<int:pk>/hien-lien-he/", people.reveal, name="reveal"),
    path("nguoi-dung/<int:pk>/giao-vai-tro/", people.grant, name="grant"),
    path("nguoi-dung/<int:pk>/ngung/", people.deactivate, name="deactivate"),
    path("nguoi-dung/<int:pk>/mo-lai/", people.reactivate, name="reactivate"),
    path("nguoi-dung/<int:pk>/ket-thuc-phien/", people.end_sessions, name="end_sessions"),
    path("nguoi-dung/<int:pk>/dat-lai-xac-thuc/", people.reset_second_factor, name="reset_second_factor"),
    path("nguoi-dung/<int:pk>/doi-email/", people.change_email, name="change_email"),
    path("vai-tro/<int:pk>/thu-hoi/", people.revoke, name="revoke"),
    path("ho-so-cua-toi/", people.profile, name="profile"),
    path("vai-tro-cua-toi/", people.my_roles, name="my_roles"),
    path("loi-moi/", invitations.invitations, name="invitations"),
    path("loi-moi/gui/", invitations.invite, name="invite"),
    path("loi-moi/<int:pk>/thu-hoi/", invitations.revoke, name="revoke_invitation"),
    path("loi-moi/<int:pk>/gui-lai/", invitations.renew, name="renew_invitation"),
    path("nhan-loi-moi/<str:token>/", invitations.accept, name="accept"),
    path("nhan-loi-moi/<str:token>/nhan/", invitations.accept_with_account, name="accept_with_account"),
    path("co-quan/", agencies.agencies, name="agencies"),
    path("co-quan/them/", agencies.create, name="create_agency"),
    path("co-quan/<int:pk>/", agencies.agency, name="agency"),
    path("co-quan/<int:pk>/sua/", agencies.change, name="change_agency"),
    path("co-quan/<int:pk>/doi-ten/", agencies.rename, name="rename_agency"),
    path("co-quan/<int:pk>/ten-truoc-day/", agencies.former_name, name="former_name"),
    path("co-quan/<int:pk>/nhap/", agencies.merge, name="merge_agency"),
    path("co-quan/<int:pk>/tach/", agencies.split, name="split_agency"),
    path("co-quan/<int:pk>/ket-thuc/", agencies.close, name="close_agency"),
]
