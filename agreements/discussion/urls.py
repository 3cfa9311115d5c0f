from django.urls import path

from agreements.discussion import views
from agreements.register.models import Agreement
from pokmas.steps import pages as steps

urlpatterns = [
    *steps.paths(Agreement, "ask_partner", "record_answer"),
    path("<int:pk>/answer-text/", views.answer_text, name="answer_text"),
    path("<int:pk>/propose-text/", views.propose_text, name="propose_text"),
    path("<int:pk>/comment-text/", views.comment_text, name="comment_text"),
    path(
        "comment/<int:pk>/resolve/",
        views.resolve_comment,
        name="resolve_comment",
    ),
]
