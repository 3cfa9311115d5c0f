import subprocess
import sys

import pytest

from pokmas.launch import environment
from pokmas.launch.place import Place


@pytest.fixture
def filled(tmp_path):
    """An environment into which both locks have been installed."""
    place = Place(tmp_path, tmp_path / "var")
    for name in (environment.BASE, environment.TEST):
        (tmp_path / name).write_text(f"{name}==1\n")
    command = [sys.executable, "-m", "venv", "--without-pip", str(place.venv)]
    subprocess.run(command, check=True)
    environment._remember(place, environment.TEST)
    return place


def test_a_filled_environment_is_left_alone(filled, capsys):
    environment.ensure(filled)
    environment.ensure(filled, environment.TEST)

    assert capsys.readouterr().out == ""


def test_the_packages_alone_do_not_stand_for_the_test_packages(filled):
    environment._remember(filled, environment.BASE)

    assert environment._installed(filled, environment.BASE)
    assert not environment._installed(filled, environment.TEST)


def test_a_new_lock_asks_for_a_new_installation(filled):
    (filled.root / environment.BASE).write_text("other==2\n")

    assert not environment._installed(filled, environment.BASE)


def test_an_environment_whose_python_has_gone_is_not_usable(filled):
    filled.python.unlink()

    assert not environment._installed(filled, environment.BASE)
