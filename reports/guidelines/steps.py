"""A guideline from its draft to its readers, and to its end."""

from django.contrib.contenttypes.models import ContentType
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from pokmas.accounts.roles import OF_PARTNERS, Role
from pokmas.forms.base import ReasonForm
from pokmas.notices.models import Notice
from pokmas.offices.models import office_today
from pokmas.records.steps import Step, Turn, When
from reports.guidelines import services
from reports.guidelines.models import ACKNOWLEDGE, PUBLISH, WRITE, Guideline

Status = Guideline.Status

# None asks for rows or records whoever looks.
OF_OWN_OFFICE = When(
    rows=lambda user: Q() if user is None else Q(office=user.acting.office_id),
    holds=lambda guideline, user: (
        user is None or guideline.office_id == user.acting.office_id
    ),
    refusal=_("Pedoman ini diterbitkan kantor lain."),
    suits=lambda guideline, role: (
        (role == Role.HEADQUARTERS) == (guideline.region_id is None)
    ),
)
HAS_NO_NEXT = When(
    rows=lambda user: Q(
        ~Exists(Guideline.objects.filter(previous=OuterRef("pk"), status=Status.DRAFT))
    ),
    holds=None,
    refusal=_("Versi barunya sudah disusun: lihat pada daftar Pedoman."),
)


def _is_reminded_today(user) -> Q:
    """Or will be in a minute: its publisher's own day, who alone reminds."""
    day = user.acting.office.today if user else timezone.localdate()
    told = Notice.objects.filter(
        about_type=ContentType.objects.get_for_model(Guideline),
        about_id=OuterRef("pk"),
        kind="guideline.reminder",
        key__endswith=f":{day:%Y-%m-%d}",
    )
    return Q(Exists(told)) | Q(told_at=None) | Q(told_at__lt=F("news_at"))


NOT_ASKED_TODAY = When(
    rows=lambda user: Q(published_on__lt=office_today()) & ~_is_reminded_today(user),
    holds=None,
    refusal=_("Hari ini pembacanya sudah diberi tahu; ingatkan lagi besok."),
)


def _addressed(user) -> tuple:
    if user.acting.role in OF_PARTNERS:
        return Guideline.FOR_PARTNERS
    return () if user.acting.office.is_wide else Guideline.FOR_UNITS


IS_ADDRESSED = When(
    rows=lambda user: Q() if user is None else Q(audience__in=_addressed(user)),
    holds=lambda guideline, user: (
        user is None or guideline.audience in _addressed(user)
    ),
    refusal=_("Pedoman ini tidak ditujukan kepada Anda."),
)
IS_UNREAD = When(
    rows=lambda user: (
        Q()
        if user is None
        else Q(pk__in=Guideline.objects.unread_by(user).order_by().values("pk"))
    ),
    holds=None,
    refusal=_("Anda sudah menyatakan membaca versi ini; cukup sekali."),
)

Guideline.STEPS.add(
    Step(
        "acknowledge",
        at={Status.PUBLISHED},
        permission=ACKNOWLEDGE,
        service=services.acknowledge,
        label=_("Sudah saya baca dan pahami"),
        question=_("Nyatakan sudah membaca dan memahami pedoman ini?"),
        warning=_("Nama Anda dan waktunya dicatat dan dilihat penerbitnya."),
        done=_("Tercatat: Anda sudah membaca dan memahami pedoman ini."),
        icon="check",
        is_main=True,
        for_partner=True,
        when=(IS_ADDRESSED, IS_UNREAD),
    ),
    Step(
        "publish",
        to=Status.PUBLISHED,
        permission=PUBLISH,
        service=services.publish,
        label=_("Terbitkan"),
        question=_("Terbitkan pedoman ini?"),
        warning=_(
            "Yang harus membacanya diberi tahu, dan isinya tidak dapat diubah lagi; "
            "perubahan menjadi versi baru."
        ),
        done=_("Pedoman diterbitkan; yang harus membacanya segera diberi tahu."),
        when=(OF_OWN_OFFICE,),
        turns={Status.DRAFT: Turn(_("Periksa naskahnya, lalu terbitkan"), 7)},
    ),
    Step(
        "change",
        at={Status.DRAFT},
        permission=WRITE,
        label=_("Ubah draf"),
        is_beside=True,
        when=(OF_OWN_OFFICE,),
    ),
    Step(
        "remind",
        at={Status.PUBLISHED},
        permission=PUBLISH,
        service=services.remind,
        label=_("Ingatkan yang belum membaca"),
        question=_("Ingatkan semua yang belum membaca?"),
        warning=_("Paling banyak sekali sehari."),
        done=_("Yang belum membaca segera diingatkan."),
        icon="bell",
        when=(OF_OWN_OFFICE, NOT_ASKED_TODAY),
    ),
    Step(
        "revise",
        at={Status.PUBLISHED},
        permission=WRITE,
        label=_("Susun versi baru"),
        icon="edit",
        when=(OF_OWN_OFFICE, HAS_NO_NEXT),
    ),
    Step(
        "withdraw",
        to=Status.WITHDRAWN,
        permission=PUBLISH,
        service=services.withdraw,
        form=ReasonForm,
        label=_("Cabut pedoman"),
        done=_("Pedoman dicabut; yang harus membacanya segera diberi tahu."),
        needs_reason=True,
        is_danger=True,
        when=(OF_OWN_OFFICE,),
    ),
    Step(
        "discard",
        to=Status.DISCARDED,
        permission=WRITE,
        service=services.discard,
        label=_("Buang draf"),
        question=_("Buang draf ini?"),
        warning=_("Draf tidak dapat diterbitkan lagi."),
        done=_("Draf dibuang."),
        is_danger=True,
        when=(OF_OWN_OFFICE,),
    ),
)
