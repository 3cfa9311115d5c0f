"""From a draft to a text both sides have read."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from agreements.drafting import services
from agreements.drafting.forms import DeriveForm
from agreements.feasibility.models import Feasibility
from agreements.register.conditions import STANDS_ALONE
from agreements.register.models import Agreement
from pokmas.offices.models import office_today
from pokmas.records.steps import Step, Turn, Watch, When

Status = Agreement.Status

IS_NOTA = When(
    rows=lambda user: Q(kind__in=Agreement.NOTAS),
    holds=lambda agreement, user: agreement.is_nota,
    refusal=_("PKS hanya disusun di bawah nota."),
)
NOT_OVER = When(
    rows=lambda user: Q(ends_on__gte=office_today()),
    holds=lambda nota, user: nota.ends_on >= nota.office.today,
    refusal=_("Nota ini sudah berakhir; perpanjang dahulu, lalu susun PKS-nya."),
)

Agreement.STEPS.add(
    Step(
        "discuss",
        to=Status.DISCUSSION,
        at={Status.DRAFT},
        permission="agreements.change_agreement",
        service=services.discuss,
        label=_("Bahas dengan mitra"),
        done=_("Naskah dibuka untuk dibahas dengan mitra."),
        turns={
            Status.DRAFT: Turn(
                _("Lengkapi naskah, lalu bahas dengan mitra"),
                14,
                _("Draf belum dilihat mitra maupun penelaah."),
                Watch.UNIT,
            )
        },
    ),
    # The text may change until the Kanwil reviews it.
    Step(
        "change",
        at={Status.DRAFT, Status.DISCUSSION},
        permission="agreements.change_agreement",
        label=_("Ubah data kerja sama"),
        mends=True,
        # Else what is judged is the text in its file.
        leads=lambda agreement: not agreement.texts.exists(),
    ),
    Step(
        "derive",
        at={*Agreement.OPEN, Status.SIGNED},
        permission="agreements.add_agreement",
        service=services.derive,
        form=DeriveForm,
        label=_("Susun PKS di bawahnya"),
        button=_("Simpan draf PKS"),
        onward=lambda nota, user: f"{nota.get_absolute_url()}?tab=children#tabs",
        when=(STANDS_ALONE, IS_NOTA, NOT_OVER),
    ),
)
Feasibility.STEPS.add(
    Step(
        "draft",
        to=Feasibility.Status.DRAFTED,
        permission="agreements.add_agreement",
        service=services.draft_planned,
        label=_("Susun naskahnya"),
        question=_("Susun naskah dari lembar ini?"),
        warning=_("Isinya disalin ke draf kerja sama dan masih dapat diubah di sana."),
        done=_("Draf kerja sama tersimpan."),
        onward=lambda sheet, user: sheet.agreement,
        turns={
            Feasibility.Status.APPROVED: Turn(
                _("Susun naskah dari lembar ini"),
                30,
                _("Rencana yang layak belum menjadi naskah."),
                Watch.UNIT,
            )
        },
    )
)
