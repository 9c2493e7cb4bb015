from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "matxich.accounts"
    label = "accounts"

    def ready(self) -> None:
        from matxich.accounts import receivers  # noqa: F401, PLC0415 - receivers connect once models are loaded
        from matxich.accounts.personal_data import receivers as erasing  # noqa: F401, PLC0415 - as below
