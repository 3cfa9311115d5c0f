"""What officers answer about a partner: asked of some kinds, for some time."""

from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Upper
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from partners.kinds.models import PartnerKind
from pokmas.records.lines import LineField
from pokmas.reference.models import Reference, ReferenceQuerySet
from pokmas.words.language import in_readers_words

FROM_TOMORROW = _(
    "Berlaku paling cepat besok: pemeriksaan yang sudah berjalan tetap memakai "
    "pertanyaannya."
)


class QuestionQuerySet(ReferenceQuerySet):
    def asked_of(self, partnership):
        """What an examination of it asks: what held on the day it began."""
        day = partnership.examined_as_of
        return self.filter(
            Q(kinds=[]) | Q(kinds__contains=[partnership.partner.kind_id]),
            Q(valid_from=None) | Q(valid_from__lte=day),
            Q(valid_until=None) | Q(valid_until__gte=day),
        )


class Question(Reference):
    """One question; its answers are found by its `ANSWERS`.

    An examination that has begun keeps its questions, so what is in force is not
    changed: it ends on a day, and another begins.
    """

    SAID = "text"
    ANSWERS = "answers"
    # What is asked; all else of it may change at any time.
    ASKED = ("text", "kinds", "valid_from")

    text = LineField(_("pertanyaan"), max_length=200)
    # Codes of the kinds of partner; all kinds are asked if there are none.
    kinds = ArrayField(
        LineField(max_length=20),
        verbose_name=_("ditanyakan kepada"),
        default=list,
        blank=True,
    )
    valid_from = models.DateField(_("berlaku sejak"), null=True, blank=True)
    valid_until = models.DateField(_("berlaku sampai"), null=True, blank=True)
    order = models.PositiveSmallIntegerField(_("urutan"), default=0)

    objects = QuestionQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(
                Upper("text"),
                name="%(class)s_once",
                violation_error_message=_("Pertanyaan ini sudah ada dalam daftar."),
            ),
            models.CheckConstraint(
                condition=Q(valid_until=None)
                | Q(valid_from=None)
                | Q(valid_until__gte=F("valid_from")),
                name="%(class)s_dates_in_order",
                violation_error_message=_("Tanggal akhir sebelum tanggal mulai."),
            ),
        ]

    def get_kinds_display(self):
        if not self.kinds:
            return str(_("Semua jenis mitra"))
        names = PartnerKind.objects.filter(code__in=self.kinds)
        return ", ".join(in_readers_words(kind.name) for kind in names)

    @property
    def is_in_force(self) -> bool:
        """Whether an examination may have begun that asks it."""
        return self.valid_from is None or self.valid_from <= timezone.localdate()

    def clean(self):
        if self._state.adding and self.valid_from and self.is_in_force:
            raise ValidationError({"valid_from": FROM_TOMORROW})

    def refuse_change(self, before):
        """Neither old answers nor an examination that runs get another question."""
        today = timezone.localdate()
        if before.is_in_force:
            for name in self.ASKED:
                if getattr(before, name) != getattr(self, name):
                    raise ValidationError({name: before.why_fixed})
        elif self.valid_from is None or self.is_in_force:
            raise ValidationError({"valid_from": FROM_TOMORROW})
        moved = before.valid_until != self.valid_until
        if moved and self.valid_until and self.valid_until < today:
            raise ValidationError(
                {
                    "valid_until": _(
                        "Pemeriksaan yang berjalan memakainya sampai hari ini."
                    )
                }
            )

    @property
    def why_fixed(self):
        """Why it is not changed any more, in words."""
        if getattr(self, self.ANSWERS).exists():
            return _(
                "Pertanyaan ini sudah pernah dijawab. Isi tanggal akhirnya, lalu "
                "tambahkan yang baru."
            )
        return _(
            "Pertanyaan ini sudah berlaku. Isi tanggal akhirnya, lalu tambahkan yang "
            "baru."
        )

    def refuse_archiving(self):
        if self.valid_until is None or self.valid_until >= timezone.localdate():
            raise ValidationError(
                _(
                    "Pertanyaan ini masih berlaku. Isi dahulu tanggal akhirnya; "
                    "setelah tanggal itu dapat diarsipkan."
                )
            )
