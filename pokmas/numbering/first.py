"""The archive codes that the portal begins with: those seen on papers of units."""

CLASSIFICATIONS = [
    ("HK.01.05", "Kerja sama"),
    ("OT.02.02", "Organisasi dan tata laksana"),
    ("PK.06.03", "Pembimbingan"),
    ("PK.06.04", "Pembimbingan kemasyarakatan"),
    ("UM.01.01", "Umum"),
]


def fill(apps, schema_editor=None):
    for code, name in CLASSIFICATIONS:
        apps.get_model("numbering", "Classification").objects.get_or_create(
            code=code, defaults={"name": name}
        )
