"""By how many people texts are reviewed, as headquarters sees it."""

from django.utils.translation import gettext_lazy as _

from agreements.review.forms import ReviewRuleForm
from agreements.review.models import ReviewRule
from pokmas.lists.columns import Choice
from pokmas.reference.lists import ReferenceList, register
from pokmas.rules.columns import OF_OFFICE, SINCE_AND_SOURCE

register(
    ReferenceList(
        "review_rules",
        ReviewRule,
        ReviewRuleForm,
        "agreements.manage_review",
        title=_("Telaah naskah oleh satu atau dua orang"),
        lead=_(
            "Di mana isi serta naskah dan administrasi ditelaah dua orang. Ketentuan "
            "kantor terdekat didahulukan. Tanpa ketentuan, satu orang menelaah "
            "keduanya. Yang dihitung ketentuan pada hari naskah diajukan."
        ),
        add=_("Tetapkan ketentuan baru"),
        columns=(
            OF_OFFICE,
            Choice(
                name="by_two",
                label=_("Ditelaah"),
                value="is_by_two",
                words={True: _("Dua orang"), False: _("Satu orang")},
            ),
            *SINCE_AND_SOURCE,
        ),
        is_fixed=True,
    )
)
