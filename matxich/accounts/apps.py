from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "matxich.accounts"
    label = "accounts"
