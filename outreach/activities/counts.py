"""How many people an activity served."""

import pghistory
import pgtrigger
from django.db import models
from django.utils.translation import gettext_lazy as _

from pokmas.audit.history import looked_up_by

MOST_PEOPLE = 100_000
LOCKED_IS_FINAL = """
                    activity := CASE TG_OP WHEN 'INSERT' THEN NEW.activity_id
                                           ELSE OLD.activity_id END;
                    IF EXISTS (SELECT FROM outreach_activity
                               WHERE id = activity AND status = 'locked') THEN
                        RAISE EXCEPTION 'figures of a locked activity are final';
                    END IF;
                    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
                """


def final_when_locked() -> pgtrigger.Trigger:
    """For a table of figures of activities: a locked activity keeps them."""
    return pgtrigger.Trigger(
        name="locked_is_final",
        operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
        when=pgtrigger.Before,
        declare=[("activity", "bigint")],
        func=LOCKED_IS_FINAL,
    )


@pghistory.track(meta=looked_up_by("activity"))
class BeneficiaryCount(models.Model):
    """How many people of one category and sex were served; counts only, no names."""

    class Category(models.TextChoices):
        ADULT_CLIENT = "adult_client", _("Klien dewasa")
        CHILD_CLIENT = "child_client", _("Klien anak")
        CONVICT = "convict", _("Narapidana")
        CHILD = "child", _("Anak Binaan")
        DETAINEE = "detainee", _("Tahanan")
        FAMILY = "family", _("Keluarga")
        PUBLIC = "public", _("Masyarakat umum")

    class Sex(models.TextChoices):
        MALE = "male", _("Laki-laki")
        FEMALE = "female", _("Perempuan")

    activity = models.ForeignKey(
        "outreach.Activity", models.CASCADE, related_name="counts"
    )
    category = models.CharField(_("kelompok penerima"), max_length=12, choices=Category)
    sex = models.CharField(_("jenis kelamin"), max_length=6, choices=Sex)
    number = models.PositiveIntegerField(_("jumlah"))

    class Meta:
        ordering = ["activity", "category", "sex"]
        verbose_name = _("penerima manfaat")
        constraints = [
            models.UniqueConstraint(
                fields=["activity", "category", "sex"], name="one_count_per_category"
            )
        ]
        triggers = [final_when_locked()]

    def __str__(self):
        return f"{self.get_category_display()} {self.get_sex_display()}: {self.number}"
