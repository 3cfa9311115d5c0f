"""What workers do for agreements."""

from django.utils.translation import gettext_lazy as _

from pokmas.jobs.services import Claim, job


@job("agreements.extract", label=_("PDF ringkasan kerja sama"), queue="pdf")
def extract(claim: Claim) -> None:
    from agreements.extracts import services  # services import the apps below

    services.build_extract(claim)
