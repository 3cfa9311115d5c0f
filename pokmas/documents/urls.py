from django.urls import path

from pokmas.documents import views

app_name = "documents"

urlpatterns = [
    path("check/", views.check, name="check"),
    path("check/<str:code>/", views.check_code, name="check_code"),
    path("issued/<str:code>/", views.issued, name="issued"),
    path("issued/<str:code>/word/", views.word, name="word"),
    path("<int:pk>/thumbnail/", views.thumbnail, name="thumbnail"),
    path("<int:pk>/view/", views.view, name="view"),
    path("<int:pk>/pages/<int:number>/<int:zoom>/", views.page, name="page"),
    path("<int:pk>/<str:name>", views.download, name="download"),
]
