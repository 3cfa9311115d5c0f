from outreach.activities.models import Activity
from pokmas.steps import pages as steps

urlpatterns = [*steps.paths(Activity, "put_in_plan")]
