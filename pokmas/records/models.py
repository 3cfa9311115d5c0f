"""Words that names hold, by which a slip is put right; and marks that pass."""

import pgtrigger
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.utils.translation import gettext_lazy as _

from pokmas.records.lines import LineField

SHORTEST, LONGEST = 4, 20


class Word(models.Model):
    """A word that some name or title on record holds, in capitals; letters alone.

    It says nothing of where it stands: what a person finds by it is only what he may
    see. Two transactions may write the same new word; neither waits for the other.
    """

    word = LineField(_("kata"), max_length=LONGEST)

    class Meta:
        verbose_name = _("kata")
        indexes = [
            models.Index(fields=["word"], name="words"),
            GinIndex(
                OpClass("word", name="gin_trgm_ops"),
                name="words_by_part",
                fastupdate=False,
            ),
        ]

    def __str__(self):
        return self.word


class Mark(models.Model):
    """Something kept until a moment; see marks.py."""

    key = LineField(_("kunci"), max_length=64, primary_key=True)
    value = models.JSONField(_("nilai"))
    until = models.DateTimeField(_("sampai"), db_index=True)

    class Meta:
        verbose_name = _("tanda sementara")

    def __str__(self):
        return self.key


def remembers(*columns: str) -> pgtrigger.Trigger:
    """The trigger of a table whose names are searched: their words are kept here."""
    text = " || ' ' || ".join(f"NEW.{name}" for name in columns)
    known = "SELECT FROM records_word known WHERE known.word = found.word"
    return pgtrigger.Trigger(
        name="remembers_words",
        operation=pgtrigger.Insert | pgtrigger.UpdateOf(*columns),
        when=pgtrigger.After,
        func=f"""
            INSERT INTO records_word (word)
            SELECT DISTINCT found.word FROM
                regexp_split_to_table(UPPER({text}), '[^[:alpha:]]+') AS found (word)
            WHERE LENGTH(found.word) BETWEEN {SHORTEST} AND {LONGEST}
                AND NOT EXISTS ({known});
            RETURN NULL;
        """,  # noqa: S608 - the columns are named in models
    )
