"""Rows that belong to an office, and who may see them."""

import pgtrigger
from django.db import models
from django.utils.translation import gettext_lazy as _

from pokmas.offices.models.offices import Office


class OfficeScopedQuerySet(models.QuerySet):
    """Rows that belong to an office: which of them a person may see."""

    def under(self, office):
        """Rows of `office` and of every office below it, by one indexed column."""
        if office.level == Office.Level.HEADQUARTERS:
            return self.all()
        if office.level == Office.Level.REGIONAL:
            return self.filter(region_id=office.pk)
        return self.filter(office_id__in=office.branch_ids)

    def visible_to(self, user):
        """The first call of every query for a person; what it leaves out is a 404."""
        acting = getattr(user, "acting", None)
        if acting is None:
            return self.none()
        if acting.is_community:
            return self.belonging_to(user)
        return self.under(acting.office)

    def belonging_to(self, user):
        """Rows a partner or volunteer may see: none, unless the model says which."""
        return self.none()

    def unfinished(self):
        """Rows with a step still ahead; they go to the successor of a merged office.

        A model that must stay where it was made says so by returning none().
        """
        transitions = getattr(self.model, "TRANSITIONS", {})
        over = getattr(self.model, "OVER", ())
        left = [at for at, after in transitions.items() if after and at not in over]
        return self.filter(status__in=left) if transitions else self.none()

    def clashing_with(self, office):
        """Of these rows those that `office` has already; a model says of what it has
        only one at an office."""
        return self.none()

    def unsettled(self):
        """Rows for whose sake an office without a successor is not closed."""
        return self.unfinished()


def region_key() -> models.ForeignKey:
    """The region of a row's office, which the database keeps."""
    return models.ForeignKey(
        Office,
        models.PROTECT,
        null=True,
        related_name="+",
        editable=False,
        db_constraint=False,
    )


class OfficeScoped(models.Model):
    """A row of an office. `region` is kept by a trigger and a composite foreign key.

    The foreign key (office, region) follows an office that moves to another Kanwil.
    It is added in the app's migration by `pokmas.offices.operations.keep_region`.
    """

    office = models.ForeignKey(
        Office, models.PROTECT, related_name="+", verbose_name=_("unit")
    )
    region = region_key()

    class Meta:
        abstract = True
        triggers = [
            pgtrigger.Trigger(
                name="region_of_office",
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("office_id"),
                when=pgtrigger.Before,
                func="""
                    NEW.region_id := (SELECT region_id FROM offices_office
                                      WHERE id = NEW.office_id);
                    RETURN NEW;
                """,
            )
        ]
