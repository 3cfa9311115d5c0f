from django.urls import path

from agreements import views

app_name = "agreements"

urlpatterns = [
    path("", views.index, name="index"),
    path("create/", views.create, name="create"),
    path("of-partner/<int:partner_pk>/", views.of_partner, name="of_partner"),
    path("of-partner/<int:partner_pk>/end/", views.end_partner, name="end_partner"),
    path("<int:pk>/", views.detail, name="detail"),
    path("<int:pk>/change/", views.change, name="change"),
    path("<int:pk>/discuss/", views.discuss, name="discuss"),
    path("<int:pk>/submit/", views.submit, name="submit"),
    path("<int:pk>/review/", views.review, name="review"),
    path("<int:pk>/sign/", views.sign, name="sign"),
    path("<int:pk>/suspend/", views.suspend, name="suspend"),
    path("<int:pk>/resume/", views.resume, name="resume"),
    path("<int:pk>/terminate/", views.terminate, name="terminate"),
    path("<int:pk>/extract/", views.extract, name="extract"),
    path("<int:pk>/extract/progress/", views.extract_progress, name="extract_progress"),
]
