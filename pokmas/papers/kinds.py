"""What kinds of paper there are: each is a class, said by the room it belongs to.

    # agreements/extracts/papers.py
    @register
    class AgreementExtract(Paper):
        kind = "agreements.extract"
        label = _("Ringkasan kerja sama")
        model = Agreement

        def identity(self, agreement): …
        def content(self, agreement, issued): …

`pokmas.papers.services` asks for such a paper, makes it and withdraws it.
"""

from dataclasses import dataclass
from datetime import date

from django.core.files import File
from django.db import models
from django.utils.functional import Promise

from pokmas.accounts.models import User
from pokmas.documents.models import KINDS, IssuedDocument
from pokmas.jobs.models import Job
from pokmas.papers.blocks import Content
from pokmas.papers.word import word_of


@dataclass(frozen=True)
class Identity:
    """What the paper is, for the check page behind its QR: final once it is issued."""

    title: str
    holder: str
    number: str = ""
    period: str = ""
    valid_until: date | None = None


class Paper:
    """A kind of paper about a record of one model, its owner."""

    # Also the name of its background work, such as agreements.extract.
    kind: str
    label: str | Promise
    model: type[models.Model]
    # What it is for, beside the button that asks for it on the owner's page; and what
    # the trail of the owner calls that. "" where the room's own verbs ask for it.
    about: str | Promise = ""
    asked: str = ""
    # Who asked is told so, with %(name)s of the owner.
    ready: str | Promise
    # Whether it is valid as soon as it is made; else somebody approves it later.
    at_once: bool = True
    # Whether it is made to be worked on and signed elsewhere: without code and QR,
    # marked as a draft, and never valid. What becomes of it comes back as a file.
    is_draft: bool = False
    # Of those, what is signed as it stands: its content is clean, too.
    is_clean: bool = False

    @property
    def permission(self) -> str:
        """Who may see the owner may ask."""
        return f"{self.model._meta.app_label}.view_{self.model._meta.model_name}"

    @property
    def anchor(self) -> str:
        return f"paper-{self.kind.replace('.', '-')}"

    def rows(self) -> models.QuerySet:
        """The owners, with whatever `content` reads of them."""
        return self.model._default_manager.all()

    def refusal(self, owner: models.Model) -> str | Promise | None:
        """Why the paper cannot be asked for now, in words; None if it can."""

    def awaits(self, owner: models.Model) -> str | Promise:
        """When it can be asked for, where that is only a matter of time."""
        return ""

    def address(self, owner: models.Model) -> str:
        """Where it is asked for: its place on the owner's page."""
        page = owner.get_absolute_url()
        return f"{page}#{self.anchor}" if self.asked and "#" not in page else page

    def revision(self, owner: models.Model) -> int:
        """Grows whenever something that the paper prints of the owner may change."""
        return owner.revision

    def serves(self, issued: IssuedDocument, owner: models.Model) -> bool:
        """Whether asking again gives this very paper instead of a new one.

        Of a draft there may always be another: what it is made of may stand elsewhere.
        """
        if self.is_draft:
            return issued.job is not None and issued.job.state != Job.State.DONE
        revision = self.revision(owner)
        return (issued.owner_revision, issued.office_id) == (revision, owner.office_id)

    def identity(self, owner: models.Model) -> Identity:
        raise NotImplementedError

    def content(self, owner: models.Model, issued: IssuedDocument) -> Content:
        raise NotImplementedError

    def word(self, owner: models.Model, content: Content, issued: IssuedDocument):
        """Its Word file, as bytes."""
        return word_of(content, issued)

    def package(
        self, owner: models.Model, content: Content, issued: IssuedDocument, pdf: bytes
    ) -> File | None:
        """The ZIP of what it lists, if it is an index of files."""

    def payload(self, owner: models.Model) -> dict:
        """What else is settled when it is asked for, kept with the work."""
        return {}

    def note(self, issued: IssuedDocument) -> str:
        """What is special about this one, beside its files."""
        return ""

    def is_wanted(self, issued: IssuedDocument, owner: models.Model) -> bool:
        """Whether the finished paper still says what holds; asked under the lock."""
        return issued.owner_revision == self.revision(owner)

    def keep(
        self, issued: IssuedDocument, owner: models.Model, content: Content
    ) -> None:
        """Write down on the owner what it keeps of the paper."""

    def latest(self, owner: models.Model) -> IssuedDocument | None:
        papers = IssuedDocument.objects.of(owner).filter(kind=self.kind)
        return papers.select_related("job", "office").order_by("-version").first()


# kind → paper; filled by @register in the rooms' papers.py.
PAPERS: dict[str, Paper] = {}


def register(paper: type[Paper]) -> type[Paper]:
    PAPERS[paper.kind] = paper()
    KINDS[paper.kind] = paper.label
    return paper


@dataclass(frozen=True)
class Panel:
    """What the owner's page shows of a kind of paper, and offers."""

    paper: Paper
    owner: models.Model
    issued: IssuedDocument | None
    may_ask: bool

    @property
    def awaits(self) -> str | Promise:
        return "" if self.issued or self.may_ask else self.paper.awaits(self.owner)

    @property
    def note(self) -> str:
        return self.paper.note(self.issued) if self.issued else ""

    @property
    def is_shown(self) -> bool:
        if self.paper.is_draft and self.paper.refusal(self.owner):
            is_made = self.issued and self.issued.is_given_out
            return bool(self.awaits or is_made)
        return bool(self.issued or self.may_ask or self.awaits)


def panels(owner: models.Model, user: User) -> list[Panel]:
    """The kinds that `user` may ask for on the owner's page, as they stand.

    Drafts are offered for as long as there is use for them; once made, they stay.
    """
    found = [panel_of(paper, owner) for paper in _asked_of(owner, user)]
    return [panel for panel in found if panel.is_shown]


def has_drafts(owner: models.Model, user: User) -> bool:
    """Whether `user` may ask for a draft now or soon; nothing is read for it."""
    return any(
        not paper.refusal(owner) or paper.awaits(owner)
        for paper in _asked_of(owner, user)
        if paper.is_draft
    )


def has_made(owner: models.Model, user: User) -> bool:
    """Whether there is a paper of a kind that `user` may ask for."""
    kinds = [paper.kind for paper in _asked_of(owner, user)]
    return IssuedDocument.objects.of(owner).filter(kind__in=kinds).exists()


def _asked_of(owner, user):
    return [
        paper
        for paper in PAPERS.values()
        if paper.asked and isinstance(owner, paper.model)
        if user.has_perm(paper.permission)
    ]


def panel_of(paper: Paper, owner: models.Model) -> Panel:
    issued = paper.latest(owner)
    is_served = issued is not None and paper.serves(issued, owner)
    return Panel(paper, owner, issued, not is_served and not paper.refusal(owner))
