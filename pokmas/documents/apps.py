from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "pokmas.documents"
    label = "documents"
