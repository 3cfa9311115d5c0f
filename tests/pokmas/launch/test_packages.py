from pokmas.launch import packages
from pokmas.launch.environment import SERVERS
from tests.pokmas.launch.conftest import ROOT

LISTING = r"""
:env:.index-url='https://packages.example/env'
global.cert='/etc/ssl/own.crt'
global.extra-index-url='\nhttps://one.example/simple\nhttps://two.example/simple'
global.index-url='https://packages.example/global'
install.index-url='https://packages.example/install'
freeze.timeout='10'
"""


def test_the_environment_beats_the_section_and_the_section_the_file():
    assert packages.read_pip_config(LISTING) == {
        "index-url": "https://packages.example/env",
        "cert": "/etc/ssl/own.crt",
        "extra-index-url": "https://one.example/simple\nhttps://two.example/simple",
    }


def test_what_pip_knows_is_said_in_the_words_of_uv(monkeypatch):
    for name in ("SSL_CERT_FILE", "UV_INDEX", "UV_DEFAULT_INDEX"):
        monkeypatch.delenv(name, raising=False)

    environment = packages.uv_environment(packages.read_pip_config(LISTING))

    assert environment["UV_DEFAULT_INDEX"] == "https://packages.example/env"
    assert (
        environment["UV_INDEX"]
        == "https://one.example/simple https://two.example/simple"
    )
    assert environment["SSL_CERT_FILE"] == "/etc/ssl/own.crt"


def test_what_is_already_said_to_uv_is_kept(monkeypatch):
    monkeypatch.setenv("UV_DEFAULT_INDEX", "https://mine.example/simple")

    environment = packages.uv_environment({"index-url": "https://pip.example/simple"})

    assert "UV_DEFAULT_INDEX" not in environment


def test_nothing_is_said_where_pip_knows_nothing():
    assert packages.uv_environment({}).keys() <= {"UV_INDEX_STRATEGY"}


def test_the_lock_can_do_without_the_servers():
    lock = (ROOT / "requirements.lock").read_text()
    names = [line.split("==")[0] for line in lock.splitlines() if "==" in line[:60]]

    rest = packages.without(lock, SERVERS)

    left = [line.split("==")[0] for line in rest.splitlines() if "==" in line[:60]]
    assert set(names) - set(left) == SERVERS
    assert lock.count("--hash=") > rest.count("--hash=") > 0
