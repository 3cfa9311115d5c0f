from agreements.register.models import Agreement
from pokmas.steps import pages as steps

urlpatterns = steps.paths(Agreement, "parties", "contacts")
