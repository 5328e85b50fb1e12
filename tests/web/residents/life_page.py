"""A page with nothing but the editor of the life map, under the content security policy of the workbench."""

from __future__ import annotations

import json
import shutil
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from ongedeeld.web.residents.wording.life import WORDS as OF_THE_MAP
from ongedeeld.web.residents.wording.shared import WORDS as OF_ALL
from tools.assets import ROOT, node

POLICY = "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'"
ESBUILD = "node_modules/esbuild/bin/esbuild"


@contextmanager
def served() -> Iterator[str]:
    """The address of the page; what comes after it in the address says what is on the map."""
    folder = Path(tempfile.mkdtemp(prefix="ongedeeld-life-"))
    try:
        _build(folder)
        server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(folder)))
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/page.html"
        server.shutdown()
        server.server_close()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _build(folder: Path) -> None:
    """Bundle the editor and its style into a folder, with a page in English around it."""
    assets = ROOT / "assets"
    shared = ["node", ESBUILD, "--bundle", "--minify", "--loader:.woff2=file", "--log-level=warning"]
    target = "--target=es2022,chrome109,firefox115,safari16.4"
    node([*shared, target, "css/site.css", "css/residents.css", f"--outdir={folder}"], assets)
    node([*shared, target, "tests/pages/life.ts", f"--outfile={folder / 'life.js'}"], assets)
    shutil.copy(ROOT / "src/ongedeeld/web/site/static/icon.svg", folder)
    told = json.dumps({"language": "en", "texts": {**OF_ALL, **OF_THE_MAP}}).replace("</", r"<\/")
    (folder / "page.html").write_text(
        '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Life map</title>'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<link rel="icon" href="icon.svg"><link rel="stylesheet" href="site.css">'
        '<link rel="stylesheet" href="residents.css">'
        f'<script type="application/json" id="texts">{told}</script>'
        '<script src="life.js" defer></script></head><body class="resident">'
        '<main id="main"><section id="life"></section></main></body></html>',
        encoding="utf-8",
    )


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name it has there
        """Nothing is written for each file."""

    def end_headers(self) -> None:
        self.send_header("Content-Security-Policy", POLICY)
        super().end_headers()
