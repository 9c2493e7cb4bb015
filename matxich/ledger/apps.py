from django.apps import AppConfig


class LedgerConfig(AppConfig):
    name = "matxich.ledger"
    label = "ledger"
