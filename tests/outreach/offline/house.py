"""What the tests of the whole house must know of this room."""

import hashlib
import uuid

from outreach.models import Evidence
from outreach.plans.forms import ActivityForm
from outreach.results.forms import ReportForm
from tests.house.access import PLANNERS, get, post
from tests.pokmas.documents.corpus import jpeg, upload

REPORTERS = PLANNERS
ACCESS = {
    "outreach:offline": get(REPORTERS),
    "outreach:offline_state": get(REPORTERS),
    "outreach:offline_photo": post(REPORTERS),
    "outreach:offline_entry": post(REPORTERS),
}
NOT_SHOWN = {"outreach:offline_state"}
# A device says for whom it sends, and answers the forms of the pages.
SENDER = {"user", "acting"}
LATER = {
    "outreach:offline_photo": SENDER,
    "outreach:offline_entry": {
        *SENDER,
        *ReportForm.base_fields,
        *ActivityForm.base_fields,
    },
}
PHOTO = jpeg()


def _with_photo():
    """Of an activity that is not reported yet."""
    return Evidence.objects.filter(activity__status="planned").first()


AT = {
    "outreach:offline_photo": {
        "key": lambda: str(uuid.uuid4()),
        "photo": lambda: upload("foto.jpg", PHOTO),
        "fingerprint": hashlib.sha256(PHOTO).hexdigest(),
    },
    "outreach:offline_entry": {
        "key": lambda: str(uuid.uuid4()),
        "activity": lambda: _with_photo().activity_id,
        "revision": "0",
        "count_adult_client_male": "12",
        "output": "Peserta memahami haknya.",
        "funding": "none",
        "declared": "on",
    },
}
