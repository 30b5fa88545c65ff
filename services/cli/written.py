"""Files that a command writes of what a server said: pages, PDFs, JSON and others."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator

from google.protobuf.message import Message

from services.cli.exits import ANSWERED, CommandError
from services.cli.options import Options
from services.terminal import output


def put(options: Options, files: Iterable[tuple[str, bytes]]) -> int:
    """Write files to the folder `options.out`, and say which."""
    written = []
    for file, content in files:
        options.out.mkdir(parents=True, exist_ok=True)
        (options.out / file).write_bytes(content)
        written.append({"file": file, "bytes": len(content)})
    said = {"folder": str(options.out), "files": written}
    lines = [f"{options.out / str(each['file'])}  {each['bytes']} bytes" for each in written]
    output.put(options, said, lines)
    return ANSWERED


def pages(page: str, name: str, formats: Collection[str]) -> Iterator[tuple[str, bytes]]:
    """Yield a page as the files of it that are asked for; raises CommandError without Pango."""
    from services.reports import rendering

    if "html" in formats:
        yield f"{name}.html", page.encode()
    if "pdf" in formats:
        try:
            yield f"{name}.pdf", rendering.pdf(page)
        except rendering.PdfUnavailable as error:
            raise CommandError(str(error)) from None


def as_json(said: Message) -> bytes:
    """Return what a server said as a JSON document."""
    return (json.dumps(output.plain(said), ensure_ascii=False, indent=2) + "\n").encode()
