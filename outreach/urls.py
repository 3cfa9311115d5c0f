from django.urls import path

from outreach import views

app_name = "outreach"

urlpatterns = [
    path("", views.index, name="index"),
    path("create/", views.create, name="create"),
    path("<int:pk>/", views.detail, name="detail"),
    path("<int:pk>/change/", views.change, name="change"),
    path("<int:pk>/report/", views.report, name="report"),
    path("<int:pk>/verify/", views.verify, name="verify"),
    path("<int:pk>/send-back/", views.send_back, name="send_back"),
    path("<int:pk>/cancel/", views.cancel, name="cancel"),
    path("photos/<int:pk>/review/", views.review_photo, name="review_photo"),
    path("of-partner/<int:partner_pk>/", views.of_partner, name="of_partner"),
    path("of-group/<int:group_pk>/", views.of_group, name="of_group"),
    path("of-agreement/<int:agreement_pk>/", views.of_agreement, name="of_agreement"),
    path("types/", views.types, name="types"),
    path("types/create/", views.create_type, name="create_type"),
    path("types/<int:pk>/change/", views.change_type, name="change_type"),
    path("types/<int:pk>/archive/", views.archive_type, name="archive_type"),
    path("types/<int:pk>/restore/", views.restore_type, name="restore_type"),
]
