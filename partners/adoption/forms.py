"""What a unit has with a partner that is known already."""

from partners.registration.forms import WorkForm
from partners.registration.services import offices_of
from partners.registry import sections
from partners.registry.models import Partner, Partnership

ASKED = ("office", *sections.CONTACT, "fields", *sections.OFFER)


class ProposeForm(WorkForm):
    """Nothing of what other units have is in it: contact and offer are asked anew."""

    LAYOUT = [("", ("office",)), *WorkForm.LAYOUT]

    class Meta(WorkForm.Meta):
        fields = ["office", *WorkForm.Meta.fields]

    def __init__(self, *args, partner: Partner, user, **kwargs):
        new = Partnership(partner=partner)
        super().__init__(
            *args, instance=new, partner=partner, may=ASKED, user=user, **kwargs
        )
        offices = offices_of(user)
        self.fields["office"].queryset = offices
        if offices.filter(pk=user.acting.office_id).exists():
            self.initial["office"] = user.acting.office_id
