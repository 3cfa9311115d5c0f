"""What is asked of a plan and where, as headquarters sees it."""

from django.utils.translation import gettext_lazy as _

from agreements.feasibility.forms import (
    FeasibilityCriterionForm,
    FeasibilityRuleForm,
    FeasibilityTriggerForm,
)
from agreements.feasibility.models import (
    FeasibilityCriterion,
    FeasibilityRule,
    FeasibilityTrigger,
)
from partners.questions.columns import OF_WHOM_AND_WHEN
from pokmas.lists.columns import Choice, Listed
from pokmas.reference.lists import ReferenceList, register
from pokmas.rules.columns import OF_OFFICE, SINCE_AND_SOURCE

register(
    ReferenceList(
        "feasibility_criteria",
        FeasibilityCriterion,
        FeasibilityCriterionForm,
        "agreements.manage_feasibility",
        title=_("Kriteria kelayakan kerja sama"),
        lead=_("Yang dijawab pada setiap lembar kelayakan, dengan buktinya."),
        add=_("Tambah kriteria"),
        columns=(
            Listed(name="text", label=_("Kriteria"), value="text"),
            Choice(
                name="group",
                label=_("Kelompok"),
                value="group",
                words=dict(FeasibilityCriterion.Group.choices),
            ),
            *OF_WHOM_AND_WHEN,
        ),
    )
)
register(
    ReferenceList(
        "feasibility_triggers",
        FeasibilityTrigger,
        FeasibilityTriggerForm,
        "agreements.manage_feasibility",
        title=_("Hal yang perlu dijelaskan"),
        lead=_(
            "Bila ada dalam rencana, perlu penjelasan; tanpa penjelasan rekomendasi "
            "lembar turun satu tingkat."
        ),
        add=_("Tambah hal"),
        columns=(
            Listed(name="text", label=_("Hal"), value="text"),
            *OF_WHOM_AND_WHEN,
        ),
    )
)
register(
    ReferenceList(
        "feasibility_rules",
        FeasibilityRule,
        FeasibilityRuleForm,
        "agreements.manage_feasibility",
        title=_("Kewajiban lembar kelayakan"),
        lead=_(
            "Di mana kerja sama baru dimulai dari lembar kelayakan. Ketentuan kantor "
            "terdekat didahulukan. Tanpa ketentuan, lembar tidak wajib; PKS di bawah "
            "nota tidak memerlukannya."
        ),
        add=_("Tetapkan ketentuan baru"),
        columns=(
            OF_OFFICE,
            Choice(
                name="required",
                label=_("Lembar kelayakan"),
                value="is_required",
                words={True: _("Wajib"), False: _("Tidak wajib")},
            ),
            *SINCE_AND_SOURCE,
        ),
        is_fixed=True,
    )
)
