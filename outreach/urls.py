from outreach.activities import urls as activities
from outreach.ambassadors import urls as ambassadors
from outreach.attended import urls as attended
from outreach.corrections import urls as corrections
from outreach.coverage import urls as coverage
from outreach.evidence import urls as evidence
from outreach.offline import urls as offline
from outreach.pasted import urls as pasted
from outreach.patterns import urls as patterns
from outreach.planned import urls as planned
from outreach.plans import urls as plans
from outreach.presence import urls as presence
from outreach.programmes import urls as programmes
from outreach.restorative import urls as restorative
from outreach.results import urls as results
from outreach.series import urls as series
from outreach.told import urls as told

app_name = "outreach"

urlpatterns = [
    *activities.urlpatterns,
    *ambassadors.urlpatterns,
    *attended.urlpatterns,
    *corrections.urlpatterns,
    *coverage.urlpatterns,
    *evidence.urlpatterns,
    *patterns.urlpatterns,
    *offline.urlpatterns,
    *pasted.urlpatterns,
    *planned.urlpatterns,
    *plans.urlpatterns,
    *restorative.urlpatterns,
    *presence.urlpatterns,
    *programmes.urlpatterns,
    *results.urlpatterns,
    *told.urlpatterns,
    *series.urlpatterns,
]
