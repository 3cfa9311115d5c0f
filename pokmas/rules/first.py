"""The numbers that the portal begins with."""

from datetime import date

DECREE = "Keputusan Dirjen Pemasyarakatan PAS-06.OT.02.02 Tahun 2020"
ADULTS = "Persetujuan anak di bawah 18 tahun ada pada wali (UU 27/2022, pasal 25)"
OURS = "Ketentuan awal portal; ganti bila ada keputusan yang mengaturnya"
PURPOSE = "Data dihapus bila tujuannya tercapai (UU 27/2022, pasal 43)"
RULES = [
    ("min_groups", 2, DECREE),
    ("min_partners", 5, DECREE),
    ("volunteer_age", 18, ADULTS),
    ("approval_years", 2, OURS),
    ("nik_days", 30, PURPOSE),
    ("volunteer_months", 0, OURS),
]


def fill(apps, schema_editor=None):
    for code, value, source in RULES:
        apps.get_model("rules", "Rule").objects.get_or_create(
            code=code,
            valid_from=date(2020, 2, 10),
            defaults={"value": value, "source": source},
        )
