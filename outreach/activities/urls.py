from django.urls import path

from outreach.activities import views

urlpatterns = [
    path("", views.index, name="index"),
    path("<int:pk>/", views.detail, name="detail"),
    path("of-partner/<int:partner_pk>/", views.of_partner, name="of_partner"),
    path("of-group/<int:group_pk>/", views.of_group, name="of_group"),
    path("of-agreement/<int:agreement_pk>/", views.of_agreement, name="of_agreement"),
]
