"""The papers of a group: what a head signs, and what its inauguration needs.

Each is a draft for SRIKANDI or for a pen: the signed one comes back as a file, where
the step asks for it.
"""

from collections.abc import Sequence

from django.db import models
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from partners.decrees.fields import (
    OF_CLAUSES,
    OF_GROUP,
    OF_MEMBER,
    members_of,
    names_of,
    rows_of,
    values_of,
)
from partners.decrees.models import Clause, WordTemplate
from partners.groups.models import CommunityGroup, GroupMembership
from pokmas.documents.models import IssuedDocument
from pokmas.offices.letters import written_out
from pokmas.offices.models import Office
from pokmas.papers import templates
from pokmas.papers.blocks import (
    UNNAMED,
    Cell,
    Clauses,
    Column,
    Content,
    Facts,
    Letter,
    PageBreak,
    Paragraph,
    Signatory,
    Signature,
    Signatures,
    Table,
    Title,
)
from pokmas.papers.blocks import Clause as Lines
from pokmas.papers.kinds import Identity, Paper, register
from pokmas.papers.merging import Field, merged
from pokmas.papers.srikandi import BLANK, FILLED, Marks
from pokmas.papers.word import word_of

Status = CommunityGroup.Status
Part = Clause.Part
RULINGS = (
    *("KESATU", "KEDUA", "KETIGA", "KEEMPAT", "KELIMA", "KEENAM", "KETUJUH"),
    *("KEDELAPAN", "KESEMBILAN", "KESEPULUH"),
)
DECREED = ("menimbang", "mengingat", "diktum")
# Of a sheet for whoever comes without an invitation.
BLANK_ROWS = 8
# More are invited by a list behind the letter.
NAMED_GUESTS = 3


class Said:
    """All that the papers of one group are made of."""

    def __init__(self, group: CommunityGroup, paper: str, marks: Marks = FILLED):
        self.group = group
        self.marks = marks
        self.members: list[GroupMembership] = list(members_of(group))
        self.values = values_of(group, self.members)
        self.rows = rows_of(group, self.members)
        clauses = Clause.objects.of(paper).holding(group.office.today)
        self.clauses = list(clauses.order_by("order", "pk"))

    def part(self, part: str) -> list[str]:
        return [
            merged(self.marks.placed(clause.text), self.values)
            for clause in self.clauses
            if clause.part == part
        ]

    def _as_text(self, part: Lines) -> str:
        """A part of a decree as one text, a line each."""
        return "\n".join(
            " ".join(filter(None, [mark, text])) for _label, mark, text in part.marked
        )

    @property
    def parts(self) -> dict[str, str]:
        """What a Word file of an office says of the clauses."""
        considering = Lines("", self.part(Part.CONSIDERING), "a")
        basis = Lines("", self.part(Part.BASIS), "1")
        return {
            "menimbang": self._as_text(considering),
            "mengingat": self._as_text(basis),
            "diktum": "\n".join(f"{word} : {text}" for word, text in self.rulings),
            "isi": "\n".join(self.part(Part.BODY)),
        }

    @property
    def rulings(self) -> list[tuple[str, str]]:
        return [
            (_ruling(place), text) for place, text in enumerate(self.part(Part.RULING))
        ]


class TemplatedPaper(Paper):
    """A paper whose Word file may follow one of the office's own."""

    # Of what the office must have one to try a file on.
    tried_on: type[models.Model]
    # The fields without which such a file says nothing.
    needed: frozenset[str] = frozenset()

    @property
    def fields(self) -> list[Field]:
        """What a Word file of an office may name."""
        raise NotImplementedError

    @property
    def of_rows(self) -> list[Field]:
        """Those of them that stand in a row of a table, again for each row."""
        raise NotImplementedError

    @property
    def names(self) -> tuple[set[str], set[str]]:
        """The names of the fields, and of those that stand in a row."""
        names, of_rows = names_of(self.fields), names_of(self.of_rows)
        return names - of_rows, of_rows

    def example(self, office: Office) -> models.Model | None:
        """What is on record there to try a file on."""
        raise NotImplementedError

    def filled(self, template: WordTemplate, owner: models.Model) -> bytes:
        """The office's file with what is on record."""
        raise NotImplementedError


class GroupPaper(TemplatedPaper):
    """A draft about a group at one of the statuses `at`."""

    model = tried_on = CommunityGroup
    permission = "partners.prepare_paper"
    asked = "communitygroup.paper_drafted"
    is_draft = True
    # Of the paper, which is Indonesian for every reader.
    title: str
    at: frozenset[str]
    # Which clauses it has, and as which fields an office's own file may name them.
    paper: str = ""
    says: tuple[str, ...] = ()

    def rows(self):
        return CommunityGroup.objects.select_related("office__regency", "field")

    def address(self, group):
        return f"{group.get_absolute_url()}?tab=papers#tabs"

    def refusal(self, group):
        if group.status in self.at:
            return None
        return _("“%(paper)s” tidak diperlukan pada status “%(now)s”.") % {
            "paper": self.label,
            "now": group.get_status_display(),
        }

    def identity(self, group):
        # Printed on a paper, and papers are Indonesian.
        title = f"{self.title}: {group.name}"
        return Identity(title=Truncator(title).chars(200), holder=group.office.name)

    @property
    def fields(self):
        return [*OF_GROUP, *(OF_CLAUSES[name] for name in self.says), *OF_MEMBER]

    @property
    def of_rows(self):
        return OF_MEMBER

    def example(self, office):
        """The newest group that suits it, there or at a post of that unit."""
        posts = office.children.filter(level=office.Level.POST)
        groups = self.rows().filter(office__in=[office, *posts])
        suiting = groups.filter(status__in=self.at).order_by("-pk").first()
        return suiting or groups.order_by("-pk").first()

    def payload(self, group):
        template = WordTemplate.objects.in_use_at(group.office, self.kind)
        return {"template": template.pk} if template else {}

    def note(self, issued):
        if (template := _template_of(issued)) is None:
            return ""
        return _("Berkas Word mengikuti templat kantor (versi %(version)s).") % {
            "version": template.version
        }

    def word(self, group, content, issued):
        template = _template_of(issued)
        if template:
            return self.filled(template, group)
        return word_of(self._content(group, issued, FILLED), issued)

    def filled(self, template, group):
        said = Said(group, self.paper)
        with template.file.file.open() as file:
            content = file.read()
        values, (_names, of_rows) = said.values | said.parts, self.names
        return templates.filled(content, values, said.rows, of_rows)

    def content(self, group, issued):
        return self._content(group, issued, BLANK)

    def _content(self, group, issued, marks):
        return Content(self.blocks(Said(group, self.paper, marks), issued))

    def blocks(self, said: Said, issued: IssuedDocument) -> list:
        raise NotImplementedError


@register
class Decree(GroupPaper):
    kind = "partners.decree"
    label = gettext_lazy("Konsep SK penetapan")
    title = "SK penetapan kelompok"
    about = gettext_lazy(
        "Keputusan kepala unit dengan daftar mitra sebagai lampirannya. Unggah berkas "
        "Word ke SRIKANDI; nomor, tanggal, dan pindaian bertanda tangan dicatat pada "
        "langkah penetapan."
    )
    ready = gettext_lazy("Konsep SK siap diunduh: %(name)s")
    at = frozenset({Status.ASSESSED})
    paper = Clause.Paper.DECREE
    says = DECREED

    def blocks(self, said, issued):
        subject = f"Pembentukan {said.group.name}"
        return _decree(said, issued, subject)


class CeremonyPaper(GroupPaper):
    """What needs a day and a place of the inauguration."""

    at = frozenset({Status.ESTABLISHED})

    def refusal(self, group):
        return super().refusal(group) or self.awaits(group) or None

    def awaits(self, group):
        if group.status != Status.ESTABLISHED or group.ceremony_at:
            return ""
        return _("Dapat dibuat sesudah hari dan tempat pengukuhan diisi.")


@register
class Invitation(CeremonyPaper):
    kind = "partners.invitation"
    label = gettext_lazy("Undangan pengukuhan")
    title = "Undangan pengukuhan kelompok"
    about = gettext_lazy("Surat kepada semua anggota; bila banyak, dengan daftarnya.")
    ready = gettext_lazy("Undangan pengukuhan siap diunduh: %(name)s")
    paper = Clause.Paper.INVITATION
    says = ("isi",)

    def blocks(self, said, issued):
        opening, *rest = said.part(Part.BODY) or [""]
        listed = len(said.rows) > NAMED_GUESTS
        blocks = [
            Letter(
                number=said.marks.number,
                subject=f"Undangan pengukuhan {said.group.name}",
                place=said.values["kota"],
                day=said.marks.date,
                to=_guests(said, listed),
                attachment="1 (satu) berkas" if listed else "-",
            ),
            Paragraph(opening),
            Facts(_ceremony(said)),
            *map(Paragraph, rest),
            _signature(said),
        ]
        if listed:
            blocks += [PageBreak(), Title("Lampiran", ["Daftar undangan"])]
            blocks.append(_table(said, _guest_columns(), _guest_row, "undangan"))
        return blocks


@register
class Attendance(CeremonyPaper):
    kind = "partners.attendance"
    label = gettext_lazy("Daftar hadir pengukuhan")
    title = "Daftar hadir pengukuhan kelompok"
    about = gettext_lazy(
        "Nama semua anggota dan baris kosong bagi tamu lain. Nama warga binaan atau "
        "klien jangan ditulis di dalamnya."
    )
    ready = gettext_lazy("Daftar hadir siap diunduh: %(name)s")

    def blocks(self, said, issued):
        rows = [
            [row["anggota.nomor"], _led(row), row["anggota.nama"], ""]
            for row in said.rows
        ]
        count = len(rows)
        rows += [[str(count + place), "", "", ""] for place in range(1, BLANK_ROWS + 1)]
        columns = [
            Column("No.", "order"),
            Column("Nama dan jabatan", "wide"),
            Column("Lembaga"),
            Column("Tanda tangan"),
        ]
        return [
            Title("Daftar Hadir", ["Pengukuhan", said.group.name]),
            Facts(_ceremony(said)),
            Table(columns, rows, head=1, rows_are="yang diundang", height=8),
            _signature(said),
        ]


@register
class Inauguration(CeremonyPaper):
    kind = "partners.inauguration"
    label = gettext_lazy("Berita acara pengukuhan")
    title = "Berita acara pengukuhan kelompok"
    about = gettext_lazy("Bukti pengukuhan, ditandatangani bersama ketua kelompok.")
    ready = gettext_lazy("Berita acara siap diunduh: %(name)s")
    at = frozenset({Status.ESTABLISHED, Status.ACTIVE})
    paper = Clause.Paper.INAUGURATION
    says = ("isi",)

    def blocks(self, said, issued):
        *sentences, last = said.part(Part.BODY) or [""]
        return [
            Title(
                "Berita Acara Pengukuhan",
                [said.group.name, f"Nomor {said.marks.number}"],
            ),
            *map(Paragraph, sentences),
            _table(said, _member_columns(), _member_row, "anggota"),
            Paragraph(last),
            Signatures(
                [
                    Signatory(
                        [f"Ketua {said.group.name},"],
                        below=[_leader_of(said) or UNNAMED],
                    ),
                    _signatory(said),
                ]
            ),
        ]


@register
class Dissolution(GroupPaper):
    kind = "partners.dissolution"
    label = gettext_lazy("Konsep SK pembubaran")
    title = "SK pembubaran kelompok"
    about = gettext_lazy(
        "Keputusan kepala unit yang mencabut SK penetapan. Nomor, tanggal, dan "
        "pindaian bertanda tangan dicatat pada langkah pembubaran."
    )
    ready = gettext_lazy("Konsep SK pembubaran siap diunduh: %(name)s")
    at = frozenset({Status.ESTABLISHED, Status.ACTIVE, Status.DORMANT})
    paper = Clause.Paper.DISSOLUTION
    says = DECREED

    def blocks(self, said, issued):
        subject = f"Pembubaran {said.group.name}"
        return _decree(said, issued, subject)


def _template_of(issued: IssuedDocument) -> WordTemplate | None:
    """The office's file that was in use when this paper was asked for."""
    key = issued.job.payload.get("template") if issued.job else None
    return WordTemplate.objects.select_related("file").filter(pk=key).first()


def _decree(said: Said, issued: IssuedDocument, subject: str) -> list:
    office = written_out(issued.office_name)
    head = f"Kepala {office}"
    return [
        Title(
            f"KEPUTUSAN KEPALA\n{office.upper()}",
            [f"NOMOR {said.marks.number}", "TENTANG", subject.upper()],
        ),
        Paragraph(f"{head.upper()},", "centred"),
        Clauses(
            [
                Lines("Menimbang", said.part(Part.CONSIDERING), "a"),
                Lines("Mengingat", said.part(Part.BASIS), "1"),
            ]
        ),
        Paragraph("MEMUTUSKAN:", "centred"),
        Clauses(
            [
                Lines("Menetapkan", [f"Keputusan {head} tentang {subject}."]),
                *(Lines(word, [text]) for word, text in said.rulings),
            ]
        ),
        _signature(
            said,
            opening=[
                f"Ditetapkan di {said.values['kota']}".strip(),
                f"pada tanggal {said.marks.date}",
            ],
            copies=_copies(said.group),
        ),
        PageBreak(),
        Title(
            "Lampiran",
            [
                f"Keputusan {head}",
                f"Nomor {said.marks.number} tanggal {said.marks.date}",
                said.group.name,
            ],
        ),
        _table(said, _member_columns(), _member_row, "anggota"),
        # An annex of its own pages is signed like the decree.
        _signature(said),
    ]


def _ruling(place: int) -> str:
    return RULINGS[place] if place < len(RULINGS) else f"KE-{place + 1}"


def _copies(group: CommunityGroup) -> list[str]:
    above = [f"Kepala {group.office.region.name}"] if group.office.region else []
    return [*above, "Mitra yang bersangkutan", "Arsip"]


def _signature(
    said: Said, *, opening: Sequence[str] = (), copies: Sequence[str] = ()
) -> Signature:
    """Where SRIKANDI, or a pen, puts who signs."""
    return Signature(
        opening=opening,
        position=said.marks.position,
        mark=said.marks.signature,
        name=said.marks.name,
        nip=said.marks.nip,
        copies=copies,
    )


def _signatory(said: Said) -> Signatory:
    """The same beside somebody else."""
    signature = _signature(said)
    return Signatory(signature.above, signature.mark, signature.below)


def _ceremony(said: Said) -> list[tuple[str, list[str]]]:
    return [
        ("Hari dan tanggal", [said.values["hari_pengukuhan"]]),
        ("Pukul", [said.values["jam_pengukuhan"]]),
        ("Tempat", [said.values["tempat_pengukuhan"]]),
        ("Acara", [f"Pengukuhan {said.group.name}"]),
    ]


def _guests(said: Said, listed: bool) -> list[str]:
    if listed:
        return [f"Para anggota {said.group.name}", "(daftar terlampir)"]
    return [f"Pimpinan {row['anggota.nama']}" for row in said.rows]


def _leader_of(said: Said) -> str:
    chair = GroupMembership.Role.CHAIR
    chairs = [row for row in said.members if row.role == chair]
    return chairs[0].partnership.partner.leader_name if chairs else ""


# The list of members


def _table(said: Said, columns, row_of, rows_are: str) -> Table:
    rows = [row_of(row) for row in said.rows]
    return Table(columns, rows, head=1, rows_are=rows_are)


def _member_columns() -> list[Column]:
    return [
        Column("No.", "order"),
        Column("Nama lembaga"),
        Column("Bidang"),
        Column("Penanggung jawab"),
        Column("Alamat"),
    ]


def _member_row(row: dict[str, str]) -> list[str | Cell]:
    return [
        row["anggota.nomor"],
        Cell(row["anggota.nama"], row["anggota.kedudukan"]),
        row["anggota.bidang"],
        _led(row),
        row["anggota.alamat"],
    ]


def _guest_columns() -> list[Column]:
    return [
        Column("No.", "order"),
        Column("Nama lembaga"),
        Column("Penanggung jawab"),
        Column("Alamat"),
    ]


def _guest_row(row: dict[str, str]) -> list[str | Cell]:
    return [
        row["anggota.nomor"],
        row["anggota.nama"],
        _led(row),
        row["anggota.alamat"],
    ]


def _led(row: dict[str, str]) -> Cell:
    return Cell(row["anggota.penanggung_jawab"], row["anggota.jabatan"])
