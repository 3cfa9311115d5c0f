"""What the national e-office (SRIKANDI) puts into a Word file when it gives a number
and has it signed: these words must reach it untouched, each in one piece."""

NUMBER = "${nomor_naskah}"
DATE = "${tanggal_naskah}"
SIGNATURE = "${ttd_pengirim}"
NAME = "${nama_pengirim}"
NIP = "${nip_pengirim}"
POSITION = "${jabatan_pengirim}"
VARIABLES = (NUMBER, DATE, SIGNATURE, NAME, NIP, POSITION)
