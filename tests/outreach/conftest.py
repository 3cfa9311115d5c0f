import io
import zlib

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image


@pytest.fixture
def photo():
    """A function that makes an uploaded photo, as a phone would send it."""

    def make(name="foto.jpg", content=None, kind="image/jpeg"):
        if content is None:
            buffer = io.BytesIO()
            colour = zlib.crc32(name.encode()) & 0xFFFFFF  # another photo, another name
            Image.new("RGB", (640, 480), colour).save(buffer, "JPEG")
            content = buffer.getvalue()
        return SimpleUploadedFile(name, content, kind)

    return make
