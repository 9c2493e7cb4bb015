from django.apps import AppConfig


class FilesConfig(AppConfig):
    name = "matxich.files"
    label = "files"
