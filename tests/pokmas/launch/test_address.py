import socket

import pytest

from pokmas.launch import address
from pokmas.launch.console import LaunchError


@pytest.fixture
def taken():
    """A port on which somebody else listens."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        yield listener.getsockname()[1]


def test_a_taken_port_that_was_asked_for_is_refused(taken):
    with pytest.raises(LaunchError, match="sedang dipakai program lain"):
        address.choose("127.0.0.1", taken)


def test_without_a_wish_the_next_free_port_is_taken(taken, monkeypatch, capsys):
    monkeypatch.setattr(address, "USUAL_PORT", taken)

    where = address.choose("localhost", None)

    assert where.port > taken
    assert f"memakai {where.port}" in capsys.readouterr().out


def test_an_address_that_is_not_ours_is_refused():
    with pytest.raises(LaunchError, match="bukan alamat mesin ini"):
        address.choose("192.0.2.1", 8000)


def test_for_this_machine_alone_the_portal_is_called_localhost():
    where = address.Address("127.0.0.1", 8000)

    assert (where.url, where.local) == ("http://localhost:8000", True)


def test_for_the_network_the_portal_answers_to_more_names():
    where = address.Address("0.0.0.0", 8000)

    assert not where.local
    assert socket.gethostname() in where.names


def test_until_the_web_server_listens_nobody_is_let_wait():
    with address.Address("127.0.0.1", 0).bind() as bound:
        where = bound.getsockname()

        with pytest.raises(ConnectionRefusedError):
            socket.create_connection(where)
