from django.apps import AppConfig


class AppraisalConfig(AppConfig):
    name = "matxich.appraisal"
