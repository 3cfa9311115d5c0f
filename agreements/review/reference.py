"""By how many people texts are reviewed, as headquarters sees it."""

from django.utils.translation import gettext_lazy as _

from agreements.review.forms import ReviewRuleForm
from agreements.review.models import ReviewRule
from pokmas.lists.columns import Choice, Column, Day
from pokmas.reference.lists import ReferenceList, register

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
            Column(
                name="office",
                label=_("Kantor"),
                value="office__name",
                empty=_("Semua kantor"),
                may_be_empty=True,
            ),
            Choice(
                name="by_two",
                label=_("Ditelaah"),
                value="is_by_two",
                words={True: _("Dua orang"), False: _("Satu orang")},
            ),
            Day(name="since", label=_("Berlaku sejak"), value="valid_from"),
            Column(name="source", label=_("Dasar"), value="source"),
        ),
        is_fixed=True,
    )
)
