from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "matxich.desk"
    label = "desk"
