"""What people call the parts of a document."""

from __future__ import annotations

from chatdesk.domain.documents import Unit, UnitKind
from chatdesk.domain.words import tr

LONGEST_LABEL = 60  # characters of a heading that names a place


def unit_name(unit: Unit) -> str:
    """Return how people call a unit: "page 3", "sheet “Costs”"."""
    label = unit.label if len(unit.label) <= LONGEST_LABEL else f"{unit.label[:LONGEST_LABEL].rstrip()}…"
    number = label or str(unit.number)
    match unit.kind:
        case UnitKind.page:
            return tr("page {number}").format(number=number)
        case UnitKind.slide if not label or label == str(unit.number):
            return tr("slide {number}").format(number=unit.number)
        case UnitKind.slide:
            return tr("slide {number}, “{title}”").format(number=unit.number, title=label)
        case UnitKind.sheet:
            return tr("sheet “{title}”").format(title=number)
        case UnitKind.chapter if not label:
            return tr("chapter {number}").format(number=unit.number)
        case UnitKind.section if not label:
            return tr("section {number}").format(number=unit.number)
        case UnitKind.whole:
            return tr("the document")
    return f"“{label}”"
