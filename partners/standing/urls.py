from partners.registry.models import Partner
from pokmas.steps import pages as steps

urlpatterns = steps.paths(Partner, "suspend", "resume")
