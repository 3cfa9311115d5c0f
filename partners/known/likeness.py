"""Who of the nation is likely the same partner, by name, number, telephone and place.

    alike(described(partnership), …)          of a partner on record
    alike(Described(name="yys soekma"), …)    of what somebody just typed

The database finds whom to look at, each by an index (`partners.registry.keys`); how
much speaks for the same is then weighed here, word by word.
"""

import re
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from functools import partial, reduce
from operator import or_

from django.contrib.postgres.search import TrigramSimilarity
from django.db import connection, transaction
from django.db.models import Case, Exists, OuterRef, Q, QuerySet, When
from django.db.models.functions import Length
from django.utils.translation import gettext_lazy as _

from partners.registry.keys import (
    PlainName,
    kept_forms,
    number_key,
    phone_key,
    tax_key,
)
from partners.registry.models import Partner, Partnership
from pokmas.offices.models import Regency
from pokmas.records.search import MOST, numbers_of

# How alike two names must be to be weighed: of a short one a slip takes more; and how
# many are.
SHORT, SIMILARITY, WEIGHED = 12, (0.5, 0.4), 40
# With fewer letters typed hardly a whole name is alike, but all names with one of their
# trigrams are compared, which costs thirty times what it does to find them as a part.
SHORTEST_ALIKE = 5
# Forms of which `plain_name` has left something, for they are misspelt: “Pondokk”.
MISSPELT = ("IAIASAN", "PERKUMPULAN", "PERHIMPUNAN", "KOPERASI", "PONDOK", "PESANTREN")
# What is read of whoever is weighed.
WEIGHED_BY = (
    *("pk", "name", "plain_name", "plain_leader", "plain_village", "number_key"),
    *("tax_key", "regency_id", "regency__province_id", "regency__name"),
)
# Less of a name or number says nothing.
SHORTEST_NAME, SHORTEST_KEY, SHORTEST_GLUED = 3, 6, 8
# From how much on it is called alike, also while one types, and how many are shown.
ENOUGH, ENOUGH_TYPED, SHOWN = 0.75, 0.65, 10

# What is added to the likeness of the names (0 to 1).
SAME_PHONE, SAME_LEADER = 0.6, 0.25
SAME_VILLAGE, OTHER_VILLAGE, OTHER_HOME = 0.05, -0.05, -0.2
NEXT_DOOR, SAME_PROVINCE, ELSEWHERE = -0.05, -0.3, -0.4
OTHER_FORM, OTHER_TAX_NUMBER = -0.2, -0.3
# Of names that differ by words that say nothing, of which one lacks a word of the
# other, or have each a word of their own.
CLOSE, PART_OF_IT, ANOTHER = 0.95, 0.7, 0.3
# How alike two words are that differ by a slip: short ones, longer ones, whole names.
SLIP, GLUED = (0.85, 0.82), 0.93

# What speaks for the same one; the first two say no more than the name itself.
SAME_NAME, CLOSE_NAME = _("nama sama"), _("nama mirip")
OPEN_SIGNS = (SAME_NAME, CLOSE_NAME)
NUMBER_SIGN, TAX_SIGN = _("nomor badan hukum sama"), _("NPWP sama")
PHONE_SIGN = _("nomor telepon sama")
CERTAIN_SIGNS = (NUMBER_SIGN, TAX_SIGN, PHONE_SIGN)

# Words that a name may have or lack, in the spelling of `plain_name`.
FILLING = frozenset(
    ["DAN", "DI", "DARI", "UNTUK", "INDONESIA", "DAIRA", "WILAIA", "KANTOR", "PUSAT"]
)
_FORMS = {
    "foundation": "YAYASAN|YYS|YAY",
    "association": "PERKUMPULAN|PERHIMPUNAN",
    "company": r"PT|P\.T|PERSEROAN TERBATAS",
    "partnership": r"CV|C\.V",
    "trade": r"UD|U\.D",
    "cooperative": "KOPERASI|KOP|KSP|KSU",
    "legal_aid": "LBH|LEMBAGA BANTUAN HUKUM",
    "training": "LPK|LKP|LEMBAGA PELATIHAN KERJA|LEMBAGA KURSUS DAN PELATIHAN",
    "boarding_school": "PONPES|PONTREN|PP|(PONDOK )?PESANTREN",
    "learning_centre": "PKBM|PUSAT KEGIATAN BELAJAR MASYARAKAT",
}
FORMS = {form: re.compile(rf"\b({words})\b") for form, words in _FORMS.items()}
# A foundation keeps a school, and an association a legal aid post: both names are used.
KEEPERS = {"foundation", "association"}
KEPT = {"boarding_school", "training", "legal_aid", "learning_centre"}


@dataclass(frozen=True)
class Described:
    """What is known of a partner that may be on record already; all may be empty."""

    name: str = ""
    leader_name: str = ""
    phones: tuple[str, ...] = ()
    registration_number: str = ""
    tax_number: str = ""
    regency: Regency | None = None
    village: str = ""
    is_person: bool = False
    pk: int | None = None
    # The last word may still be on its way.
    is_typed: bool = False


@dataclass(frozen=True)
class Likeness:
    """A partner, how much speaks for the same one, and what."""

    partner: Partner
    weight: float
    signs: tuple = ()


@dataclass(frozen=True)
class _Keys:
    """The forms in which the database keeps what is described."""

    name: str
    leader: str
    village: str
    regency: str
    province: str
    number: str
    tax: str
    phones: frozenset[str] = field(default_factory=frozenset)


def described(partnership: Partnership) -> Described:
    """A partner on record, with the telephone that one unit has of it."""
    partner = partnership.partner
    return Described(
        name=partner.name,
        leader_name=partner.leader_name,
        phones=(partnership.phone,),
        registration_number=partner.registration_number,
        tax_number=partner.tax_number,
        regency=partner.regency,
        village=partner.village,
        is_person=partner.kind.is_person,
        pk=partner.pk,
    )


def alike(who: Described, *, viewer) -> list[Likeness]:
    """The likely same ones, the likeliest first.

    Beside those of the viewer's offices all of the nation that some unit approved: what
    is only asked for is seen by whom it concerns. Persons are not found by a name.
    """
    keys = _keys(who)
    with_phone, certain, by_name = _found(keys, is_typed=who.is_typed)
    likely = {}
    for row in _nearest(who, keys, certain | with_phone, by_name):
        weight, signs = _weigh(who, keys, row, has_phone=row.pk in with_phone)
        if weight >= (ENOUGH_TYPED if who.is_typed else ENOUGH):
            likely[row.pk] = weight, signs
    named = [
        Likeness(partner, *likely[partner.pk])
        for partner in _seen_or_known(likely, viewer)
        if _may_be_named(partner, likely[partner.pk][1])
    ]
    named.sort(key=lambda each: (-each.weight, each.partner.pk))
    return named[:SHOWN]


def _keys(who: Described) -> _Keys:
    places = [who.regency.name, who.regency.province.name] if who.regency else ["", ""]
    words = [who.name, who.leader_name, who.village, *places]
    name, leader, village, regency, province, number, tax, *phones = kept_forms(
        *((PlainName, text) for text in words),
        (number_key, who.registration_number),
        (tax_key, who.tax_number),
        *((phone_key, phone) for phone in who.phones),
    )
    long = frozenset(phone for phone in phones if len(phone) >= SHORTEST_KEY)
    return _Keys(name, leader, village, regency, province, number, tax, long)


def _seen_or_known(likely: dict, viewer) -> list[Partner]:
    if not likely:
        return []
    theirs = Partnership.objects.filter(partner=OuterRef("pk"))
    seen = Partnership.objects.visible_to(viewer).filter(partner=OuterRef("pk"))
    partners = (
        Partner.objects.filter(pk__in=likely)
        .order_by()
        .annotate(
            is_seen=Exists(seen),
            is_known=Exists(theirs.exclude(status__in=Partnership.IN_VETTING)),
        )
    )
    return [
        partner
        for partner in partners.select_related("regency__province", "kind")
        if partner.is_seen or partner.is_known
    ]


def _may_be_named(partner: Partner, signs: tuple) -> bool:
    """A person of other offices only to who knows his telephone or a number."""
    if partner.is_seen or not partner.kind.is_person:
        return True
    return any(sign in CERTAIN_SIGNS for sign in signs)


def _nearest(who: Described, keys: _Keys, certain: set[int], by_name: set[int]):
    """Whom to weigh: those found for certain, then the nearest and most alike."""
    certain = sorted(certain - {who.pk})[:WEIGHED]
    first = [Case(When(pk__in=certain, then=0), default=1)] if certain else []
    near = [
        Case(When(regency=who.regency, then=1), default=0).desc(),
        TrigramSimilarity("plain_name", keys.name).desc(),
    ]
    rows = Partner.objects.filter(pk__in={*certain, *by_name} - {who.pk})
    rows = rows.order_by(*first, *near, "pk")[: len(certain) + WEIGHED]
    return rows.values_list(*WEIGHED_BY, named=True)


def _found(keys: _Keys, *, is_typed: bool) -> tuple[set[int], set[int], set[int]]:
    """Those with the same telephone, with the same number, and with a name like it."""
    kinds = _with_the_same(keys)
    if len(keys.name) >= SHORTEST_NAME:
        part = Partner.objects.filter(plain_name__contains=keys.name)
        kinds["name"] = part if is_typed else _alike_in_name(keys)
    found = numbers_of(kinds) if is_typed else _numbers_alike(kinds, keys)
    by_name, with_phone = found.pop("name", []), found.pop("phone", [])
    if is_typed:
        by_name = _so_far(keys, by_name)
    return set(with_phone), set().union(*found.values()), set(by_name)


def _so_far(keys: _Keys, part: list[int]) -> list[int]:
    """Whom the name may mean while it is typed, of those that have it as a part.

    Something common says nothing yet but to names that are hardly longer. What several
    have is no slip: only where few have it names are compared that differ by one.
    """
    is_long = len(keys.name) >= SHORTEST_ALIKE
    if len(part) > MOST:
        return _almost_whole(keys) if is_long else []
    if is_long and len(part) < SHOWN:
        return part + _numbers_alike({"": _alike_in_name(keys)}, keys)[""]
    return part


def _with_the_same(keys: _Keys) -> dict[str, QuerySet]:
    partners, kinds = Partner.objects.order_by(), {}
    if len(keys.number) >= SHORTEST_KEY:
        kinds["number"] = partners.filter(number_key=keys.number)
    if len(keys.tax) >= SHORTEST_KEY:
        kinds["tax"] = partners.filter(tax_key=keys.tax)
    if keys.phones:
        with_phone = Partnership.objects.filter(phone_key__in=keys.phones)
        kinds["phone"] = partners.filter(pk__in=with_phone.values("partner"))
    return kinds


def _alike_in_name(keys: _Keys) -> QuerySet:
    names = {keys.name, _without_misspelt(keys.name)}
    return Partner.objects.filter(
        reduce(or_, (Q(plain_name__trigram_similar=name) for name in names))
    )


def _without_misspelt(name: str) -> str:
    words = name.split()
    rest = [
        word
        for word in words
        if len(word) < len("PONDOK")
        or not any(_is_near(word, form) for form in MISSPELT)
    ]
    return " ".join(rest) or name


def _least(name: str) -> float:
    return SIMILARITY[len(name) < SHORT]


def _almost_whole(keys: _Keys) -> list[int]:
    """Of many names that contain it those that are hardly longer, shortest first."""
    longest = len(keys.name) / _least(keys.name)
    partners = Partner.objects.alias(length=Length("plain_name")).filter(
        plain_name__contains=keys.name, length__lte=longest
    )
    shortest = partners.order_by("length", "pk").values_list("pk", flat=True)
    return [*shortest[:WEIGHED]]


def _numbers_alike(kinds: dict[str, QuerySet], keys: _Keys) -> dict[str, list[int]]:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT set_config('pg_trgm.similarity_threshold', %s, true)",
            [str(_least(keys.name))],
        )
        return numbers_of(kinds)


# How much speaks for the same


def _weigh(who: Described, keys: _Keys, row, *, has_phone: bool) -> tuple[float, tuple]:
    """How much, and what; nothing once it cannot be enough."""
    if keys.number and keys.number == row.number_key:
        return 2, (NUMBER_SIGN,)
    if keys.tax and keys.tax == row.tax_key:
        return 2, (TAX_SIGN,)
    signs = []
    weight = _name_weight(who, keys, row)
    if weight >= PART_OF_IT:
        signs.append(SAME_NAME if weight == 1 else CLOSE_NAME)
    if has_phone:
        weight = max(weight, ANOTHER) + SAME_PHONE
        signs.append(PHONE_SIGN)
    if weight + SAME_LEADER + SAME_VILLAGE < ENOUGH_TYPED:
        return 0, ()
    if not who.is_person and _is_same(keys.leader, row.plain_leader):
        weight += SAME_LEADER
        signs.append(_("pimpinan sama"))
    if keys.tax and row.tax_key:
        weight += OTHER_TAX_NUMBER
    weight += _form_weight(who.name, row.name)
    weight += _place_weight(who, keys, row)
    return weight, tuple(signs)


def _name_weight(who, keys, row) -> float:
    own, its = keys.name.split(), row.plain_name.split()
    if own and "".join(own) == "".join(its):
        return 1
    left, its_left = _unmatched(own, its, is_typed=who.is_typed)
    without = FILLING | _shared_places(who, keys, row)
    lacks = [word for word in left if word not in without]
    has = [word for word in its_left if word not in without]
    if len(left) == len(own):
        return 0
    if not lacks and not has:
        return 1 if not left and not its_left else CLOSE
    if (lacks and has) or any(map(str.isdecimal, [*lacks, *has])):
        return ANOTHER * (1 - len("".join(lacks)) / len("".join(own)))
    return PART_OF_IT


def _unmatched(
    one: list[str], other: list[str], *, is_typed: bool = False
) -> tuple[list[str], list[str]]:
    """The words of each that have no fellow in the other, whatever the order."""
    words, rest = list(one), list(other)
    for word in one:
        if word in rest:
            words.remove(word)
            rest.remove(word)
    left = []
    for word in words:
        is_begun = is_typed and word == one[-1]
        fellow = _fellow(word, rest, is_begun=is_begun)
        if fellow:
            rest.remove(fellow)
        else:
            left.append(word)
    differ = [*left, *rest]
    if differ and all(map(str.isalpha, differ)) and _is_glued(one, other):
        return [], []
    return left, rest


def _nearness(word: str, other: str) -> float:
    return SequenceMatcher(None, word, other, autojunk=False).ratio()


def _is_as_near(word: str, other: str, least: float) -> bool:
    """Whether they are as near as that; most are seen to be not by their letters."""
    shared = min(
        sum(letter in other for letter in word), sum(letter in word for letter in other)
    )
    total = len(word) + len(other)
    return 2 * shared >= least * total and _nearness(word, other) >= least


def _is_near(word: str, other: str) -> bool:
    """The same word but for a slip; an initial stands for its name."""
    if word == other:
        return True
    if not (word.isalpha() and other.isalpha()):
        return False
    if 1 in (len(word), len(other)):
        return word[0] == other[0]
    shortest = min(len(word), len(other))
    return shortest > 2 and _is_as_near(word, other, SLIP[shortest > 5])


def _fellow(word: str, others: list[str], *, is_begun: bool) -> str:
    near = [other for other in others if _is_near(word, other)]
    if near:
        return near[0] if len(near) == 1 else max(near, key=partial(_nearness, word))
    begun = (other for other in others if is_begun and other.startswith(word))
    return next(begun, "")


def _is_glued(one: list[str], other: list[str]) -> bool:
    """“Sumberjaya” and “Sumber Jaya”, also with a slip."""
    if len(one) == len(other):
        return False
    whole, its = "".join(one), "".join(other)
    is_long = min(len(whole), len(its)) >= SHORTEST_GLUED
    return is_long and _is_as_near(whole, its, GLUED)


def _is_same(one: str, other: str) -> bool:
    return bool(one and other) and _unmatched(one.split(), other.split()) == ([], [])


def _shared_places(who, keys, row) -> frozenset[str]:
    """Names of places that both have: a name may tell them or not."""
    if who.regency is None:
        return frozenset()
    words = []
    if row.regency__province_id == who.regency.province_id:
        words += keys.province.split()
    if row.regency_id == who.regency.pk:
        words += [*keys.regency.split(), *keys.village.split()]
        words += row.plain_village.split()
    return frozenset(words)


def _place_weight(who, keys, row) -> float:
    if who.regency is None:
        return 0
    if row.regency_id == who.regency.pk:
        if not keys.village or not row.plain_village:
            return 0
        if _is_same(keys.village, row.plain_village):
            return SAME_VILLAGE
        return OTHER_HOME if who.is_person else OTHER_VILLAGE
    if row.regency__province_id != who.regency.province_id:
        return ELSEWHERE
    # “Kota Kupang” and “Kabupaten Kupang” are taken for each other.
    is_near = Regency(name=row.regency__name).town == who.regency.town
    return NEXT_DOOR if is_near else SAME_PROVINCE


def _form_weight(one: str, other: str) -> float:
    forms = {_form_of(one), _form_of(other)} - {""}
    if len(forms) < 2 or (forms & KEEPERS and forms & KEPT):
        return 0
    return OTHER_FORM


def _form_of(name: str) -> str:
    text = name.upper()
    for form, words in FORMS.items():
        if re.search(rf"\b({words})\b", text):
            return form
    return ""
