import ast
import sys

import pytest

from pokmas.launch import cli
from pokmas.launch.place import hold, write_private
from tests.pokmas.launch.conftest import ROOT


def test_without_a_word_the_verbs_are_named(capsys):
    assert cli.run([]) == 0
    assert "manage.py up" in capsys.readouterr().out


def test_help_of_up_is_indonesian(capsys):
    with pytest.raises(SystemExit) as ending:
        cli.run(["up", "--help"])

    shown = capsys.readouterr().out
    assert ending.value.code == 0
    assert shown.startswith("Pemakaian: python3 manage.py up")
    assert "usage" not in shown
    assert "options" not in shown


def test_an_unknown_option_is_refused(capsys):
    with pytest.raises(SystemExit) as ending:
        cli.run(["up", "--prot", "80"])

    assert ending.value.code == 2
    assert "Pilihan tidak dikenali" in capsys.readouterr().err


def test_fonts_that_nobody_knows_are_refused_before_anything_starts(capsys):
    with pytest.raises(SystemExit) as ending:
        cli.run(["test", "--fonts", "comic"])

    assert ending.value.code == 2
    assert "dejavu, liberation, noto" in capsys.readouterr().err.replace("'", "")


def test_a_second_up_tells_where_the_first_one_is(place, capsys):
    write_private(place.run / "up.json", {"pid": 1, "url": "http://localhost:8000"})

    with hold(place.run / "lock"):
        code = cli.run(["up", "--data", str(place.data)])

    assert code == 0
    assert "sudah berjalan: http://localhost:8000/" in capsys.readouterr().out


def test_stop_says_so_if_nothing_runs(place, capsys):
    assert cli.run(["stop", "--data", str(place.data)]) == 0
    assert capsys.readouterr().out == "Tidak ada portal yang berjalan.\n"


def test_a_data_folder_that_cannot_be_made_is_named(tmp_path, capsys):
    (tmp_path / "file").write_text("")

    code = cli.run(["stop", "--data", str(tmp_path / "file" / "var")])

    assert code == 1
    assert f"{tmp_path}/file/var tidak dapat dipakai" in capsys.readouterr().err


def test_manage_py_can_be_read_by_an_old_python():
    ast.parse((ROOT / "manage.py").read_text(), feature_version=(3, 7))


@pytest.mark.parametrize(
    "path",
    [
        path
        for path in (ROOT / "pokmas/launch").glob("*.py")
        if path.name != "prepare.py"  # runs where the packages are
    ],
    ids=lambda path: path.stem,
)
def test_the_launcher_imports_the_standard_library_alone(path):
    tree = ast.parse(path.read_text())

    imported = {
        (name.name if isinstance(node, ast.Import) else node.module or "")
        for node in tree.body
        if isinstance(node, ast.Import | ast.ImportFrom)
        for name in node.names
    }

    foreign = {
        name
        for name in imported
        if name.split(".")[0] not in sys.stdlib_module_names
        and not name.startswith("pokmas.launch")
    }
    assert foreign == set()
