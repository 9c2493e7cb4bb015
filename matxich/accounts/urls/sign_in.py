"""The sign-in library's pages under Vietnamese addresses. Its names stay, since it reverses them itself."""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from allauth.socialaccount import views as social
from allauth.socialaccount.providers.openid_connect import views as oidc
from allauth.usersessions import views as sessions
from django.urls import include, path, re_path

passwords = [
    path("doi/", account.password_change, name="account_change_password"),
    path("dat/", account.password_set, name="account_set_password"),
    path("quen/", account.password_reset, name="account_reset_password"),
    path("quen/da-gui/", account.password_reset_done, name="account_reset_password_done"),
    re_path(
        r"^dat-lai/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        account.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path("dat-lai/xong/", account.password_reset_from_key_done, name="account_reset_password_from_key_done"),
]

second_factors = [
    path("", mfa.index, name="mfa_index"),
    path("xac-nhan/", mfa.authenticate, name="mfa_authenticate"),
    path("xac-nhan-lai/", mfa.reauthenticate, name="mfa_reauthenticate"),
    path("ung-dung/bat/", totp.activate_totp, name="mfa_activate_totp"),
    path("ung-dung/tat/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("ma-du-phong/", recovery.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("ma-du-phong/tao/", recovery.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("ma-du-phong/tai/", recovery.download_recovery_codes, name="mfa_download_recovery_codes"),
    path("khoa/", webauthn.list_webauthn, name="mfa_list_webauthn"),
    path("khoa/them/", webauthn.add_webauthn, name="mfa_add_webauthn"),
    path("khoa/dang-nhap/", webauthn.login_webauthn, name="mfa_login_webauthn"),
    path("khoa/xac-nhan-lai/", webauthn.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
    path("khoa/<int:pk>/bo/", webauthn.remove_webauthn, name="mfa_remove_webauthn"),
    path("khoa/<int:pk>/doi-ten/", webauthn.edit_webauthn, name="mfa_edit_webauthn"),
]

linked = [
    path("", social.connections, name="socialaccount_connections"),
    path("da-huy/", social.login_cancelled, name="socialaccount_login_cancelled"),
    path("loi/", social.login_error, name="socialaccount_login_error"),
    path("dang-ky/", social.signup, name="socialaccount_signup"),
    path("<str:provider_id>/dang-nhap/", oidc.login, name="openid_connect_login"),
    path("<str:provider_id>/tra-ve/", oidc.callback, name="openid_connect_callback"),
]

urlpatterns = [
    path("dang-nhap/", account.login, name="account_login"),
    path("dang-xuat/", account.logout, name="account_logout"),
    path("dang-ky/", account.signup, name="account_signup"),
    path("da-ngung/", account.account_inactive, name="account_inactive"),
    path("xac-nhan/", account.reauthenticate, name="account_reauthenticate"),
    path("mat-khau/", include(passwords)),
    path("bao-mat/", include(second_factors)),
    path("phien/", sessions.list_usersessions, name="usersessions_list"),
    path("lien-ket/", include(linked)),
]
