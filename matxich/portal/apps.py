from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "matxich.portal"
    label = "portal"
