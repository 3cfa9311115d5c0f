"""Where a visit is needed and what is looked at, as headquarters sees it."""

from django.utils.translation import gettext_lazy as _

from partners.questions.columns import OF_WHOM_AND_WHEN
from partners.visits.forms import VisitQuestionForm, VisitRuleForm
from partners.visits.models import VisitQuestion, VisitRule
from pokmas.lists.columns import Choice, Listed
from pokmas.reference.lists import ReferenceList, register
from pokmas.rules.columns import OF_OFFICE, SINCE_AND_SOURCE

register(
    ReferenceList(
        "visit_rules",
        VisitRule,
        VisitRuleForm,
        "partners.manage_field",
        title=_("Kewajiban kunjungan lapangan"),
        lead=_(
            "Di mana dan untuk jenis mitra mana kunjungan wajib sebelum disetujui. "
            "Ketentuan kantor terdekat didahulukan, lalu ketentuan jenisnya. Tanpa "
            "ketentuan, kunjungan tidak wajib."
        ),
        add=_("Tetapkan ketentuan baru"),
        columns=(
            OF_OFFICE,
            Listed(
                name="kind",
                label=_("Jenis mitra"),
                value="kind__name",
                empty=_("Semua jenis mitra"),
                may_be_empty=True,
            ),
            Choice(
                name="required",
                label=_("Kunjungan"),
                value="is_required",
                words={True: _("Wajib"), False: _("Tidak wajib")},
            ),
            *SINCE_AND_SOURCE,
        ),
        is_fixed=True,
    )
)
register(
    ReferenceList(
        "visit_questions",
        VisitQuestion,
        VisitQuestionForm,
        "partners.manage_field",
        title=_("Pertanyaan kunjungan lapangan"),
        lead=_("Yang dilihat petugas di tempat mitra dan ditulisnya dengan singkat."),
        add=_("Tambah pertanyaan"),
        columns=(
            Listed(name="text", label=_("Pertanyaan"), value="text"),
            *OF_WHOM_AND_WHEN,
        ),
    )
)
