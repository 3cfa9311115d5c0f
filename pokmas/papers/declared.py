"""A paper of what somebody declared: word by word, by whom and when, with its code.

    @register
    class VolunteersPromise(DeclarationPaper):
        kind = "partners.promise"
        label = gettext_lazy("Janji Sahabat")
        title = "Janji Sahabat Pemasyarakatan"
        model = Volunteer
        asked = "volunteer.promise_printed"
        ready = gettext_lazy("Naskah janji %(name)s siap diunduh")

        def revision(self, volunteer): …
        def said(self, volunteer): …

The service that takes the declaration asks for it in the same transaction, with
`papers.ask`; on the owner's page it stands as a panel, like every paper.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import models
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pokmas.papers.blocks import Content, Facts, Heading, Paragraph, Title
from pokmas.papers.kinds import Identity, Paper
from pokmas.words import dates


@dataclass(frozen=True)
class Statement:
    """A text that was answered, in the wording in force since that day."""

    title: str
    text: str
    valid_from: date
    answer: str


@dataclass(frozen=True)
class Declared:
    """All that was answered at once; `by` says in lines who did so."""

    holder: str
    by: Sequence[str]
    at: datetime
    statements: Sequence[Statement]
    # Whom and what it concerns, above the statements; and the number of the record.
    about: Sequence[tuple[str, Sequence[str]]] = ()
    number: str = ""


class DeclarationPaper(Paper):
    """Final for what was declared: declaring again gives another, in its place."""

    # Of the paper, which is Indonesian for every reader.
    title: str
    about = gettext_lazy(
        "Yang dinyatakan, kata demi kata, beserta siapa dan kapan; siapa pun dapat "
        "memeriksa keasliannya dengan kodenya."
    )

    def revision(self, owner: models.Model) -> int:
        """Grows whenever it is declared anew; 0 as long as nothing was."""
        raise NotImplementedError

    def said(self, owner: models.Model) -> Declared:
        """What was declared last, in words that never change."""
        raise NotImplementedError

    def refusal(self, owner):
        return None if self.revision(owner) else _("Belum ada yang dinyatakan.")

    def serves(self, issued, owner):
        return issued.owner_revision == self.revision(owner)

    def word(self, owner, content, issued):
        """None: nobody works on what was declared."""
        return b""

    def identity(self, owner):
        said = self.said(owner)
        return Identity(
            title=Truncator(f"{self.title}: {said.holder}").chars(200),
            holder=said.holder,
            number=said.number,
        )

    def content(self, owner, issued):
        said = self.said(owner)
        blocks = [
            Title(self.title, [said.holder]),
            Facts(
                [
                    *said.about,
                    (_("Dinyatakan oleh"), said.by),
                    (_("Pada"), [dates.date_time(said.at)]),
                ]
            ),
        ]
        for each in said.statements:
            day = {"day": dates.date_long(each.valid_from)}
            blocks += [
                Heading(each.title, 3),
                Paragraph(each.text, "long-text"),
                Facts(
                    [
                        (_("Jawaban"), [each.answer]),
                        (_("Naskah"), [_("berlaku sejak %(day)s") % day]),
                    ]
                ),
            ]
        words = _(
            "Dinyatakan di dalam portal, dengan akun yang alamat surelnya sudah "
            "dipastikan. Naskah yang diganti kemudian tidak mengubah pernyataan ini."
        )
        return Content([*blocks, Paragraph(words, "quiet")], is_compact=True)
