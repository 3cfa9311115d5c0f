"""What looks like the name or number of a person served."""

import pytest

from outreach.activities.remarks import of_a_person


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Bantuan a.n. Budi Santoso diserahkan.", "a.n. Budi"),
        ("Klien atas nama Rina hadir", "atas nama Rina"),
        ("anak berinisial dan inisial B.S. hadir", "inisial B.S."),
        ("Ahmad bin Salim menyampaikan", "Ahmad bin Salim"),
        ("Siti binti Umar", "Siti binti Umar"),
        ("NIK 5371 0155 0590 0001", "5371 0155 0590 0001"),
        ("a.n. Kepala Bapas, ditandatangani", ""),
        ("Pelatihan di Desa Binaan Raya untuk 20 klien", ""),
        ("Telepon 0812 3456 7890, nomor 12/2026", ""),
        ("bin sampah dibagikan", ""),
    ],
)
def test_patterns(text, found):
    assert of_a_person(text) == found
