"""Between unit and partner: the text is sent, answered, talked about."""

from django.utils.translation import gettext_lazy as _

from agreements.discussion import services
from agreements.discussion.conditions import (
    ASKED,
    CHANGE_ASKED,
    DAYS_TO_TAKE_IN,
    HAS_TEXT,
    LAST_DAY_TO_TAKE_IN,
    MAY_PROPOSE,
    where_it_stands,
)
from agreements.discussion.forms import AnswerForm, AskForm, RecordForm
from agreements.parties.steps import OF_THE_SECOND
from agreements.register.models import Agreement
from pokmas.records.steps import Call, Step, Watch

Status = Agreement.Status
ANSWER = "agreements.answer_text"

Agreement.STEPS.add(
    Step(
        "upload_text",
        at={Status.DRAFT, Status.DISCUSSION},
        permission="agreements.change_agreement",
        label=_("Unggah naskah dari Word"),
        done=_("Naskah tersimpan sebagai versi berikutnya."),
        mends=True,
        leads=lambda agreement: agreement.texts.exists(),
        call=Call(
            _("Masukkan perubahan yang diminta mitra ke naskah, atau balas mitra"),
            CHANGE_ASKED,
            until=LAST_DAY_TO_TAKE_IN,
            days=DAYS_TO_TAKE_IN,
            otherwise=_("Kerja sama tertunda."),
            watch=Watch.REGION,
            mend=_("Ubah naskah menurut catatan, lalu ajukan telaah lagi"),
            because=where_it_stands,
        ),
    ),
    Step(
        "ask_partner",
        at={Status.DISCUSSION},
        permission="agreements.change_agreement",
        service=services.ask,
        form=AskForm,
        label=_("Kirim naskah ke mitra"),
        reads=lambda each: _("Kirim lagi ke mitra") if each.partner_due_by else "",
        button=_("Kirim"),
        cautions=services.what_is_sent,
        is_main=True,
        leads=lambda agreement: agreement.partner_due_by is None,
        when=(HAS_TEXT,),
    ),
    Step(
        "record_answer",
        at={Status.DISCUSSION},
        permission="agreements.change_agreement",
        service=services.record,
        form=RecordForm,
        label=_("Catat jawaban mitra"),
        title=_("Jawaban mitra di luar portal"),
        button=_("Simpan jawaban"),
        done=_("Jawaban mitra tersimpan."),
        when=(HAS_TEXT,),
    ),
    Step(
        "answer_text",
        at={Status.DISCUSSION},
        permission=ANSWER,
        service=services.answer,
        form=AnswerForm,
        label=_("Jawab naskah"),
        button=_("Kirim jawaban"),
        done=_("Jawaban Anda terkirim ke unit."),
        for_partner=True,
        when=(ASKED, HAS_TEXT, OF_THE_SECOND),
        call=Call(
            _("Baca naskah, lalu jawab: setuju atau minta perubahan"),
            ASKED,
            until="partner_due_by",
            days=services.ANSWER_DAYS,
            otherwise=_("Naskah tidak dapat diajukan untuk telaah."),
            watch=Watch.UNIT,
        ),
    ),
    Step(
        "propose_text",
        at={Status.DISCUSSION},
        permission=ANSWER,
        label=_("Usulkan naskah dari Word"),
        done=_("Usulan tersimpan sebagai versi berikutnya dan dikirim ke unit."),
        for_partner=True,
        when=(MAY_PROPOSE, HAS_TEXT, OF_THE_SECOND),
    ),
    Step(
        "comment_text",
        at={Status.DISCUSSION, Status.LEGAL_REVIEW},
        permission="agreements.comment_text",
        label=_("Bahas per Pasal"),
        done=_("Komentar tersimpan."),
        for_partner=True,
        when=(HAS_TEXT,),
    ),
)
