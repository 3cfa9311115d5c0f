"""Who of the nation is likely the same partner, by name, number, telephone and place.

    alike(described(partnership), …)          of a partner on record
    alike(Described(name="yys soekma"), …)    of what somebody just typed

The database finds whom to look at, each by an index (`partners.registry.keys`); how
much speaks for the same is then weighed here, word by word.
"""

import re
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from functools import partial

from django.contrib.postgres.search import TrigramSimilarity
from django.db import connection, transaction
from django.db.models import Case, Exists, OuterRef, Q, Value, When
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

# How alike two names must be to be weighed, and how many are.
SIMILARITY, WEIGHED = 0.4, 40
# What is found by name, of all that is found.
NAMES = frozenset(["name", "part"])
# With fewer letters typed hardly a whole name is alike, but all names with one of their
# trigrams are compared, which costs thirty times what it does to find them as a part.
SHORTEST_ALIKE = 5
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

# Words that a name may have or lack, in the spelling of `plain_name`.
FILLING = frozenset(
    ["DAN", "DI", "DARI", "UNTUK", "INDONESIA", "DAIRA", "WILAIA", "KANTOR", "PUSAT"]
)
FORMS = {
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
    keys, enough = _keys(who), ENOUGH_TYPED if who.is_typed else ENOUGH
    weighed = [
        likeness
        for partner in _candidates(who, keys, viewer)
        if _may_be_named(keys, partner)
        and (likeness := _weigh(who, keys, partner)).weight >= enough
    ]
    weighed.sort(key=lambda each: (-each.weight, each.partner.pk))
    return weighed[:SHOWN]


def _keys(who: Described) -> _Keys:
    places = [who.regency.name, who.regency.province.name] if who.regency else ["", ""]
    words = [who.name, who.leader_name, who.village, *places]
    name, leader, village, regency, province, number, tax, *phones = kept_forms(
        [
            *(PlainName(Value(text)) for text in words),
            number_key(Value(who.registration_number)),
            tax_key(Value(who.tax_number)),
            *(phone_key(Value(phone)) for phone in who.phones),
        ]
    )
    long = frozenset(phone for phone in phones if len(phone) >= SHORTEST_KEY)
    return _Keys(name, leader, village, regency, province, number, tax, long)


def _candidates(who: Described, keys: _Keys, viewer) -> list[Partner]:
    """Whom to look at: whatever an index finds, the nearest and most alike first."""
    theirs = Partnership.objects.filter(partner=OuterRef("pk"))
    seen = Exists(Partnership.objects.visible_to(viewer).filter(partner=OuterRef("pk")))
    known = Exists(theirs.exclude(status__in=Partnership.IN_VETTING))
    partners = Partner.objects.filter(pk__in=_nearest(who, keys))
    return list(
        partners.filter(Q(seen) | Q(known))
        .annotate(
            is_seen=seen,
            has_phone=Exists(theirs.filter(phone_key__in=keys.phones)),
        )
        .select_related("regency__province", "kind")
    )


def _may_be_named(keys: _Keys, partner: Partner) -> bool:
    """A person of other offices only to who knows his telephone or a number."""
    if partner.is_seen or not partner.kind.is_person:
        return True
    return partner.has_phone or _has_number(keys, partner)


def _has_number(keys: _Keys, partner: Partner) -> bool:
    has_tax_number = keys.tax and keys.tax == partner.tax_key
    return bool(has_tax_number or (keys.number and keys.number == partner.number_key))


def _nearest(who: Described, keys: _Keys) -> list[int]:
    found = _found(keys, is_typed=who.is_typed)
    if len(found.get("part", ())) > MOST:
        del found["part"]  # something common: it says nothing yet
    certain = set().union(*(found[kind] for kind in found if kind not in NAMES))
    by_name = set().union(*(found[kind] for kind in found if kind in NAMES))
    here = Case(When(regency=who.regency, then=1), default=0)
    likeness = TrigramSimilarity("plain_name", keys.name)
    nearest = Partner.objects.filter(pk__in=by_name - certain).exclude(pk=who.pk)
    nearest = nearest.order_by(here.desc(), likeness.desc(), "pk")
    certain = sorted(certain - {who.pk})[:WEIGHED]
    return [*certain, *nearest.values_list("pk", flat=True)[:WEIGHED]]


def _found(keys: _Keys, *, is_typed: bool) -> dict[str, list[int]]:
    partners = Partner.objects.order_by()
    kinds = {}
    if len(keys.name) >= (SHORTEST_ALIKE if is_typed else SHORTEST_NAME):
        kinds["name"] = partners.filter(plain_name__trigram_similar=keys.name)
    if is_typed and len(keys.name) >= SHORTEST_NAME:
        kinds["part"] = partners.filter(plain_name__contains=keys.name)
    if len(keys.number) >= SHORTEST_KEY:
        kinds["number"] = partners.filter(number_key=keys.number)
    if len(keys.tax) >= SHORTEST_KEY:
        kinds["tax"] = partners.filter(tax_key=keys.tax)
    if keys.phones:
        with_phone = Partnership.objects.filter(phone_key__in=keys.phones)
        kinds["phone"] = partners.filter(pk__in=with_phone.values("partner"))
    if not kinds:
        return {}
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT set_config('pg_trgm.similarity_threshold', %s, true)",
            [str(SIMILARITY)],
        )
        return numbers_of(kinds)


# How much speaks for the same


def _weigh(who: Described, keys: _Keys, partner: Partner) -> Likeness:
    if keys.number and keys.number == partner.number_key:
        return Likeness(partner, 2, (NUMBER_SIGN,))
    if keys.tax and keys.tax == partner.tax_key:
        return Likeness(partner, 2, (TAX_SIGN,))
    signs = []
    weight = _name_weight(who, keys, partner)
    if weight >= PART_OF_IT:
        signs.append(SAME_NAME if weight == 1 else CLOSE_NAME)
    if partner.has_phone:
        weight = max(weight, ANOTHER) + SAME_PHONE
        signs.append(PHONE_SIGN)
    if not who.is_person and _is_same(keys.leader, partner.plain_leader):
        weight += SAME_LEADER
        signs.append(_("pimpinan sama"))
    if keys.tax and partner.tax_key:
        weight += OTHER_TAX_NUMBER
    weight += _form_weight(who.name, partner.name)
    weight += _place_weight(who, keys, partner)
    return Likeness(partner, weight, tuple(signs))


def _name_weight(who, keys, partner) -> float:
    own, its = keys.name.split(), partner.plain_name.split()
    if own and "".join(own) == "".join(its):
        return 1
    left, its_left = _unmatched(own, its, is_typed=who.is_typed)
    without = FILLING | _shared_places(who, keys, partner)
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


def _is_near(word: str, other: str) -> bool:
    """The same word but for a slip; an initial stands for its name."""
    if word == other:
        return True
    if not (word.isalpha() and other.isalpha()):
        return False
    if 1 in (len(word), len(other)):
        return word[0] == other[0]
    shortest = min(len(word), len(other))
    return shortest > 2 and _nearness(word, other) >= SLIP[shortest > 5]


def _fellow(word: str, others: list[str], *, is_begun: bool) -> str:
    near = [other for other in others if _is_near(word, other)]
    if near:
        return max(near, key=partial(_nearness, word))
    begun = (other for other in others if is_begun and other.startswith(word))
    return next(begun, "")


def _is_glued(one: list[str], other: list[str]) -> bool:
    """“Sumberjaya” and “Sumber Jaya”, also with a slip."""
    whole, its = "".join(one), "".join(other)
    is_long = min(len(whole), len(its)) >= SHORTEST_GLUED
    return len(one) != len(other) and is_long and _nearness(whole, its) >= GLUED


def _is_same(one: str, other: str) -> bool:
    return bool(one and other) and _unmatched(one.split(), other.split()) == ([], [])


def _shared_places(who, keys, partner) -> frozenset[str]:
    """Names of places that both have: a name may tell them or not."""
    if who.regency is None:
        return frozenset()
    words = []
    if partner.regency.province_id == who.regency.province_id:
        words += keys.province.split()
    if partner.regency == who.regency:
        words += [*keys.regency.split(), *keys.village.split()]
        words += partner.plain_village.split()
    return frozenset(words)


def _place_weight(who, keys, partner) -> float:
    if who.regency is None:
        return 0
    if partner.regency == who.regency:
        if not keys.village or not partner.plain_village:
            return 0
        if _is_same(keys.village, partner.plain_village):
            return SAME_VILLAGE
        return OTHER_HOME if who.is_person else OTHER_VILLAGE
    if partner.regency.province_id != who.regency.province_id:
        return ELSEWHERE
    # “Kota Kupang” and “Kabupaten Kupang” are taken for each other.
    is_near = partner.regency.town == who.regency.town
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
