"""How the audit trail calls what is done with lists; follows the name of who did it."""

from django.utils.translation import gettext_lazy as _

from pokmas.audit.phrases import describe

describe(
    {
        "import.uploaded": _("mengunggah daftar lama"),
        "import.reading": _("meminta daftar lama dibaca"),
        "import.mapping": _("diminta mencocokkan kolom daftar lama"),
        "import.rehearsed": _("menyiapkan daftar lama untuk diperiksa"),
        "import.let_in": _("memasukkan juga baris yang bentrok"),
        "import.submitted": _("mengajukan daftar lama untuk disahkan"),
        "import.writing": _("meminta daftar lama dimasukkan"),
        "import.written": _("memasukkan daftar lama"),
        "import.undoing": _("meminta daftar lama dibatalkan"),
        "import.undone": _("membatalkan daftar lama yang sudah masuk"),
        "import.unread": _("mengunggah daftar lama yang tidak terbaca"),
        "office.headings_explained": _("mengubah arti judul kolom daftar lama"),
        "import.dropped": _("membuang daftar lama"),
    }
)
