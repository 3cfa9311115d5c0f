"""The files of the demo: a blank PDF and a few drawn pictures."""

import hashlib
import io
import random
from collections.abc import Collection

from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from PIL import Image, ImageDraw
from pypdf import PdfWriter

from pokmas.accounts.models import User
from pokmas.documents.models import Document, random_name
from reports.demo.world import World

PHOTOS = 6


def draw(world: World) -> None:
    """A blank PDF and a few drawn pictures, stored once and pointed to by many rows."""
    writer, content = PdfWriter(), io.BytesIO()
    writer.add_blank_page(width=595, height=842)
    writer.write(content)
    world.papers["pdf"] = [store(content.getvalue())]
    world.papers["photo"] = [store(_picture(world.dice)) for _ in range(PHOTOS)]


def store(content: bytes) -> tuple[str, int, str]:
    """Name, size and fingerprint of the stored file."""
    name = default_storage.save(random_name("documents"), ContentFile(content))
    return name, len(content), hashlib.sha256(content).hexdigest()


def _picture(dice: random.Random) -> bytes:
    """Hills below a sky: a photo that shows nobody."""
    picture = Image.new("RGB", (1200, 800), (190 + dice.randint(0, 40), 215, 235))
    pen = ImageDraw.Draw(picture)
    pen.ellipse([880, 80, 1010, 210], fill=(250, 214, 120))
    for layer in range(4):
        base = 380 + layer * 110
        shade = (60 + layer * 18, 120 - layer * 16, 100 - layer * 18)
        points = [(0, 800)]
        points += [(x, base + dice.randint(-70, 70)) for x in range(0, 1300, 150)]
        pen.polygon([*points, (1200, 800)], fill=shade)
    content = io.BytesIO()
    picture.save(content, "JPEG", quality=80)
    return content.getvalue()


def documents(
    world: World,
    kind: str,
    names: list[str],
    own: Collection[int] = (),
    by: User | None = None,
) -> list[Document]:
    """One document row a name, all showing the same few demo papers.

    Those at the places `own` are photos that nothing else shows; `by` uploaded them.
    """
    files = world.papers["photo" if kind == Document.Kind.JPEG else "pdf"]
    rows = []
    for place, name in enumerate(names):
        paper = files[place % len(files)]
        if place in own:
            paper = store(_picture(random.Random(place)))
        file, size, digest = paper
        about = {"size": size, "sha256": digest, "uploaded_by": by}
        rows.append(Document(file=file, name=name, kind=kind, **about))
    return Document.objects.bulk_create(rows, batch_size=2000)


def own(owners: list, documents: list[Document]) -> None:
    """Give each document its owner, whose viewers may then download it."""
    if not owners:
        return
    kind = ContentType.objects.get_for_model(owners[0])
    for owner, document in zip(owners, documents, strict=True):
        document.owner_type, document.owner_id = kind, owner.pk
    Document.objects.bulk_update(documents, ["owner_type", "owner_id"], batch_size=1000)
