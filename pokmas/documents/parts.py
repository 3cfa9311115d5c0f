"""Long papers: rendered part by part, each in a process of its own, and joined here.

In one piece a page of a table takes some three megabytes until the last page is done.
So each part's PDF objects are stored under the numbers they will have in the end, and
joining them is copying bytes: pages, structure tree, bookmarks and the one total that
every page shows behind "dari". Runs in the renderer's fork, without Django.
"""

import json
import re
from pathlib import Path

import pydyf

REFERENCE = re.compile(rb"(\d+) 0 R")
# The id of a table's row at which the next part of a long paper may go on.
ROW = "baris-"
A4_WIDTH = 595.276
# The numbers that the joined PDF gives to what all parts share; pydyf gives 1 and 2.
PAGES, CATALOG, ROOT, PARENTS, DOCUMENT, OUTLINES, TOTAL, FREE = range(1, 9)
OWN = {"Type", "Pages", "StructTreeRoot", "Outlines", "Names"}


class Raw(pydyf.Object):
    """An object of a part, as it will stand in the joined file."""

    data = b""
    compressible = True

    def __init__(self, data: bytes, compressible: bool):
        super().__init__()
        self.data, self.compressible = data, compressible


class Part:
    """The objects of one rendered PDF, under new numbers from `first` on."""

    def __init__(self, pdf: pydyf.PDF, place: int, first: int, first_parent: int):
        self.pdf, self.place, self.first_parent = pdf, place, first_parent
        root = self._known("StructTreeRoot")
        self.document = root and _at(pdf, root["K"][0])
        self.parents = root and _at(pdf, root["ParentTree"])
        self.outlines = self._known("Outlines")
        shared = [pdf.pages, pdf.catalog, root, self.parents, self.document]
        self.numbers = {
            thing.number: number
            for number, thing in enumerate([*shared, self.outlines], start=PAGES)
            if thing is not None
        }
        self.kept = [
            thing for thing in pdf.objects[1:] if thing.number not in self.numbers
        ]
        for number, thing in enumerate(self.kept, start=first):
            self.numbers[thing.number] = number
        self.next = first + len(self.kept)
        # Each part embeds the letters it needs: a font of its own, by name too.
        letters = (chr(ord("A") + place // 26**n % 26) for n in range(4))
        self.tag = ("PK" + "".join(letters)).encode()

    def _known(self, name: str):
        reference = self.pdf.catalog.get(name)
        return reference and _at(self.pdf, reference)

    def moved(self, value, key=None):
        """The same value with new numbers in its references."""
        if isinstance(value, bytes) and (found := REFERENCE.fullmatch(value)):
            return b"%d 0 R" % self.numbers[int(found[1])]
        if key in ("ID", "Headers"):  # unique within a part only
            return self._named(value)
        if key in ("BaseFont", "FontName"):
            return b"/%s+%s" % (self.tag, value.partition(b"+")[2])
        if key in ("StructParents", "StructParent"):
            return value + self.first_parent
        if isinstance(value, pydyf.Stream):
            return pydyf.Stream(value.stream, self._pairs(value.extra), value.compress)
        if isinstance(value, dict):
            return pydyf.Dictionary(self._pairs(value))
        if isinstance(value, list):
            return pydyf.Array(self.moved(item) for item in value)
        return value

    def _pairs(self, pairs: dict) -> dict:
        return {key: self.moved(value, key) for key, value in pairs.items()}

    def _named(self, value):
        if isinstance(value, list):
            return pydyf.Array(self._named(item) for item in value)
        return pydyf.String(f"{self.place}-{value.string}")

    def store(self, folder: Path) -> dict:
        """Write the objects down and return what the join has to know."""
        with (folder / f"part-{self.place}.bin").open("wb") as output:
            sizes = []
            for thing in self.kept:
                data = self.moved(thing).data
                output.write(data)
                sizes.append([len(data), thing.compressible])
        catalog = {k: v for k, v in self.pdf.catalog.items() if k not in OWN}
        tree = self.moved(self.parents["Nums"])
        known = {
            "sizes": sizes,
            "pages": [self.numbers[n] for n in self.pdf.pages["Kids"][::3]],
            "elements": _text(self.moved(self.document["K"])),
            "parents": _text(
                pydyf.Array(
                    item + self.first_parent if isinstance(item, int) else item
                    for item in tree
                )
            ),
            "catalog": {key: _text(self.moved(v)) for key, v in catalog.items()},
            "info": {key: _text(value) for key, value in self.pdf.info.items()},
            "names": self._destinations(),
            "outlines": self._bookmarks(),
        }
        (folder / f"part-{self.place}.json").write_text(json.dumps(known))
        parents = self.first_parent + len(self.parents["Nums"]) // 2
        return {"next_number": self.next, "next_parent": parents}

    def _destinations(self) -> dict[str, str]:
        pairs = self.pdf.catalog.get("Names", {}).get("Dests", {}).get("Names", [])
        return {
            name.string: _text(self.moved(place))
            for name, place in zip(pairs[::2], pairs[1::2], strict=True)
            if not name.string.startswith(ROW)
        }

    def _bookmarks(self) -> dict:
        if self.outlines is None:
            return {}
        first, last = (_at(self.pdf, self.outlines[key]) for key in ("First", "Last"))
        return {
            "first": self.numbers[first.number],
            "last": self.numbers[last.number],
            "count": self.outlines["Count"],
        }


def _text(value) -> str:
    return pydyf._to_bytes(value).decode("latin-1")


def leave_room_for_total(pdf: pydyf.PDF) -> None:
    """Have every page draw the total, which the join will put under its number."""
    for number in pdf.pages["Kids"][::3]:
        page = pdf.objects[number]
        width, height = page["MediaBox"][2:]
        # A page is drawn upside down: turned back, and moved to the right edge.
        _at(pdf, page["Contents"]).stream.append(
            f"/Artifact BMC q 1 0 0 -1 0 {height:f} cm 1 0 0 1 {width - A4_WIDTH:f} 0 "
            "cm /Total Do Q EMC"
        )
        # Not bytes: this reference is final.
        _at(pdf, page["Resources"])["XObject"]["Total"] = f"{TOTAL} 0 R"


def _at(pdf: pydyf.PDF, reference: bytes):
    return pdf.objects[int(reference.split()[0])]


def join(folder: Path, places: int, total: pydyf.PDF, target: Path) -> int:
    """Write one PDF of all the parts; `total` is a page with their number on it."""
    final = pydyf.PDF()
    tree = pydyf.Dictionary({"Type": "/StructTreeRoot"})
    parents = pydyf.Dictionary({"Nums": pydyf.Array()})
    document = pydyf.Dictionary(
        {"Type": "/StructElem", "S": "/Document", "K": pydyf.Array()}
    )
    outlines = pydyf.Dictionary({"Count": 0})
    for thing in (tree, parents, document, outlines, Raw(b"null", True)):
        final.add_object(thing)
    tree["K"] = pydyf.Array([document.reference])
    tree["ParentTree"] = parents.reference
    document["P"] = tree.reference
    names = {}
    for place in range(places):
        known = json.loads((folder / f"part-{place}.json").read_text())
        content = (folder / f"part-{place}.bin").read_bytes()
        at = 0
        for size, compressible in known["sizes"]:
            final.add_object(Raw(content[at : at + size], compressible))
            at += size
        for number in known["pages"]:
            final.pages["Kids"].extend([number, 0, "R"])
        document["K"].append(_inside(known["elements"]))
        parents["Nums"].append(_inside(known["parents"]))
        names |= known["names"]
        _chain(final, outlines, known["outlines"])
        if place == 0:
            final.catalog.update(_values(known["catalog"]))
            final.info.update(_values(known["info"]))
    pages = len(final.pages["Kids"]) // 3
    final.pages["Count"] = pages
    final.catalog["StructTreeRoot"] = tree.reference
    if "First" in outlines:
        final.catalog["Outlines"] = outlines.reference
    if names:
        final.catalog["Names"] = pydyf.Dictionary({"Dests": _name_tree(names)})
    _draw_total(final, total, places)
    with target.open("wb") as output:
        final.write(output, b"1.7", compress=True)
    return pages


def _inside(array: str) -> bytes:
    return array[1:-1].encode("latin-1")


def _values(texts: dict[str, str]) -> dict[str, bytes]:
    return {key: value.encode("latin-1") for key, value in texts.items()}


def _name_tree(names: dict[str, str]) -> pydyf.Dictionary:
    pairs = pydyf.Array()
    for name in sorted(names):
        pairs.extend([pydyf.String(name), names[name].encode("latin-1")])
    return pydyf.Dictionary({"Names": pairs})


def _chain(final: pydyf.PDF, outlines: pydyf.Dictionary, more: dict) -> None:
    """Hang a part's bookmarks behind those of the parts before."""
    if not more:
        return
    first, last = (b"%d 0 R" % more[key] for key in ("first", "last"))
    if "Last" in outlines:
        before = _at(final, outlines["Last"])
        after = final.objects[more["first"]]
        before.data = before.data[:-2] + b"/Next " + first + b">>"
        after.data = after.data[:-2] + b"/Prev " + outlines["Last"] + b">>"
    outlines.setdefault("First", first)
    outlines["Last"] = last
    outlines["Count"] += more["count"]


def _draw_total(final: pydyf.PDF, total: pydyf.PDF, place: int) -> None:
    """Make a form of the page that `total` is, under the number all pages know."""
    (number,) = total.pages["Kids"][::3]
    page = total.objects[number]
    part = Part(total, place, len(final.objects), 0)
    drawing = _at(total, page["Contents"])
    for thing in part.kept:
        final.add_object(part.moved(thing) if thing is not page else Raw(b"null", True))
    form = pydyf.Stream(
        drawing.stream,
        {
            "Type": "/XObject",
            "Subtype": "/Form",
            "BBox": page["MediaBox"],
            "Resources": part.moved(page["Resources"]),
        },
        compress=True,
    )
    form.number = TOTAL
    final.objects[TOTAL] = form
