from partners.registry.models import Partnership
from pokmas.steps import pages as steps

urlpatterns = steps.paths(Partnership, "visit")
