"""What PDF/UA-1 (ISO 14289-1) and PDF/A-2b (ISO 19005-2) ask of a file and a program can see, without veraPDF, which needs Java.

Each check is a rule of one of the two, named by the number of its failure condition in the Matterhorn Protocol 1.02 of the PDF
Association, or by its clause of ISO 19005-2. What only a person can judge, such as whether words say what a picture shows, is not here.
"""

from collections.abc import Iterator
from io import BytesIO
from typing import Any

from pypdf import PdfReader
from pypdf.generic import ContentStream

STANDARD = frozenset({
    "Document", "Part", "Art", "Sect", "Div", "BlockQuote", "Caption", "TOC", "TOCI", "Index", "NonStruct", "Private", "P", "H", "H1",
    "H2", "H3", "H4", "H5", "H6", "L", "LI", "Lbl", "LBody", "Table", "TR", "TH", "TD", "THead", "TBody", "TFoot", "Span", "Quote",
    "Note", "Reference", "BibEntry", "Code", "Link", "Annot", "Ruby", "RB", "RT", "RP", "Warichu", "WT", "WP", "Figure", "Formula",
    "Form",
})  # fmt: skip
PAINTING = frozenset({b"Tj", b"TJ", b"'", b'"', b"Do", b"f", b"F", b"f*", b"S", b"s", b"B", b"B*", b"b", b"b*", b"sh"})


def problems(file: bytes) -> list[str]:
    """Everything that is wrong, each with the rule that it breaks; nothing where nothing is."""
    reader = PdfReader(BytesIO(file))
    root: Any = reader.trailer["/Root"]
    elements = list(_elements(root.get("/StructTreeRoot"), _roles(root))) if "/StructTreeRoot" in root else []
    checks = (_catalogue(reader, root), _metadata(reader, root), _fonts(reader), _marked(reader), _structure(elements), _tables(elements))
    return [said for check in checks for said in check]


def _catalogue(reader: PdfReader, root: Any) -> Iterator[str]:
    if not _held(root, "/MarkInfo").get("/Marked"):
        yield "06-001, 28-: the file is not marked as tagged"
    if "/StructTreeRoot" not in root:
        yield "09-: there is no tree of what is read"
    if not root.get("/Lang"):
        yield "11-006: the file has no language"
    if not _held(root, "/ViewerPreferences").get("/DisplayDocTitle"):
        yield "07-001: the title is not shown in place of the file's name"
    if reader.is_encrypted:
        yield "A-2 6.1.3: the file is encrypted"
    if "/AA" in root or "/JavaScript" in _held(root, "/Names"):
        yield "A-2 6.5: the file does something by itself"
    intents = [intent.get_object() for intent in root.get("/OutputIntents", [])]
    if not any(intent["/S"] == "/GTS_PDFA1" and "/DestOutputProfile" in intent for intent in intents):
        yield "A-2 6.2.3: no profile says what the colours are"


def _metadata(reader: PdfReader, root: Any) -> Iterator[str]:
    said = root["/Metadata"].get_object().get_data().decode() if "/Metadata" in root else ""
    for rule, needed in (
        ("06-002", "<pdfuaid:part>1</pdfuaid:part>"),
        ("A-2 6.6.4", "<pdfaid:part>2</pdfaid:part>"),
        ("A-2 6.6.4", "<pdfaid:conformance>B</pdfaid:conformance>"),
        ("06-003", "<dc:title>"),
    ):
        if needed not in said:
            yield f"{rule}: the metadata have no {needed}"
    if not (reader.metadata and reader.metadata.title):
        yield "06-003: the file has no title"


def _fonts(reader: PdfReader) -> Iterator[str]:
    for font in _named(reader, "/Font"):
        inner = font["/DescendantFonts"][0].get_object() if "/DescendantFonts" in font else font
        held = _held(inner, "/FontDescriptor").keys() if font.get("/Subtype") != "/Type3" else {"/FontFile3"}
        if not {"/FontFile", "/FontFile2", "/FontFile3"} & set(held):
            yield f"31-009: the font {font.get('/BaseFont')} is not in the file"
        if "/ToUnicode" not in font:
            yield f"10-001: the letters of {font.get('/BaseFont')} have no meaning"


def _named(reader: PdfReader, kind: str) -> Iterator[Any]:
    """The resources of a kind of every page, and of every form drawn on one, each once."""
    seen: set[int] = set()
    left: list[Any] = [page["/Resources"].get_object() for page in reader.pages]
    while left:
        resources = left.pop()
        for part in _held(resources, "/XObject").values():
            form = part.get_object()
            if "/Resources" in form and id(form) not in seen:
                seen.add(id(form))
                left.append(form["/Resources"].get_object())
        yield from (part.get_object() for part in _held(resources, kind).values())


def _held(above: Any, name: str) -> Any:
    """A dictionary within another; an empty one where it is not there."""
    return above[name].get_object() if name in above else {}


def _marked(reader: PdfReader) -> Iterator[str]:
    """Whatever is painted is either read or said to be decoration."""
    for number, page in enumerate(reader.pages, 1):
        content: Any = page.get_contents()
        depth = 0
        for _operands, operator in ContentStream(content, reader).operations if content is not None else []:
            depth += {b"BMC": 1, b"BDC": 1, b"EMC": -1}.get(operator, 0)
            if operator in PAINTING and not depth:
                yield f"01-005: something on page {number} is neither read nor decoration"
                break
        if "/StructParents" not in page:
            yield f"09-: page {number} is not in the tree of what is read"
        if page.get("/Annots") and page.get("/Tabs") != "/S":
            yield f"28-: the keyboard does not follow what is read on page {number}"


def _structure(elements: list[tuple[str, Any, str]]) -> Iterator[str]:
    level = 0
    for kind, element, _above in elements:
        if kind not in STANDARD:
            yield f"02-001: {kind} is no kind of element, and nothing says what it is like"
        if kind in ("Figure", "Formula") and not (element.get("/Alt") or element.get("/ActualText")):
            yield "13-004: a figure has no words"
        if kind[:1] == "H" and kind[1:].isdigit():
            if int(kind[1:]) > level + 1:
                yield f"14-003: {kind} comes after level {level}"
            level = int(kind[1:])
    if not elements:
        yield "09-: nothing is read"


def _tables(elements: list[tuple[str, Any, str]]) -> Iterator[str]:
    inside = {"TR": {"Table", "THead", "TBody", "TFoot"}, "TH": {"TR"}, "TD": {"TR"}, "THead": {"Table"}, "TBody": {"Table"}, "LI": {"L"}}
    for kind, element, above in elements:
        if kind in inside and above not in inside[kind]:
            yield f"09-004: {kind} lies in {above}"
        if kind == "TH" and not any("/Scope" in attributes for attributes in _attributes(element)):
            yield "15-003: a heading cell does not say of which cells it is"
    tables = sum(kind == "Table" for kind, _element, _above in elements)
    if tables and not any(kind == "TH" for kind, _element, _above in elements):
        yield "15-: no table has a heading cell"


def _attributes(element: Any) -> list[Any]:
    held: Any = element["/A"].get_object() if "/A" in element else []
    return [part.get_object() for part in held] if isinstance(held, list) else [held]


def _roles(root: Any) -> dict[str, str]:
    return {name[1:]: kind[1:] for name, kind in _held(root["/StructTreeRoot"], "/RoleMap").items()} if "/StructTreeRoot" in root else {}


def _elements(above: Any, roles: dict[str, str], kind: str = "") -> Iterator[tuple[str, Any, str]]:
    """Every element in the order of reading: its kind, itself, and the kind of the one that it lies in."""
    children: Any = above["/K"].get_object() if "/K" in above else []
    for child in children if isinstance(children, list) else [children]:
        element: Any = child.get_object()
        if isinstance(element, dict) and "/S" in element:
            name = str(element["/S"])[1:]
            named = roles.get(name, name)
            yield named, element, kind
            yield from _elements(element, roles, named)
