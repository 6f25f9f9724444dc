"""Documents of many formats made from strings, for tests that need real files."""

import zipfile
from xml.sax.saxutils import escape, quoteattr

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_A = "http://schemas.openxmlformats.org/drawingml/2006/main"
_P = "http://schemas.openxmlformats.org/presentationml/2006/main"
_S = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'

STYLES = (
    f'{_HEAD}<w:styles xmlns:w="{W}">'
    '<w:style w:type="paragraph" w:styleId="Titel"><w:name w:val="Title"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="berschrift1"><w:name w:val="heading 1"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="berschrift2"><w:name w:val="heading 2"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Own"><w:name w:val="Own"/>'
    '<w:basedOn w:val="berschrift2"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Loop"><w:name w:val="Loop"/><w:basedOn w:val="Loop"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Bullet"><w:name w:val="List Bullet"/>'
    '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style></w:styles>'
)


def zipped(path, members):
    """Write a zip file of {name: str or bytes}, in this order."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return path


def relations(**targets):
    """Return a part of relations, {id: (kind, target)}."""
    rows = "".join(
        f'<Relationship Id="{one}" Type="{_RELATIONS}/{kind}" Target="{target}"/>'
        for one, (kind, target) in targets.items()
    )
    return f'{_HEAD}<Relationships xmlns="{_PACKAGE}">{rows}</Relationships>'


def p(text="", style="", inside=""):
    """Return a paragraph of a Word file: a run with `text`, then `inside` as it is."""
    properties = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    run = f'<w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r>' if text else ""
    return f"<w:p>{properties}{run}{inside}</w:p>"


def table(*rows):
    """Return a table of a Word file from rows of texts."""
    lines = ("".join(f"<w:tc>{p(cell)}</w:tc>" for cell in cells) for cells in rows)
    return "<w:tbl>" + "".join(f"<w:tr>{line}</w:tr>" for line in lines) + "</w:tbl>"


PAGE_BREAK = '<w:r><w:br w:type="page"/></w:r>'
RENDERED_BREAK = "<w:r><w:lastRenderedPageBreak/></w:r>"


def docx(path, body, **parts):
    """Write a Word file whose body is XML; `parts` are the XML of footnotes, endnotes, comments."""
    kinds = {"styles": STYLES}
    for kind, notes in parts.items():
        kinds[kind] = f'{_HEAD}<w:{kind} xmlns:w="{W}">{notes}</w:{kind}>'
    return zipped(
        path,
        {
            "_rels/.rels": relations(r1=("officeDocument", "word/document.xml")),
            "word/document.xml": f'{_HEAD}<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>',
            "word/_rels/document.xml.rels": relations(**{kind: (kind, f"{kind}.xml") for kind in kinds}),
            **{f"word/{kind}.xml": content for kind, content in kinds.items()},
        },
    )


def report(path):
    """Write a Word file with a title, three chapters, a list and a table."""
    return docx(
        path,
        p("Annual report", "Titel")
        + p("Sales", "berschrift1")
        + p("Sales grew by 12 percent in Geneva.")
        + p("bicycles", "Bullet")
        + p("tents", "Bullet")
        + p("People", "berschrift1")
        + table(("Name", "City"), ("Ada", "Lyon"), ("Bo", "Oslo"))
        + p("Outlook", "berschrift1")
        + p("Nobody knows what comes."),
    )


def shape(*lines, kind=None, inside=""):
    """Return a shape of a slide with its lines; `kind` is the placeholder's, None for a free one."""
    place = "" if kind is None else f'<p:ph type="{kind}"/>' if kind else "<p:ph/>"
    texts = "".join(f"<a:p><a:r><a:t>{escape(line)}</a:t></a:r></a:p>" for line in lines)
    return (
        f'<p:sp><p:nvSpPr><p:cNvPr id="1" name="x"/><p:nvPr>{place}</p:nvPr></p:nvSpPr>'
        f"<p:txBody>{texts}{inside}</p:txBody></p:sp>"
    )


def grid(*rows):
    """Return a table of a slide from rows of texts."""
    lines = (
        "".join(
            f"<a:tc><a:txBody><a:p><a:r><a:t>{cell}</a:t></a:r></a:p></a:txBody></a:tc>" for cell in cells
        )
        for cells in rows
    )
    body = "".join(f"<a:tr>{line}</a:tr>" for line in lines)
    return f"<p:graphicFrame><a:graphic><a:tbl>{body}</a:tbl></a:graphic></p:graphicFrame>"


def _slide(shapes, kind="sld"):
    spaces = f'xmlns:p="{_P}" xmlns:a="{_A}"'
    return f"{_HEAD}<p:{kind} {spaces}><p:cSld><p:spTree>{shapes}</p:spTree></p:cSld></p:{kind}>"


def pptx(path, slides, notes=None):
    """Write a presentation; `slides` are the XML of their shapes, `notes` {number from 1: text}.

    The files of the slides are numbered against their order.
    """
    count = len(slides)
    notes = notes or {}
    names = [count - index for index in range(count)]
    listed = "".join(f'<p:sldId id="{256 + name}" r:id="r{name}"/>' for name in names)
    members = {
        "ppt/presentation.xml": (
            f'{_HEAD}<p:presentation xmlns:p="{_P}" xmlns:r="{_RELATIONS}">'
            f"<p:sldIdLst>{listed}</p:sldIdLst></p:presentation>"
        ),
        "ppt/_rels/presentation.xml.rels": relations(
            **{f"r{name}": ("slide", f"slides/slide{name}.xml") for name in names}
        ),
    }
    for index, (name, shapes) in enumerate(zip(names, slides, strict=True), 1):
        members[f"ppt/slides/slide{name}.xml"] = _slide(shapes)
        if index in notes:
            target = relations(n=("notesSlide", f"../notesSlides/notes{name}.xml"))
            members[f"ppt/slides/_rels/slide{name}.xml.rels"] = target
            page = shape(kind="sldImg") + shape(notes[index], kind="body") + shape("7", kind="sldNum")
            members[f"ppt/notesSlides/notes{name}.xml"] = _slide(page, "notes")
    return zipped(path, members)


_ODF = "urn:oasis:names:tc:opendocument:xmlns"
_SPACES = " ".join(
    f'xmlns:{short}="{_ODF}:{long}:1.0"'
    for short, long in (
        ("office", "office"), ("text", "text"), ("table", "table"), ("draw", "drawing"),
        ("style", "style"), ("presentation", "presentation"), ("fo", "xsl-fo-compatible"),
    )
)  # fmt: skip


def opendocument(path, kind, body, styles="", **members):
    """Write an OpenDocument file; `kind` is text, presentation or spreadsheet, `body` XML."""
    content = (
        f'{_HEAD}<office:document-content {_SPACES} xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:{kind}>{body}</office:{kind}></office:body></office:document-content>"
    )
    mime_type = f"application/vnd.oasis.opendocument.{kind}"
    return zipped(path, {"mimetype": mime_type, "content.xml": content, **members})


def cells(*texts):
    """Return the cells of an OpenDocument row."""
    return "".join(f"<table:table-cell><text:p>{text}</text:p></table:table-cell>" for text in texts)


def letters(column):
    """Return the name of a column, from 1."""
    text = ""
    while column:
        column, rest = divmod(column - 1, 26)
        text = chr(65 + rest) + text
    return text


def sheet(*rows):
    """Return the XML of a sheet; a cell is a text, a number, (number, style), or XML; None leaves it out."""
    lines = []
    for number, values in enumerate(rows, 1):
        line = ""
        for column, value in enumerate(values, 1):
            place = f'r="{letters(column)}{number}"'
            if isinstance(value, tuple):
                line += f'<c {place} s="{value[1]}"><v>{value[0]}</v></c>'
            elif isinstance(value, str) and not value.startswith("<c"):
                line += f'<c {place} t="inlineStr"><is><t>{escape(value)}</t></is></c>'
            elif value is not None:
                line += value if isinstance(value, str) else f"<c {place}><v>{value}</v></c>"
        lines.append(f'<row r="{number}">{line}</row>')
    return f'{_HEAD}<worksheet xmlns="{_S}"><sheetData>{"".join(lines)}</sheetData></worksheet>'


def xlsx(path, sheets, strings=(), formats=(), hidden=(), **members):
    """Write a workbook of {name: XML}; style n + 1 of its cells has the format n of `formats`."""
    listed = ""
    targets = {}
    for number, name in enumerate(sheets, 1):
        state = ' state="hidden"' if name in hidden else ""
        listed += f'<sheet name="{escape(name)}" sheetId="{number}" r:id="r{number}"{state}/>'
        targets[f"r{number}"] = ("worksheet", f"worksheets/sheet{number}.xml")
    codes = "".join(
        f'<numFmt numFmtId="{200 + n}" formatCode={quoteattr(c)}/>' for n, c in enumerate(formats)
    )
    styles = '<xf numFmtId="0"/>' + "".join(f'<xf numFmtId="{200 + n}"/>' for n in range(len(formats)))
    return zipped(
        path,
        {
            "xl/workbook.xml": (
                f'{_HEAD}<workbook xmlns="{_S}" xmlns:r="{_RELATIONS}"><sheets>{listed}</sheets></workbook>'
            ),
            "xl/_rels/workbook.xml.rels": relations(
                **targets, s=("sharedStrings", "sharedStrings.xml"), t=("styles", "styles.xml")
            ),
            "xl/sharedStrings.xml": (
                f'<sst xmlns="{_S}">{"".join(f"<si>{one}</si>" for one in strings)}</sst>'
            ),
            "xl/styles.xml": (
                f'<styleSheet xmlns="{_S}"><numFmts>{codes}</numFmts><cellXfs>{styles}</cellXfs></styleSheet>'
            ),
            **{f"xl/worksheets/sheet{number}.xml": xml for number, xml in enumerate(sheets.values(), 1)},
            **members,
        },
    )


_OPF = "http://www.idpf.org/2007/opf"


def page(body, title="", head=""):
    """Return a page of a book."""
    return (
        f'{_HEAD}<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops">'
        f"<head><title>{title}</title>{head}</head><body>{body}</body></html>"
    )


def epub(path, pages, contents="", ncx="", **members):
    """Write a book of {name: XML}; `contents` is inside its table of contents, `ncx` in the old form."""
    manifest = "".join(
        f'<item id="i{number}" href="{name}" media-type="application/xhtml+xml"/>'
        for number, name in enumerate(pages)
    )
    spine = "".join(f'<itemref idref="i{number}"/>' for number in range(len(pages)))
    inside = {f"OEBPS/{name}": content for name, content in pages.items()}
    if contents:
        manifest += '<item id="nav" href="nav.xhtml" properties="nav" media-type="application/xhtml+xml"/>'
        spine = '<itemref idref="nav"/>' + spine
        inside["OEBPS/nav.xhtml"] = page(f'<nav epub:type="toc"><ol>{contents}</ol></nav>')
    if ncx:
        manifest += '<item id="ncx" href="toc.ncx" media-type="application/x-dtbncx+xml"/>'
        inside["OEBPS/toc.ncx"] = f"<ncx><navMap>{ncx}</navMap></ncx>"
    return zipped(
        path,
        {
            "mimetype": "application/epub+zip",
            "META-INF/container.xml": (
                '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container">'
                '<rootfiles><rootfile full-path="OEBPS/book.opf"/></rootfiles></container>'
            ),
            "OEBPS/book.opf": (
                f'<package xmlns="{_OPF}"><manifest>{manifest}</manifest><spine>{spine}</spine></package>'
            ),
            **inside,
            **members,
        },
    )


def link(target, title, inside=""):
    """Return a line of the table of contents of a book."""
    return f'<li><a href="{target}">{title}</a>{f"<ol>{inside}</ol>" if inside else ""}</li>'
