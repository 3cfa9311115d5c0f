from django.urls import path

from agreements.renewal import views

urlpatterns = [path("<int:pk>/renew/", views.renew, name="renew")]
