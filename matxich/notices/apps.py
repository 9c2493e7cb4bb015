from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "matxich.notices"
    label = "notices"
