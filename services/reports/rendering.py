"""Pages and PDFs: a template filled with what a report holds, the same bytes each time.

A page is one file: its style and its pictures stand in it, and it asks for nothing from
elsewhere. The PDF is made of the page, tagged for those who have it read to them.
"""

from __future__ import annotations

import base64
import hashlib
import logging
import threading
from functools import cache
from importlib import resources
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from services.reports.writing import Writing

_ROOM = "services.reports"
_FONTS = (("IBMPlexSans-Regular.woff2", 400), ("IBMPlexSans-SemiBold.woff2", 600))


_PANGO = threading.Lock()
"""Held by whoever makes a PDF: the library in C below is not made for several threads at once."""


class PdfUnavailable(Exception):
    """No PDF can be made on this machine; the message says what is missing."""


def page(template: str, writing: Writing, **content: Any) -> str:
    """Return a page in HTML, made of a template and what it shows."""
    made = _environment().get_template(template)
    return made.render(w=writing, style=Markup(_style()), picture=picture, **content)


def picture(svg: str) -> Markup:
    """Return a picture as the address of an image that stands in the page itself."""
    encoded = base64.b64encode(svg.encode()).decode()
    return Markup(f"data:image/svg+xml;base64,{encoded}")


def pdf(page: str) -> bytes:
    """Return a page as a PDF; raises PdfUnavailable.

    Its id is a hash over the page, and it names no time, so that the same page gives the same file.
    """
    try:
        # Only here: it takes a while to load, and a system library that not every machine has.
        from weasyprint import CSS, HTML
        from weasyprint.text.fonts import FontConfiguration
        from weasyprint.urls import URLFetcher
    except (ImportError, OSError) as error:
        raise PdfUnavailable(
            "a PDF needs the system library Pango (Debian: libpango-1.0-0, libpangoft2-1.0-0 and "
            "libharfbuzz-subset0); install it, or ask for the page"
        ) from error
    for name in ("weasyprint", "fontTools"):
        logging.getLogger(name).setLevel(logging.ERROR)
    # What does not stand in the page itself is never fetched, and is an error.
    itself = URLFetcher(allowed_protocols={"data"}, fail_on_errors=True)
    with _PANGO:
        fonts = FontConfiguration()
        faces = CSS(string=_faces(), font_config=fonts, url_fetcher=itself)
        made: bytes = HTML(string=page, url_fetcher=itself).write_pdf(
            stylesheets=[faces],
            font_config=fonts,
            pdf_variant="pdf/ua-1",
            pdf_identifier=hashlib.sha256(page.encode()).hexdigest()[:32].encode(),
            # Without them nothing tells when or with what it was made.
            custom_metadata=False,
        )
    return made


@cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader(_ROOM),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


@cache
def _style() -> str:
    return (resources.files(_ROOM) / "templates" / "report.css").read_text("utf-8")


@cache
def _faces() -> str:
    """Return the style that has the PDF carry its letters with it."""
    found = []
    for name, weight in _FONTS:
        font = (resources.files(_ROOM) / "fonts" / name).read_bytes()
        encoded = base64.b64encode(font).decode()
        found.append(
            f"@font-face {{ font-family: Plex; font-weight: {weight}; "
            f"src: url(data:font/woff2;base64,{encoded}) }}"
        )
    return "\n".join(found)
