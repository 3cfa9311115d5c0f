"""The paper of what a partner declared when it registered."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from partners.registry.models import Partnership
from pokmas.papers.declared import DeclarationPaper, Declared, Statement
from pokmas.papers.kinds import register


@register
class PartnersDeclaration(DeclarationPaper):
    kind = "partners.declaration"
    label = gettext_lazy("Pernyataan mitra")
    title = "Pernyataan Mitra"
    model = Partnership
    permission = "partners.view_partner"
    asked = "partnership.declared"
    ready = gettext_lazy("Pernyataan %(name)s siap diunduh")

    def rows(self):
        return Partnership.objects.select_related("partner", "office")

    def revision(self, partnership):
        if hasattr(partnership, "declared_many"):  # read with its page
            return partnership.declared_many
        return partnership.declared.count()

    def said(self, partnership):
        answers = list(partnership.declared.newest())
        return Declared(
            holder=partnership.partner.name,
            by=_by(partnership, answers[0].answered_by),
            at=answers[0].answered_at,
            statements=[_statement(each.declaration) for each in answers],
            about=[
                (_("Nomor pendaftaran"), [partnership.partner.reference]),
                (_("Unit tujuan"), [partnership.office.name]),
            ],
            number=partnership.partner.reference,
        )


def _by(partnership, user):
    if partnership.is_self_registered:
        return [user.full_name, _("wakil mitra")]
    return [user.full_name, _("petugas, di hadapan mitra di loket")]


def _statement(declaration):
    return Statement(
        title=declaration.title,
        text=declaration.text,
        valid_from=declaration.valid_from,
        answer=_("Setuju"),
    )
