import io
from zlib import crc32

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image


@pytest.fixture
def photo():
    """A function that makes an uploaded photo, as a phone would send it.

    Those of one name are the same photo, others are not.
    """

    def make(name="foto.jpg", content=None, kind="image/jpeg"):
        if content is None:
            buffer = io.BytesIO()
            colour = f"#{crc32(name.encode()) & 0xFFFFFF:06x}"
            Image.new("RGB", (640, 480), colour).save(buffer, "JPEG")
            content = buffer.getvalue()
        return SimpleUploadedFile(name, content, kind)

    return make
