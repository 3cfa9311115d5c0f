"""300 pairs of partners as offices write them, with the answer: the same, or not.

Names are of usual words; habits are those of old and new spelling, of typewriters and
of haste. Everything is drawn from one seed.
"""

import random
from dataclasses import dataclass, replace

REGENCIES = {
    "53.71": ("53", "Nusa Tenggara Timur", "Kota Kupang"),
    "53.01": ("53", "Nusa Tenggara Timur", "Kabupaten Kupang"),
    "53.04": ("53", "Nusa Tenggara Timur", "Kabupaten Belu"),
    "35.09": ("35", "Jawa Timur", "Kabupaten Jember"),
    "35.73": ("35", "Jawa Timur", "Kota Malang"),
    "35.07": ("35", "Jawa Timur", "Kabupaten Malang"),
    "33.02": ("33", "Jawa Tengah", "Kabupaten Banyumas"),
}
NEXT_DOOR = {"53.71": "53.01", "53.01": "53.71", "35.73": "35.07", "35.07": "35.73"}
ORGANISATIONS = [
    ("foundation", "Yayasan Bina Karya Mandiri"),
    ("foundation", "Yayasan Rumah Harapan Bangsa"),
    ("foundation", "Yayasan Cahaya Nusantara"),
    ("foundation", "Yayasan Sukma Jaya"),
    ("foundation", "Yayasan Tunas Muda Sejahtera"),
    ("foundation", "Yayasan Kasih Ibu Pertiwi"),
    ("foundation", "Yayasan Pelita Umat"),
    ("religious", "Pondok Pesantren Al-Hikmah"),
    ("religious", "Pondok Pesantren Nurul Qur'an"),
    ("religious", "Pondok Pesantren Darussalam"),
    ("religious", "Pondok Pesantren Asy-Syifa"),
    ("religious", "Pondok Pesantren Miftahul Jannah"),
    ("religious", "Majelis Taklim Baiturrahman"),
    ("religious", "Gereja Masehi Injili Betania"),
    ("company", "PT Sumber Jaya Abadi"),
    ("company", "PT Mitra Usaha Bersama"),
    ("company", "CV Cipta Karya Utama"),
    ("company", "CV Surya Jati Makmur"),
    ("company", "PT Kopi Lestari Nusantara"),
    ("small_business", "UD Rejeki Berkah"),
    ("small_business", "Bengkel Las Maju Lancar"),
    ("small_business", "Kelompok Tani Mekar Sari"),
    ("civil_society", "Perkumpulan Keluarga Berencana Harmoni"),
    ("civil_society", "Perkumpulan Sahabat Joyodiningrat"),
    ("civil_society", "Komunitas Hidroponik Hijau Daun"),
    ("civil_society", "Karang Taruna Budi Utomo"),
    ("legal_aid", "LBH Keadilan Rakyat"),
    ("legal_aid", "LBH Surya Justisia"),
    ("training", "LPK Karya Terampil"),
    ("training", "LPK Jaya Sentosa"),
    ("school", "PKBM Tunas Bangsa"),
    ("rehabilitation", "Griya Rehabilitasi Fajar Baru"),
    ("health", "Klinik Pratama Sehat Sentosa"),
    ("media", "Radio Suara Flobamora"),
    ("university", "Universitas Cokroaminoto"),
]
PEOPLE = [
    "Muhammad Rizki Pratama",
    "Yohanes Berchmans Klau",
    "Sri Mulyani Sudjatmiko",
    "Abdul Rahman Saleh",
    "Fauzi Achmad Yusuf",
    "Theresia Bria",
    "Joko Suyono",
    "Siti Nur Aisyah",
    "Gregorius Nahak",
    "Zainal Arifin",
    "Umar Syarif Hidayat",
    "Kristina Seran",
]
LEADERS = ["Maria Nahak", "Budi Santoso", "Ahmad Fauzan", "Elisabeth Lopo"]
VILLAGES = ["Oesapa", "Lasiana", "Kaliwates", "Penfui", "Sumbersari"]
SHORT_FORMS = {
    "Yayasan": ["Yys.", "Yay.", "YYS", ""],
    "Pondok Pesantren": ["Ponpes", "PP.", "Pesantren", "Pontren"],
    "PT": ["P.T.", "PT.", "Perseroan Terbatas"],
    "CV": ["C.V.", "CV.", ""],
    "UD": ["U.D.", "UD."],
    "Perkumpulan": ["Perkumpulan", "PERKUMPULAN", ""],
    "LBH": ["Lembaga Bantuan Hukum", "L.B.H."],
    "LPK": ["Lembaga Pelatihan Kerja", "LPK."],
    "PKBM": ["Pusat Kegiatan Belajar Masyarakat", "P.K.B.M."],
}
TITLES = [
    "Dr. {}, S.H., M.H.",
    "Bpk. {}",
    "{}, S.Pd.",
    "Drs. H. {}, M.Si.",
    "Ibu {}",
    "{} SE",
    "Ir. {}",
]


@dataclass(frozen=True)
class Written:
    """A partner as one office has it."""

    name: str
    kind: str
    regency: str
    village: str = ""
    leader_name: str = "Maria Uji"
    phone: str = ""
    registration_number: str = ""
    tax_number: str = ""


@dataclass(frozen=True)
class Pair:
    why: str
    first: Written
    second: Written
    is_same: bool


def pairs(seed: int = 2026) -> list[Pair]:
    chance = random.Random(seed)
    same = [_drawn(chance, HABITS, is_same=True) for _ in range(170)]
    return same + [_drawn(chance, NEIGHBOURS, is_same=False) for _ in range(130)]


def _drawn(chance, ways, *, is_same):
    while True:
        first = _somebody(chance)
        way = chance.choice(ways)
        second = way(first, chance)
        if second is not None and second != first:
            if is_same and way is not moved_with_its_leader and chance.random() < 0.5:
                second = _under_another_leader(second)
            return Pair(way.__name__, first, second, is_same)


def _under_another_leader(one: Written) -> Written:
    if one.kind == "person":
        return one
    return replace(one, leader_name="Agustinus Pengganti")


def _somebody(chance) -> Written:
    regency = chance.choice(list(REGENCIES))
    number = "".join(chance.choices("123456789", k=9))
    one = Written(
        name="",
        kind="person",
        regency=regency,
        village=chance.choice(VILLAGES),
        phone=f"+62812{number[:8]}",
        tax_number=f"0{number[:8]}9{number[4]}2000",
    )
    if chance.random() < 0.25:
        name = chance.choice(PEOPLE)
        return replace(one, name=name, leader_name=name)
    kind, name = chance.choice(ORGANISATIONS)
    return replace(
        one,
        name=name,
        kind=kind,
        leader_name=chance.choice(LEADERS),
        registration_number=f"AHU-{number[:7]}.AH.01.04.Tahun 2019",
    )


def _bare(one: Written, **changes) -> Written:
    """The same, without anything by which it is known for certain."""
    unsure = {"phone": "", "tax_number": "", "registration_number": ""}
    return replace(one, **unsure | changes)


# Habits: the same partner in other words


def short_form(one, chance):
    form = _form_of(one)
    if not form:
        return None
    other = chance.choice(SHORT_FORMS[form])
    return _bare(one, name=f"{other} {one.name[len(form) + 1 :]}".strip())


def old_spelling(one, chance):
    old = one.name
    letters = [("j", "dj"), ("J", "Dj"), ("y", "j"), ("c", "tj"), ("C", "Tj")]
    for new, before in [*letters, ("u", "oe")]:
        old = old.replace(new, before)
    return _bare(one, name=old)


def capitals(one, chance):
    return _bare(one, name=one.name.upper() + chance.choice(["", ".", " "]))


def signs(one, chance):
    name = one.name.replace("'", chance.choice(["", "’", "`"]))
    name = name.replace("-", chance.choice([" ", "", "–"]))
    return _bare(one, name=name) if name != one.name else None


def titles(one, chance):
    if one.kind != "person":
        return None
    return _bare(one, name=chance.choice(TITLES).format(one.name))


def sounds(one, chance):
    swaps = [("Muhammad", "Muh."), ("Muhammad", "Mochamad"), ("Achmad", "Ahmad")]
    swaps += [("Fauzi", "Pauzi"), ("Zainal", "Zaenal")]
    swaps += [("Kristina", "Christina"), ("Abdul", "Abd."), ("Syarif", "Sjarif")]
    swaps += [("Aisyah", "Aisjah"), ("Theresia", "Teresia"), ("Mulyani", "Muliani")]
    swaps += [("Hikmah", "Hikma"), ("Darussalam", "Darusalam"), ("Qur'an", "Quran")]
    swaps += [("Asy-Syifa", "As-Syifa"), ("Jannah", "Janah"), ("Rejeki", "Rezeki")]
    fitting = [pair for pair in swaps if pair[0] in one.name]
    if not fitting:
        return None
    return _bare(one, name=one.name.replace(*chance.choice(fitting)))


def doubled(one, chance):
    places = [at for at, sign in enumerate(one.name) if sign in "lmnrst" and at > 2]
    at = chance.choice(places)
    return _bare(one, name=one.name[:at] + one.name[at] + one.name[at:])


def slip(one, chance):
    words = one.name.split()
    long = [at for at, word in enumerate(words) if len(word) > 5 and word.isalpha()]
    if not long or words[long[-1]] in SHORT_FORMS:
        return None
    at, word = long[-1], words[long[-1]]
    place = chance.randrange(1, len(word) - 2)
    if chance.random() < 0.5:
        words[at] = word[:place] + word[place + 1 :]
    else:
        words[at] = word[:place] + word[place + 1] + word[place] + word[place + 2 :]
    return _bare(one, name=" ".join(words))


def word_order(one, chance):
    form = _form_of(one)
    words = one.name[len(form) :].split()
    if len(words) < 2:
        return None
    return _bare(one, name=" ".join([form, words[-1], *words[:-1]]).strip())


def glued(one, chance):
    form = _form_of(one)
    words = one.name[len(form) :].split()
    if len(words) < 2:
        return None
    last = words[-2] + words[-1].lower()
    return _bare(one, name=" ".join([form, *words[:-2], last]).strip())


def with_its_place(one, chance):
    if one.kind == "person":
        return None
    place = REGENCIES[one.regency][2]
    said = chance.choice([place, place.split()[-1], place.replace("Kabupaten", "Kab.")])
    return _bare(one, name=f"{one.name} {said}")


def next_door(one, chance):
    if one.regency not in NEXT_DOOR:
        return None
    return _bare(one, name=one.name.upper(), regency=NEXT_DOOR[one.regency])


def by_telephone(one, chance):
    digits = one.phone.removeprefix("+62")
    said = chance.choice(
        [
            f"0{digits}",
            f"62{digits}",
            f"+62 {digits[:3]}-{digits[3:7]}-{digits[7:]}",
            f"0{digits[:3]} {digits[3:7]} {digits[7:]}",
            f"(0{digits[:3]}) {digits[3:]}",
            f"0062{digits}",
        ]
    )
    short = "".join(word[0] for word in one.name.split())
    return _bare(one, name=f"Lembaga {short}", phone=said)


def by_tax_number(one, chance):
    number = one.tax_number
    dotted = (
        f"{number[:2]}.{number[2:5]}.{number[5:8]}.{number[8]}-"
        f"{number[9:12]}.{number[12:]}"
    )
    said = chance.choice([f"0{number}", dotted, f"{number[:9]} {number[9:]}"])
    return _bare(one, name="Sekretariat Bersama", tax_number=said)


def by_deed(one, chance):
    number = one.registration_number
    if not number:
        return None
    said = chance.choice(
        [
            number.replace("Tahun ", "").replace(".", " "),
            f"No. {number.lower()}",
            number.replace("-", " ").replace("Tahun", "Th."),
        ]
    )
    return _bare(one, name="Sekretariat Bersama", registration_number=said)


def moved_with_its_leader(one, chance):
    """Entered by its branch of another regency of the province, with the leader."""
    near = [
        code
        for code, place in REGENCIES.items()
        if place[0] == one.regency[:2] and code != one.regency
    ]
    if one.kind == "person" or not near:
        return None
    leader = f"Drs. {one.leader_name}, M.Si."
    return _bare(one, regency=chance.choice(near), leader_name=leader)


HABITS = [
    *(short_form, old_spelling, capitals, signs, titles, sounds, doubled, slip),
    *(word_order, glued, with_its_place, next_door, by_telephone, by_tax_number),
    *(by_deed, moved_with_its_leader),
]


# Neighbours: another partner that looks near


def _other(one, chance, **changes) -> Written:
    """Somebody else has another leader and other numbers."""
    digits = "".join(chance.choices("123456789", k=8))
    return replace(
        one,
        **{
            "leader_name": "Oktavianus Berbeda",
            "phone": f"0813{digits}",
            "tax_number": f"1{digits}012000",
            "registration_number": f"AHU-{digits}.AH.01.04.Tahun 2021",
        }
        | changes,
    )


def same_name_elsewhere(one, chance):
    near = {one.regency, NEXT_DOOR.get(one.regency)}
    elsewhere = [code for code in REGENCIES if code not in near]
    name = {"leader_name": one.name} if one.kind == "person" else {}
    return _other(one, chance, regency=chance.choice(elsewhere), **name)


def another_last_word(one, chance):
    words = one.name.split()
    if len(words) < 3 or one.kind == "person":
        return None
    other = chance.choice(["Makmur", "Barokah", "Gemilang", "Raharja", "Perkasa"])
    return _other(one, chance, name=" ".join([*words[:-1], other]))


def one_of_the_family(one, chance):
    words = one.name.split()
    if one.kind != "person" or len(words) < 2:
        return None
    first = chance.choice(["Emanuel", "Wilhelmina", "Slamet", "Ratna", "Hendrikus"])
    name = f"{first} {words[-1]}"
    return _other(one, chance, name=name, leader_name=name)


def a_branch(one, chance):
    if one.kind in {"person", "religious"}:
        return None
    there = chance.choice(["Atambua", "Soe", "Kefamenanu", "Lumajang", "Purwokerto"])
    return _other(one, chance, name=f"{one.name} Cabang {there}")


def a_longer_name(one, chance):
    if one.kind == "person":
        return None
    more = chance.choice(["Mandiri Timur", "Putra", "Generasi Emas", "Bahari"])
    return _other(one, chance, name=f"{one.name} {more}")


def a_namesake_in_another_village(one, chance):
    if one.kind != "person":
        return None
    village = chance.choice([name for name in VILLAGES if name != one.village])
    return _other(one, chance, village=village, leader_name=one.name)


def another_number(one, chance):
    if one.kind not in {"school", "training", "health"}:
        return None
    return _other(one, chance, name=f"{one.name} {chance.choice(['2', 'III', '7'])}")


def of_another_form(one, chance):
    if not one.name.startswith(("PT ", "CV ")):
        return None
    form = chance.choice(["Koperasi", "Yayasan", "LPK"])
    return _other(one, chance, name=f"{form} {one.name[3:]}")


def of_the_same_trade(one, chance):
    words = one.name.split()
    if one.kind == "person" or len(words) < 3:
        return None
    name = f"{words[0]} {chance.choice(['Anugerah', 'Wira', 'Graha'])} {words[-1]}"
    return _other(one, chance, name=name)


NEIGHBOURS = [
    *(same_name_elsewhere, another_last_word, one_of_the_family, a_branch),
    *(a_longer_name, a_namesake_in_another_village, another_number, of_another_form),
    of_the_same_trade,
]


def _form_of(one: Written) -> str:
    return next((form for form in SHORT_FORMS if one.name.startswith(f"{form} ")), "")
