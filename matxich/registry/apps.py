from django.apps import AppConfig


class RegistryConfig(AppConfig):
    name = "matxich.registry"
    label = "registry"
