from django.apps import AppConfig


class PlacesConfig(AppConfig):
    name = "matxich.places"
    label = "places"
