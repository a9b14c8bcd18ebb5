"""Our own set of icons, drawn inside the page."""

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

#: Drawn on a grid of 24 by 24, as lines.
ICONEN: dict[str, SafeString] = {
    naam: mark_safe(vorm)  # fixed text of our own
    for naam, vorm in {
        "goed": '<path d="M5 13l4 4L19 7"/>',
        "let_op": '<path d="M12 3 2 20h20L12 3z"/><path d="M12 10v4M12 17v.01"/>',
        "fout": '<circle cx="12" cy="12" r="9"/><path d="M12 7v6M12 16.5v.01"/>',
        "bezig": '<circle cx="12" cy="12" r="9"/><path d="M12 7v5l3 2"/>',
        "neutraal": '<circle cx="12" cy="12" r="4"/>',
        "info": '<circle cx="12" cy="12" r="9"/><path d="M12 11v6M12 7.5v.01"/>',
        "gezicht_fijn": '<circle cx="12" cy="12" r="9"/><path d="M9 9.5v.01M15 9.5v.01M8 14c2 4 6 4 8 0"/>',
        "gezicht_gaat_wel": '<circle cx="12" cy="12" r="9"/><path d="M9 9.5v.01M15 9.5v.01M8.5 15.5h7"/>',
        "gezicht_niet_fijn": '<circle cx="12" cy="12" r="9"/><path d="M9 9.5v.01M15 9.5v.01M8 17c2-4 6-4 8 0"/>',
        "zoek": '<circle cx="10.5" cy="10.5" r="6.5"/><path d="M15.5 15.5 21 21"/>',
        "persoon": '<circle cx="12" cy="8" r="4"/><path d="M4 21c0-4 3.5-7 8-7s8 3 8 7"/>',
        "omlaag": '<path d="m6 9 6 6 6-6"/>',
        "links": '<path d="m14 6-6 6 6 6"/>',
        "rechts": '<path d="m10 6 6 6-6 6"/>',
        "plus": '<path d="M12 5v14M5 12h14"/>',
        "oog": '<path d="M2 12s4-7 10-7 10 7 10 7-4 7-10 7S2 12 2 12z"/><circle cx="12" cy="12" r="3"/>',
        "slot": '<rect x="5" y="11" width="14" height="10" rx="1"/><path d="M8 11V7a4 4 0 0 1 8 0v4"/>',
        "document": '<path d="M6 2h8l5 5v15H6zM14 2v5h5"/>',
        "download": '<path d="M12 3v12M7 11l5 5 5-5M4 21h16"/>',
        "upload": '<path d="M12 16V4M7 8l5-5 5 5M4 21h16"/>',
        "agenda": '<rect x="3" y="5" width="18" height="16" rx="1"/><path d="M3 10h18M8 2v5M16 2v5"/>',
        "potlood": '<path d="M4 20l1-4L16 5l3 3L8 19l-4 1z"/>',
        "leeg": '<path d="M3 13h5l2 3h4l2-3h5M3 13l3-8h12l3 8v7H3z"/>',
        "mail": '<rect x="3" y="5" width="18" height="14" rx="1"/><path d="m3 7 9 7 9-7"/>',
        "afdrukken": '<path d="M7 9V3h10v6M7 17H4V9h16v8h-3M7 14h10v7H7z"/>',
        "sleutel": '<circle cx="8" cy="15" r="4"/><path d="m11 12 9-9M16 7l3 3"/>',
    }.items()
}
_SVG = '<svg class="icoon" viewBox="0 0 24 24" width="18" height="18" aria-hidden="true" focusable="false">{}</svg>'
_GETEKEND = {naam: format_html(_SVG, vorm) for naam, vorm in ICONEN.items()}


def icoon(naam: str) -> SafeString:
    """One icon of our own set as inline SVG.  It never carries meaning alone: the word stands beside it."""
    return _GETEKEND[naam]
