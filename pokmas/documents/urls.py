from django.urls import path

from pokmas.documents import views

app_name = "documents"

urlpatterns = [
    path("check/", views.check, name="check"),
    path("check/<str:code>/", views.check_code, name="check_code"),
    path("issued/<str:code>/", views.issued, name="issued"),
    path("issued/<str:code>/word/", views.word, name="word"),
    path("issued/<str:code>/zip/", views.package, name="package"),
    path("issued/<str:code>/view/", views.issued_view, name="issued_view"),
    path(
        "issued/<str:code>/pages/<int:number>/<int:zoom>/",
        views.issued_page,
        name="issued_page",
    ),
    path("<int:pk>/thumbnail/", views.thumbnail, name="thumbnail"),
    path("<int:pk>/view/", views.view, name="view"),
    path("<int:pk>/pages/<int:number>/<int:zoom>/", views.page, name="page"),
    path("<int:pk>/<str:name>", views.download, name="download"),
]
