"""The verbs of `manage.py`: up, stop, backup, test here, most others are Django's."""

import argparse
import importlib.util
import os
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import IO, Any, NoReturn

from pokmas.launch import (
    address,
    backup,
    clock,
    environment,
    fonts,
    kept,
    keys,
    libraries,
    lint,
    programs,
    words,
)
from pokmas.launch.console import LaunchError, say, seconds, step, tail, warn
from pokmas.launch.place import Place, hold, read_json, try_hold, write_private
from pokmas.launch.process import Child
from pokmas.launch.servers import START_SECONDS, Home, Servers
from pokmas.launch.supervisor import Ending, Signals, Supervisor, end_forgotten

ROOT = Path(__file__).resolve().parent.parent.parent
SERVERS = {"postgres", "valkey"}
SLOW = "browser or worker or exhaustive or printing or bucket"
OVERVIEW = """\
Portal Pokmas. Perintah:

  python3 manage.py up      menyiapkan dan menyalakan portal (up --help: pilihan)
  python3 manage.py stop    menghentikan portal yang sedang berjalan
  python3 manage.py backup  membuat cadangan portal, juga selagi portal berjalan
  python3 manage.py restore memulihkan cadangan ke folder data yang kosong
  python3 manage.py lint    memeriksa gaya, templat, kata, dan migrasi
  python3 manage.py test    menyiapkan semuanya dan menjalankan seluruh uji
                            (test --help: jalur cepat, uji pada hari lain)
  python3 manage.py run …   menjalankan program lain dengan setelan portal (pg_dump)
  python3 manage.py help    perintah lain, milik Django\
"""


def run(arguments: list[str]) -> int:
    """Do what the command line says; the result is the exit code."""
    verb = arguments[0] if arguments else "--help"
    verbs = {"up": up, "stop": stop, "lint": check, "test": test, "run": run_other}
    verbs |= {"backup": back_up, "restore": restore}
    try:
        if verb in ("-h", "--help"):
            say(OVERVIEW)
            return 0
        if verb in verbs:
            return verbs[verb](arguments[1:])
        return manage(arguments)
    except LaunchError as error:
        warn(f"\n{error}")
        return 1
    except (Ending, KeyboardInterrupt):
        warn("\nDihentikan.")
        return 130


class Parser(argparse.ArgumentParser):
    """argparse with Indonesian words."""

    def __init__(self, verb: str, description: str) -> None:
        super().__init__(
            prog=f"python3 manage.py {verb}",
            description=description,
            add_help=False,
            allow_abbrev=False,
        )
        self._optionals.title = "Pilihan"
        self.add_argument(
            "-h", "--help", action="help", help="menampilkan keterangan ini"
        )

    def format_usage(self) -> str:
        return super().format_usage().replace("usage: ", "Pemakaian: ", 1)

    def format_help(self) -> str:
        return super().format_help().replace("usage: ", "Pemakaian: ", 1)

    def error(self, message: str) -> NoReturn:
        self.exit(2, f"Pilihan tidak dikenali atau tidak lengkap: {message}\n")


def up(arguments: list[str]) -> int:
    """Bring the whole portal up and keep it up until Ctrl-C."""
    parser = Parser(
        "up",
        "Menyiapkan semua yang diperlukan, lalu menyalakan portal: basis data, "
        "antrean, server web, pekerja latar, dan penjadwal. Hentikan dengan Ctrl-C; "
        "data tetap tersimpan. Pertama kali 20 detik sampai 1 menit, sesudahnya "
        "beberapa detik.",
    )
    parser.add_argument(
        "--host",
        default="127.0.0.1",
        help="alamat yang didengarkan; 0.0.0.0 membuka portal bagi jaringan "
        "(bawaan: %(default)s, hanya mesin ini)",
    )
    parser.add_argument(
        "--port", type=int, help="nomor port (bawaan: yang bebas mulai 8000)"
    )
    _add_data_option(parser)
    options = parser.parse_args(arguments)
    place = _place(options.data)
    signals = Signals()
    lock = _take_turn(place)
    if lock is None:
        return 0
    with lock:
        return _up(place, options.host, options.port, signals)


def _up(place: Place, host: str, port: int | None, signals: Signals) -> int:
    since = time.monotonic()
    write_private(place.run / "up.json", {"pid": os.getpid()})
    supervisor = Supervisor(place.run / "children.json", signals)
    try:
        say(f"Menyiapkan portal di {place.root}")
        if os.geteuid() == 0:
            say("  Dijalankan sebagai root: untuk dicoba, jangan untuk kantor.")
        _equip(place)
        os.umask(0o077)
        where = address.choose(host, port)
        secrets = keys.load(place)
        servers = Servers(place, secrets)
        settings = programs.settings(place, secrets, servers, where)
        waiting, prepared = os.pipe()
        web, *others = programs.build(place, settings, where.bind(), waiting)
        with _preparation(place, settings | servers.owner) as preparation:
            with signals.held(), step("Menyalakan basis data dan antrean"):
                supervisor.children = servers.children
                servers.start(supervisor.write_record)
                supervisor.start(web)  # loads meanwhile
            preparation.communicate(b"go")
        if preparation.returncode:
            raise LaunchError("Persiapan tidak selesai; sebabnya ada di atas.")
        with step("Menyalakan server web"):
            os.close(prepared)
            _wait_for_page(where, web)
        with signals.held(), step("Menyalakan pekerja latar dan penjadwal"):
            for program in others:
                supervisor.start(program)
        write_private(place.run / "up.json", {"pid": os.getpid(), "url": where.url})
        _welcome(place, where, servers.home, since)
        supervisor.watch()
    except Ending:
        pass
    finally:
        if supervisor.children:
            say("\nMenghentikan portal …", end=" ")
            since = time.monotonic()
            supervisor.stop(last=SERVERS)
            say(seconds(since))
        (place.run / "up.json").unlink(missing_ok=True)
    return 0


def _welcome(
    place: Place, where: address.Address, home: Home | None, since: float
) -> None:
    say(f"\nPortal siap dalam {seconds(since)}: {where.url}/\n")
    if text := _logins(place).read_text().strip():
        say(f"{text}\n")
        if not where.local:
            say(
                "Perhatian: siapa pun di jaringan ini dapat masuk dengan akun contoh. "
                "Untuk dipakai kantor, baca docs/operations.md."
            )
    say(f"Data: {place.data}")
    if home and home.folder != place.data:
        say(f"Basis data: {home.folder}, karena {place.data} tertutup baginya")
    say(f"Catatan: {place.log}\nHentikan dengan Ctrl-C.")


def _logins(place: Place) -> Path:
    """What the preparation has to say about demo accounts; empty if there are none."""
    return place.run / "logins.txt"


def stop(arguments: list[str]) -> int:
    """End a portal that runs in another terminal, or what a killed one left behind."""
    parser = Parser("stop", "Menghentikan portal yang sedang berjalan di folder ini.")
    _add_data_option(parser)
    place = _place(parser.parse_args(arguments).data)
    lock = try_hold(place.run / "lock")
    if lock is not None:
        ended = end_forgotten(place.run / "children.json")
        say("Sisa portal dihentikan." if ended else "Tidak ada portal yang berjalan.")
        return 0
    pid = read_json(place.run / "up.json").get("pid")
    if pid is None:
        raise LaunchError("Perintah lain sedang memakai basis data; tunggu selesai.")
    with step("Menghentikan portal"):
        os.kill(pid, signal.SIGTERM)
        hold(place.run / "lock")
    return 0


def back_up(arguments: list[str]) -> int:
    """A copy of database and documents that fit together; the portal goes on."""
    parser = Parser(
        "backup",
        "Menyalin basis data, berkas, dan versi portal ke folder baru di dalam FOLDER, "
        "juga selagi portal berjalan, dan mencatatnya bagi pemantauan.",
    )
    parser.add_argument("folder", metavar="FOLDER", type=Path)
    parser.add_argument(
        "--secrets",
        metavar="FOLDER",
        type=Path,
        help="menyalin secrets.json ke folder ini; simpan terpisah dari cadangan",
    )
    parser.add_argument(
        "--keep", metavar="BANYAK", type=int, help="menghapus yang lebih lama dari itu"
    )
    _add_data_option(parser)
    options = parser.parse_args(arguments)
    if options.keep is not None and options.keep < 1:
        parser.error("--keep")
    place = _place(options.data)
    with _working(place) as (servers, settings):
        if not servers.tools:
            raise LaunchError(
                "Basis data ini bukan milik “up”: buat cadangan di servernya sendiri."
            )
        try:
            if options.secrets:
                backup.keep_apart(place, options.folder, options.secrets)
            made = backup.make(place, settings, options.folder)
            if options.keep:
                backup.forget(options.folder, options.keep)
        except (LaunchError, OSError) as error:
            backup.tell(place, settings, failed=True)
            raise LaunchError(f"Cadangan gagal dibuat. {error}") from error
        backup.tell(place, settings, failed=False)
    say(f"Cadangan: {made}")
    if not options.secrets:
        say(
            f"Tanpa kunci: simpan salinan {place.data / backup.SECRETS} di tempat lain."
        )
    return 0


def restore(arguments: list[str]) -> int:
    """What a backup holds, in a data folder that has nothing yet."""
    parser = Parser(
        "restore",
        "Memulihkan cadangan ke folder data yang kosong, lalu memeriksa data, berkas, "
        "dan jejak audit. Sesudahnya: python3 manage.py up",
    )
    parser.add_argument("folder", metavar="CADANGAN", type=Path)
    parser.add_argument(
        "--secrets",
        metavar="BERKAS",
        type=Path,
        required=True,
        help="secrets.json dari portal yang dicadangkan",
    )
    _add_data_option(parser)
    options = parser.parse_args(arguments)
    place = _place(options.data)
    backup.lay_out(place, dict(os.environ), options.folder, options.secrets)
    with _working(place) as (_servers, settings):
        backup.bring_back(place, settings, options.folder)
    say(f"Dipulihkan ke {place.data}. Nyalakan: python3 manage.py up")
    return 0


def check(arguments: list[str]) -> int:
    """All that can be said of the code without running it; before every commit."""
    parser = Parser("lint", "Memeriksa gaya kode, templat, kata-kata, dan migrasi.")
    parser.parse_args(arguments)
    place = _place(None)
    _equip(place, environment.TEST)
    secrets = keys.load(place)
    return 0 if lint.check(place, os.environ | secrets) else 1


def test(arguments: list[str]) -> int:
    """Run the whole suite on servers of its own; further words go to pytest."""
    options, words = _test_options(arguments)
    then = clock.moment(options.on) if options.on else None
    main = _place(None)
    _equip(main, environment.TEST)
    place = Place(ROOT, main.data / "test")
    place.prepare()
    lock = try_hold(place.run / "lock")
    if lock is None:
        raise LaunchError("Uji lain sedang berjalan di folder ini; tunggu selesai.")
    is_part = options.fast or words
    words = ["--numprocesses", options.processes, f"--fonts={options.fonts}", *words]
    browser = None if options.fast else _browser()
    if options.fast:
        words = ["-m", f"not ({SLOW})", *words]
    elif browser:
        _see_to(fonts.SETS[options.fonts])
    with lock:
        end_forgotten(place.run / "children.json")
        if not kept.take(place, options.processes) or not is_part or then:
            words = ["--create-db", *words]
        code = _pytest(place, browser, then, words, pooled=options.pooled)
        if not then:  # what another day left behind is of no use to today
            kept.leave(place, options.processes, code)
    return code


def _pytest(
    place: Place,
    browser: str | None,
    then: datetime | None,
    words: list[str],
    *,
    pooled: bool,
) -> int:
    """Run pytest beside servers that have the same clock."""
    secrets = keys.load(place)
    servers = Servers(place, secrets, throwaway=True, pooled=pooled)
    if pooled and "DATABASE_URL" not in servers.needed:
        raise LaunchError("--pooled memerlukan basis data sendiri, tanpa DATABASE_URL.")
    where = address.Address("127.0.0.1", address.USUAL_PORT)
    settings = programs.settings(place, secrets, servers, where)
    settings |= servers.owner | {"DJANGO_SETTINGS_MODULE": "tests.settings"}
    if browser:
        settings["POKMAS_CHROMIUM"] = browser
    # Those that need a replica make one.
    settings["POKMAS_REPLICA_DATABASE_URL"] = ""
    if pooled:
        settings["POKMAS_POOLED"] = "1"
    if then:
        folder = servers.home.folder if servers.home else place.run
        moved = clock.moved_to(then, folder)
        settings |= moved
        servers.environment |= moved
        # By its clock pytest takes the folders of other runs for forgotten ones.
        words = [f"--basetemp={place.run / 'pytest'}", *words]
    words = ["--dist", "loadgroup", *words]
    with _served(place, servers):
        command = [str(place.python), "-m", "pytest", *words]
        return _foreground(command, settings, place.root)


def _test_options(arguments: list[str]) -> tuple[argparse.Namespace, list[str]]:
    """Our own options, and the words for pytest in their order."""
    parser = Parser(
        "test",
        "Menyiapkan semua yang diperlukan, lalu menjalankan seluruh uji pada server "
        "tersendiri. Kata lain diteruskan kepada pytest.",
    )
    parser.add_argument(
        "--fast",
        action="store_true",
        help="jalur cepat, beberapa menit: tanpa uji yang memerlukan peramban atau "
        "pekerja latar, tanpa uji yang bertanya ribuan kali atau mencetak dokumen",
    )
    parser.add_argument(
        "--on",
        metavar="WAKTU",
        help="menjalankan uji seolah-olah sekarang waktu itu, dalam UTC, misalnya "
        '"2028-02-29 10:00"; jam tetap berjalan',
    )
    parser.add_argument(
        "--pooled",
        action="store_true",
        help="dengan PgBouncer di depan basis data, yang meminjamkan sambungan untuk "
        "satu transaksi saja",
    )
    parser.add_argument(
        "--fonts",
        choices=fonts.SETS,
        default=fonts.USUAL,
        help="huruf yang dilihat peramban, tidak ada yang lain (bawaan: %(default)s)",
    )
    parser.add_argument(
        "-n",
        dest="processes",
        metavar="BANYAK",
        default="2",
        help="berapa proses sekaligus; 0: satu saja (bawaan: %(default)s)",
    )
    return parser.parse_known_args(arguments)


def _browser() -> str | None:
    try:
        browser = libraries.browser()
    except LaunchError as error:
        warn(f"  Chromium tidak dapat dipasang: {error}")
        browser = None
    if browser is None:
        warn(
            "  Uji di peramban dilewati (tidak dihitung lulus): Chromium belum ada. "
            "Pasang: sudo apt install chromium"
        )
    return browser


def _see_to(chosen: fonts.FontSet) -> None:
    try:
        there = libraries.fonts(chosen)
    except LaunchError as error:
        warn(f"  Huruf tidak dapat dipasang: {error}")
        there = False
    if not there:
        warn(
            f"  Uji di peramban dilewati (tidak dihitung lulus): huruf {chosen.sans} "
            f"belum ada. Pasang: sudo apt install {chosen.package}"
        )


def run_other(arguments: list[str]) -> int:
    """Any program, say pg_dump, with the portal's environment and servers."""
    if not arguments:
        raise LaunchError("Program apa? Misalnya: python3 manage.py run psql")
    return _with_servers(arguments)


def manage(arguments: list[str]) -> int:
    """A command of Django's, where it finds its packages and its servers."""
    if os.environ.get("DATABASE_URL") and importlib.util.find_spec("django"):
        from django.core.management import execute_from_command_line

        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pokmas.settings")
        execute_from_command_line(["manage.py", *arguments])
        return 0
    return _with_servers(
        [str(_place(None).python), str(ROOT / "manage.py"), *arguments]
    )


def _with_servers(command: list[str]) -> int:
    with _working(_place(None)) as (_servers, settings):
        return _foreground(command, settings)


@contextmanager
def _working(place: Place) -> Iterator[tuple[Servers, dict[str, str]]]:
    """While the servers are up: those of a running portal, or our own."""
    _equip(place)
    secrets = keys.load(place)
    servers = Servers(place, secrets)
    where = address.Address("127.0.0.1", address.USUAL_PORT)
    running = read_json(place.run / "up.json").get("url", where.url)
    settings = programs.settings(place, secrets, servers, where)
    settings["POKMAS_BASE_URL"] = os.environ.get("POKMAS_BASE_URL", running)
    settings |= servers.tools | servers.owner
    lock = try_hold(place.run / "lock")
    if lock is None:
        with hold(place.run / "use", shared=True):
            _wait_for_servers(servers)
            yield servers, settings
        return
    with lock:
        _forget(place)
        with _served(place, servers):
            yield servers, settings
            hold(place.run / "use")  # another command may still be at work


def _equip(place: Place, lock: str = environment.BASE) -> None:
    environment.ensure(place, lock)
    words.ensure(place)


def _add_data_option(parser: Parser) -> None:
    parser.add_argument(
        "--data",
        metavar="FOLDER",
        help="tempat data disimpan (bawaan: var di folder ini, atau POKMAS_DATA_DIR)",
    )


def _place(data: str | None) -> Place:
    chosen = data or os.environ.get("POKMAS_DATA_DIR") or str(ROOT / "var")
    place = Place(ROOT, Path(chosen).expanduser().resolve())
    try:
        place.prepare()
    except OSError as error:
        raise LaunchError(
            f"Folder data {place.data} tidak dapat dipakai: {error}. Pilih folder lain "
            "dengan --data FOLDER."
        ) from error
    return place


def _take_turn(place: Place) -> IO[str] | None:
    """The lock of the data folder, or None if a portal is already up there."""
    waiting = False
    while (lock := try_hold(place.run / "lock")) is None:
        running = read_json(place.run / "up.json")
        if running.get("url"):
            say(f"Portal sudah berjalan: {running['url']}/")
            say("Untuk menghentikannya: Ctrl-C di terminalnya, atau manage.py stop")
            return None
        if not waiting:
            waiting = True
            say("Menunggu perintah lain yang sedang memakai basis data …")
        time.sleep(0.3)
    _forget(place)
    return lock


def _forget(place: Place) -> None:
    """Clear away what a killed launcher left: its children and its address."""
    (place.run / "up.json").unlink(missing_ok=True)
    if end_forgotten(place.run / "children.json"):
        say("  Sisa portal yang terhenti mendadak sudah dibersihkan.")


@contextmanager
def _preparation(
    place: Place, settings: dict[str, str]
) -> Iterator[subprocess.Popen[bytes]]:
    """Django loads while the servers start, and waits for a word before its work."""
    program = subprocess.Popen(
        [str(place.python), "-m", "pokmas.launch.prepare", str(_logins(place))],
        cwd=place.root,
        # Nobody waits for a page; how long a statement took is of no interest here.
        env=settings | {"POKMAS_SLOW_QUERY_MS": "0"},
        stdin=subprocess.PIPE,
    )
    try:
        yield program
    finally:
        program.kill()
        program.wait()


def _foreground(
    command: list[str], settings: dict[str, str], folder: Path | None = None
) -> int:
    """Run a program in this terminal. Ctrl-C is for it; we wait to tidy up after it."""
    try:
        program = subprocess.Popen(command, cwd=folder, env=settings)
    except OSError as error:
        raise LaunchError(f"{command[0]} tidak dapat dijalankan: {error}") from error

    def pass_on(number: int, frame: Any) -> None:
        if number != signal.SIGINT:
            program.send_signal(number)

    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, pass_on)
    return program.wait()


@contextmanager
def _served(place: Place, servers: Servers) -> Iterator[None]:
    """The servers, for as long as one command lasts."""
    supervisor = Supervisor(place.run / "children.json", Signals())
    supervisor.children = servers.children
    try:
        servers.start(supervisor.write_record)
        yield
    finally:
        supervisor.stop(last=SERVERS)


def _wait_for_servers(servers: Servers) -> None:
    """The launcher that holds the lock may still be starting them."""
    if servers.home is None or "DATABASE_URL" not in servers.needed:
        return
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until:
        with socket.socket(socket.AF_UNIX) as attempt:
            try:
                attempt.connect(str(servers.home.sockets / ".s.PGSQL.5432"))
            except OSError:
                time.sleep(0.1)
            else:
                return


def _wait_for_page(where: address.Address, web: Child) -> None:
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(where.host, where.host)
    until = time.monotonic() + START_SECONDS
    while web.alive and time.monotonic() < until:
        connection = HTTPConnection(host, where.port, timeout=START_SECONDS)
        try:
            connection.request("GET", "/")
            if connection.getresponse().status < 500:
                return
            break
        except (OSError, HTTPException):
            time.sleep(0.05)
        finally:
            connection.close()
    raise LaunchError(
        f"Server web tidak menjawab. Catatan terakhirnya ({web.log}):\n{tail(web.log)}"
    )
