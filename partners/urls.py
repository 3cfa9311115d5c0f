from partners.adoption import urls as adoption
from partners.colleagues import urls as colleagues
from partners.decrees import urls as decrees
from partners.door import urls as door
from partners.groups import urls as groups
from partners.imports import urls as imports
from partners.known import urls as known
from partners.ladder import urls as ladder
from partners.merging import urls as merging
from partners.promises import urls as promises
from partners.registration import urls as registration
from partners.registry import urls as registry
from partners.renewal import urls as renewal
from partners.standing import urls as standing
from partners.terms import urls as terms
from partners.vetting import urls as vetting
from partners.visits import urls as visits
from partners.volunteers import urls as volunteers

app_name = "partners"

urlpatterns = [
    *registry.urlpatterns,
    *known.urlpatterns,
    *registration.urlpatterns,
    *colleagues.urlpatterns,
    *visits.urlpatterns,
    *vetting.urlpatterns,
    *renewal.urlpatterns,
    *adoption.urlpatterns,
    *standing.urlpatterns,
    *groups.urlpatterns,
    *decrees.urlpatterns,
    *volunteers.urlpatterns,
    *promises.urlpatterns,
    *ladder.urlpatterns,
    *terms.urlpatterns,
    *imports.urlpatterns,
    *door.urlpatterns,
    *merging.urlpatterns,
]
