from django.urls import path

from agreements.plans import views

urlpatterns = [path("<int:pk>/plan/", views.plan, name="plan")]
