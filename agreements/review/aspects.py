"""What of a submitted text was judged already, and what is left for another person."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.db.models import DateField, Exists, F, Func, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agreements.register.models import Agreement
from agreements.review.models import Review, ReviewRule
from agreements.texts.models import TextVersion
from pokmas.records.lifecycle import KNOWN
from pokmas.records.steps import Reckoned, When

Aspect = Review.Aspect
REVIEW_DAYS = 5
_GIVEN, _BY_TWO = f"{KNOWN}reviews", f"{KNOWN}by_two"


def given(agreement: Agreement) -> list[Review]:
    """The verdicts on this submission that let it go on; asked once, and again after
    `lock`."""
    rows = agreement.reviews.filter(
        verdict=Review.Verdict.READY, reviewed_at__gte=agreement.status_since
    )
    return agreement.once(_GIVEN, lambda: list(rows.select_related("reviewed_by")))


def remember(agreement: Agreement, reviews: Iterable[Review]) -> None:
    """All reviews of it are at hand: those of this submission need not be asked for."""
    agreement.__dict__[_GIVEN] = [
        each
        for each in reviews
        if each.verdict == Review.Verdict.READY
        and each.reviewed_at >= agreement.status_since
    ]


def forget(agreement: Agreement) -> None:
    """Another verdict was written: ask again."""
    agreement.__dict__.pop(_GIVEN, None)


def left(agreement: Agreement) -> list[str]:
    """The aspects without a verdict: one of two, both, or the whole at once."""
    done = {each.aspect for each in given(agreement)}
    if done:
        return [each for each in Review.HALVES if each not in done]
    return list(Review.HALVES) if _is_by_two(agreement) else [Aspect.WHOLE]


def _is_by_two(agreement: Agreement) -> bool:
    """By the rule of the day on which it was submitted; asked once."""
    known = agreement.__dict__
    if _BY_TWO not in known:
        day = timezone.localdate(agreement.status_since, agreement.office.tzinfo)
        known[_BY_TWO] = ReviewRule.objects.asks_two(agreement.office, day)
    return known[_BY_TWO]


def _given_rows(**more):
    return Review.objects.filter(
        agreement=OuterRef("pk"),
        verdict=Review.Verdict.READY,
        reviewed_at__gte=OuterRef("status_since"),
        **more,
    )


def _left_over(aspect: str) -> When:
    """The other one was judged, and this one alone is left."""
    [other] = [each for each in Review.HALVES if each != aspect]
    return When(
        rows=lambda user: Q(Exists(_given_rows(aspect=other))),
        holds=lambda agreement, user: other in {x.aspect for x in given(agreement)},
        refusal=_("Bagian naskah ini tidak sedang menunggu telaah."),
    )


UNJUDGED = When(
    rows=lambda user: ~Q(Exists(_given_rows())),
    holds=lambda agreement, user: not given(agreement),
    refusal=_("Sebagian naskah ini sudah ditelaah; telaah bagian yang tersisa."),
)
SUBSTANCE_LEFT = _left_over(Aspect.SUBSTANCE)
FORMALITY_LEFT = _left_over(Aspect.FORMALITY)
BY_ANOTHER = When(
    rows=lambda user: ~Q(Exists(_given_rows(reviewed_by=user))),
    holds=lambda agreement, user: (
        user is None or user.pk not in {x.reviewed_by_id for x in given(agreement)}
    ),
    refusal=_(
        "Langkah ini harus dilakukan orang lain: Anda sudah menelaah bagian lainnya."
    ),
)
NOT_ITS_WRITER = When(
    rows=lambda user: (
        ~Q(
            Exists(
                TextVersion.objects.filter(agreement=OuterRef("pk"), created_by=user)
            )
        )
    ),
    holds=None,
    refusal=_("Langkah ini harus dilakukan orang lain: Anda ikut menyusun naskahnya."),
)
# Half a review is due when the whole is.
LAST_DAY = Reckoned(
    lambda: Func(
        F("status_since"),
        template=f"((%(expressions)s)::date + {REVIEW_DAYS})",
        output_field=DateField(),
    ),
    lambda agreement: _last_day_of(agreement),
)


def _last_day_of(agreement: Agreement) -> date:
    until = agreement.status_since + timedelta(days=REVIEW_DAYS)
    return timezone.localdate(until, agreement.office.tzinfo)
