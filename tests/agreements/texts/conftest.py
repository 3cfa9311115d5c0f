import io

import pytest
from PIL import Image


@pytest.fixture
def emblem(monkeypatch):
    """Drawn at once: the letterhead of a Word file is none of these tests."""
    output = io.BytesIO()
    Image.new("RGB", (20, 20)).save(output, "PNG")
    monkeypatch.setattr(
        "pokmas.papers.word.pdf.drawings",
        lambda drawings, width: [output.getvalue() for _each in drawings],
    )
