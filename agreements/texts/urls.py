from django.urls import path

from agreements.register.models import Agreement
from agreements.texts import views
from pokmas.steps import pages as steps

urlpatterns = [
    *steps.paths(Agreement, "make_text"),
    path("<int:pk>/upload-text/", views.upload_text, name="upload_text"),
    path("text/<int:pk>/", views.text, name="text"),
    path("text/<int:pk>/changes/", views.text_changes, name="text_changes"),
    path("text/<int:pk>/word/", views.text_word, name="text_word"),
    path("text/<int:pk>/srikandi/", views.text_srikandi, name="text_srikandi"),
    path("text/<int:pk>/pdf/", views.text_pdf, name="text_pdf"),
]
