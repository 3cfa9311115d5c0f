"""Migration operations: the function that spells names in one way; see keys.py.

Legal forms, titles and kinds of places go. Then what is written in several ways
becomes one: oe and u, dj, j and y, tj and c, ch, kh and h, v and f, doubled letters,
the article of Arabic names, Muhammad in all its forms. A name of nothing but forms
stays as it is.
"""

from django.db.migrations.operations import RunSQL

FORMS = (
    "YAYASAN|YYS|YAY|YAS|PERKUMPULAN|PERHIMPUNAN|PERSEROAN TERBATAS|PERSERO|PT|TBK|CV|"
    "UD|PD|FA|FIRMA|KOPERASI|KOP|KSP|KSU|UMKM|LBH|LEMBAGA BANTUAN HUKUM|LPK|"
    "LEMBAGA PELATIHAN KERJA|LKP|LEMBAGA KURSUS DAN PELATIHAN|LSM|"
    "LEMBAGA SWADAYA MASYARAKAT|ORMAS|PONPES|PONTREN|PP|PONDOK PESANTREN|PESANTREN|"
    "PKBM|PUSAT KEGIATAN BELAJAR MASYARAKAT|LPKS|LKS|LKSA|"
    "CABANG|KABUPATEN|KAB|KOTA|PROVINSI|PROV|KECAMATAN|KEC"
)
TITLES = (
    "BAPAK|BPK|PAK|IBU|BU|SDR|SDRI|SAUDARA|SAUDARI|TUAN|NYONYA|NY|TN|NONA|NN|YTH|DR|"
    "DRA|DRS|DRG|IR|PROF|H|HJ|HAJI|HAJJAH|KH|USTADZ|USTAZ|USTAD|USTADZAH|PDT|PENDETA|"
    "ROMO|PASTOR|SUSTER|RM|ST|SH|MH|SE|MM|MSI|MPD|SPD|SSOS|SIP|SKM|AMD|MAP|MHUM|SAG|"
    "MKN|SPSI|MPSI|STTH|SST|AMDIP|SKOM|MKOM|SHI|MAG|SPT|LC"
)
DEGREE = (
    "[SM][.] ?(PD|SI|AG|SOS|KOM|HUM|IP|PSI|KN|KES|KEP|TR|AP|TH|FIL|HI|PT|[HEMTP])"
    "([.] ?(I|KOM|PAS))?|A[.] ?MD([.] ?[A-Z]+)?"
)
CREATE = rf"""
CREATE FUNCTION partners_plain_name(name text) RETURNS text
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
    plain text := translate(
        upper(name), 'ÁÀÂÄÃÅÉÈÊËÍÌÎÏÓÒÔÖÕÚÙÛÜÇÑ', 'AAAAAAEEEEIIIIOOOOOUUUUCN');
    bare text;
BEGIN
    -- Qur'an, P.T., S.H., M.Hum.: a sign within a word does not part it.
    plain := regexp_replace(plain, '[''`´’‘ʼ"“”]', '', 'g');
    plain := regexp_replace(plain, '\m({DEGREE})\M[.]?', ' ', 'g');
    plain := regexp_replace(plain, '\m([A-Z])[.](?=[A-Z]\M)', '\1', 'g');
    plain := btrim(regexp_replace(plain, '[^[:alnum:]]+', ' ', 'g'));
    bare := regexp_replace(plain, '\m({FORMS})\M', ' ', 'g');
    bare := regexp_replace(bare, '\m({TITLES})\M', ' ', 'g');
    bare := btrim(regexp_replace(bare, ' +', ' ', 'g'));
    plain := CASE WHEN bare = '' THEN plain ELSE bare END;
    -- Numbers: II and 2, 01 and 1.
    plain := regexp_replace(plain, '\mIII\M', '3', 'g');
    plain := regexp_replace(plain, '\mII\M', '2', 'g');
    plain := regexp_replace(plain, '\mIV\M', '4', 'g');
    plain := regexp_replace(plain, ' I$', ' 1');
    plain := regexp_replace(plain, '\m0+(?=\d)', '', 'g');
    -- Names that have a form of their own.
    plain := regexp_replace(
        plain, '\m(M[OU](CH|KH|H)AM+[AE]D|M[OU]HD?|MHD|M[OU]CH|M)\M', 'MUHAMAD', 'g');
    plain := regexp_replace(plain, '\mABD\M', 'ABDUL', 'g');
    plain := regexp_replace(
        plain, '\m(AL|AN|AR|AS|ASY|ASH|AT|ATH|AD|AZ) (?=[A-Z]{{3}})', '\1', 'g');
    -- Sounds with several spellings.
    plain := regexp_replace(plain, 'CHR', 'KR', 'g');
    plain := regexp_replace(plain, 'OE', 'U', 'g');
    plain := regexp_replace(plain, 'DJ', 'J', 'g');
    plain := regexp_replace(plain, 'TJ', 'C', 'g');
    plain := regexp_replace(plain, 'S[JYH]|TS', 'S', 'g');
    plain := regexp_replace(plain, '[CK]H', 'H', 'g');
    plain := regexp_replace(plain, 'PH|[VF]', 'P', 'g');
    plain := regexp_replace(plain, '([BDGT])H', '\1', 'g');
    plain := regexp_replace(plain, 'X', 'KS', 'g');
    plain := translate(plain, 'JYQZ', 'IIKS');
    plain := regexp_replace(plain, 'AE|EI', 'AI', 'g');
    plain := regexp_replace(plain, 'IE', 'I', 'g');
    plain := regexp_replace(plain, 'UW', 'U', 'g');
    plain := regexp_replace(plain, 'H\M', '', 'g');
    RETURN btrim(regexp_replace(plain, '([A-Z])\1+', '\1', 'g'));
END
$$
"""

PLAIN_NAME = RunSQL(CREATE, "DROP FUNCTION partners_plain_name(text)")
