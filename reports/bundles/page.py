"""The pages of the action plan's evidence: what stands there for its reader."""

from django.utils.functional import cached_property

from pokmas.accounts.models import User
from pokmas.documents.models import IssuedDocument
from pokmas.jobs.models import Job
from pokmas.offices.models import Office
from pokmas.papers.kinds import PAPERS, Panel
from pokmas.words.language import in_readers_words
from reports.bundles.gathering import Gathering, Piece, Shown, Source
from reports.bundles.models import PlanFile, PlanItem
from reports.bundles.services import BUNDLE, KEEP, may_add, why_not
from reports.figures.periods import Period
from reports.indicators.models import Indicator
from reports.targets.asked import Asked

# So many are named on the page; the bundle holds all of them.
SHOWN = 50


class Index(Asked):
    """Every item of an office in a period."""

    route = "reports:bundles"

    def __init__(self, office: Office, period: Period, user: User):
        super().__init__(office, period, user)
        self.gathering = Gathering(office, period, user)

    @property
    def rows(self) -> list[tuple[str, str, Shown]]:
        return [
            (
                in_readers_words(indicator.name),
                self.item_address(indicator.code),
                self.gathering.of(indicator),
            )
            for indicator in self.gathering.indicators
        ]

    def item_address(self, code: str) -> str:
        return self.address("reports:bundle", code=code)

    @property
    def below(self) -> list[tuple[str, str]]:
        """The offices below it, by name."""
        return [
            (each.name, self.address(office=each.pk))
            for each in self.gathering.below
            if each.is_active
        ]


class Item(Asked):
    """One of them: gaps first, then the files there are, and its bundles."""

    route = "reports:bundle"

    def __init__(
        self, gathering: Gathering, indicator: Indicator, item: PlanItem | None
    ):
        super().__init__(gathering.office, gathering.period, gathering.user)
        self.gathering, self.indicator, self.item = gathering, indicator, item

    def address(self, route: str = "", /, **asked) -> str:
        return super().address(route, code=self.indicator.code, **asked)

    @property
    def list_url(self) -> str:
        return super().address("reports:bundles")

    @property
    def targets_url(self) -> str:
        return super().address("reports:targets", open=self.indicator.code)

    @property
    def add_url(self) -> str:
        return self.address("reports:bundle_add")

    @property
    def make_url(self) -> str:
        return self.address("reports:bundle_make")

    @property
    def name(self) -> str:
        return in_readers_words(self.indicator.name)

    @property
    def is_begun(self) -> bool:
        return self.period.first <= self.office.today

    @property
    def may_add(self) -> bool:
        return self.is_begun and may_add(self.user, self.office)

    @cached_property
    def shown(self) -> Shown:
        return self.gathering.of(self.indicator)

    @property
    def first(self) -> list[tuple[Piece, PlanFile | None]]:
        """Each with its own row, if it may be removed here."""
        return [
            (piece, self.own.get(piece.file.pk) if piece.source == Source.OWN else None)
            for piece in self.shown.pieces[:SHOWN]
        ]

    @property
    def gaps(self):
        return self.shown.gaps[:SHOWN]

    @property
    def more_gaps(self) -> int:
        return max(len(self.shown.gaps) - SHOWN, 0)

    @property
    def more(self) -> int:
        return max(len(self.shown.pieces) - SHOWN, 0)

    # Its bundles

    @cached_property
    def versions(self) -> list[IssuedDocument]:
        """The newest first."""
        if self.item is None:
            return []
        rows = IssuedDocument.objects.of(self.item).filter(kind=BUNDLE)
        return list(rows.select_related("job", "office").order_by("-version"))

    @property
    def older(self) -> list[IssuedDocument]:
        return [each for each in self.versions[1:] if each.package]

    @property
    def refusal(self) -> str:
        return why_not(self.shown)

    @property
    def may_make(self) -> bool:
        """Not while one is made, or waits to be tried again."""
        is_settled = not self.versions or self.versions[0].job.state == Job.State.DONE
        return self.user.has_perm(KEEP) and is_settled

    @property
    def panel(self) -> Panel | None:
        if not self.versions:
            return None
        return Panel(PAPERS[BUNDLE], self.item, self.versions[0], self.may_make)

    @cached_property
    def own(self) -> dict[int, PlanFile]:
        """What may be removed here, by its file."""
        if self.item is None or not self.may_add:
            return {}
        rows = self.gathering.own_files
        return {row.document_id: row for row in rows if row.item_id == self.item.pk}
