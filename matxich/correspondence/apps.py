from django.apps import AppConfig


class CorrespondenceConfig(AppConfig):
    name = "matxich.correspondence"
    label = "correspondence"
