from outreach.activities import urls as activities
from outreach.corrections import urls as corrections
from outreach.evidence import urls as evidence
from outreach.plans import urls as plans
from outreach.results import urls as results
from outreach.told import urls as told

app_name = "outreach"

urlpatterns = [
    *activities.urlpatterns,
    *corrections.urlpatterns,
    *evidence.urlpatterns,
    *plans.urlpatterns,
    *results.urlpatterns,
    *told.urlpatterns,
]
