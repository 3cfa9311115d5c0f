"""Copies of the documents beside the database's backups."""

from datetime import date

import pytest
from django.core.management import CommandError, call_command

from pokmas.documents import keeping
from pokmas.jobs import backups

TODAY = date(2026, 3, 4)


@pytest.fixture
def source(tmp_path, settings):
    folder = tmp_path / "media"
    (folder / "papers").mkdir(parents=True)
    (folder / "mark").write_text("mark")
    (folder / "papers" / "a.pdf").write_text("paper")
    settings.MEDIA_ROOT = str(folder)
    return folder


@pytest.fixture
def kept(tmp_path):
    return tmp_path / "kept"


def names(folder):
    return sorted(str(p.relative_to(folder)) for p in folder.rglob("*") if p.is_file())


def test_only_what_is_new_is_copied(source, kept):
    assert keeping.keep(source, kept, TODAY) == 2
    (source / "papers" / "b.pdf").write_text("later")

    assert keeping.keep(source, kept, TODAY) == 1
    assert names(kept) == ["media/mark", "media/papers/a.pdf", "media/papers/b.pdf"]


def test_what_was_seen_half_written_is_copied_again(source, kept):
    (source / "papers" / "a.pdf").write_text("pa")
    keeping.keep(source, kept, TODAY)
    (source / "papers" / "a.pdf").write_text("paper")

    keeping.keep(source, kept, TODAY)

    assert (kept / "media/papers/a.pdf").read_text() == "paper"


def test_what_is_gone_is_laid_aside_until_no_backup_names_it(source, kept):
    keeping.keep(source, kept, TODAY)
    (source / "papers" / "a.pdf").unlink()

    keeping.keep(source, kept, TODAY)
    keeping.forget(kept, TODAY)
    assert names(kept) == ["gone/2026-03-04/papers/a.pdf", "media/mark"]

    keeping.forget(kept, date(2026, 3, 5))
    assert names(kept) == ["media/mark"]


def test_an_empty_store_does_not_empty_the_copy(source, kept):
    keeping.keep(source, kept, TODAY)
    for path in source.rglob("*.*"):
        path.unlink()
    (source / "mark").unlink()

    with pytest.raises(keeping.Vanished):
        keeping.keep(source, kept, TODAY)

    assert names(kept) == ["media/mark", "media/papers/a.pdf"]


@pytest.mark.django_db
def test_the_command_says_that_it_was_there(source, kept):
    call_command("keep_documents", kept)

    assert names(kept / "media") == names(source)
    assert backups.DOCUMENTS in backups.noted()


@pytest.mark.django_db
def test_what_cannot_be_copied_is_told_and_not_noted(source, kept):
    kept.write_text("a file where the folder should be")

    with pytest.raises(CommandError):
        call_command("keep_documents", kept)

    assert backups.noted() == {}
