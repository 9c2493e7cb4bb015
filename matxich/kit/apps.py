from django.apps import AppConfig


class KitConfig(AppConfig):
    name = "matxich.kit"
    label = "kit"
