"""How files are to be served: media types, caching, and the files by which hosts are told."""

import html
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from urllib.parse import quote, urlsplit

from builder.formats.media_types import media_type
from builder.model import Destination

FOR_HOSTS = ("_headers", "_redirects", "CNAME", ".nojekyll")
"""Files that the host reads, not the reader."""

POLICY = (
    "default-src 'none'; style-src 'self'; font-src 'self'; img-src 'self'; media-src 'self'; script-src 'self'; connect-src 'self'; "
    "manifest-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
"""The Content-Security-Policy that all pages of Backstory keep: nothing from elsewhere, nothing inline."""

SEARCH_POLICY = POLICY.replace("script-src 'self'", "script-src 'self' 'wasm-unsafe-eval'")
"""What the page to search on keeps, and the program that searches: the index is read by WebAssembly, which no other page may run."""

FRAME_POLICY = POLICY.replace("frame-ancestors 'none'", "frame-ancestors *").replace("script-src 'self'", "script-src 'none'")
"""What the pages below `embed/` keep: any site may show them in a frame, and none of them runs a script."""

PAGES_FOR = "public, max-age=0, must-revalidate"
"""Pages are asked for again at each visit: a correction must reach its readers. Where nothing has changed the answer has no body."""

ASSETS_FOR = "public, max-age=600, stale-while-revalidate=86400"
"""Their names stay when their content changes, so they may not be kept for long."""

FONTS_FOR = "public, max-age=604800"
"""A font's file changes with a new version of Backstory only."""

_WITH_CHARSET = ("text/", "application/atom+xml", "application/xml", "image/svg+xml", "application/javascript")


def content_type(path: str) -> str:
    """Return the Content-Type of a file: its media type, with its charset where it is text that a reader opens."""
    found = media_type(path)
    return f"{found}; charset=utf-8" if found.startswith(_WITH_CHARSET) else found


def caching(path: str) -> str:
    """Return the Cache-Control of a file."""
    if path.endswith((".woff2", ".woff", ".ttf", ".otf")):
        return FONTS_FOR
    return PAGES_FOR if path.endswith((".html", ".xml", ".json", ".jsonld", ".csv", ".ics", ".txt")) else ASSETS_FOR


_LEADS_TO = re.compile(r'<meta http-equiv="refresh" content="0; url=([^"]*)">')


def redirects(moved: Mapping[str, str], base_url: str) -> tuple[tuple[str, str], ...]:
    """Return (old address, new address) of each page that only leads on, as paths from the root of the host.

    `moved` maps such pages to their HTML.
    """
    top = quote(urlsplit(base_url).path or "/", safe="/%")
    found = []
    for path, page in moved.items():
        match = _LEADS_TO.search(page)
        if match:
            # The page says where it leads relative to itself, always by way of the root: ../../explainers/ferry/
            to = re.sub(r"^(?:\.\.?/)*", "", html.unescape(match[1]))
            found.append((top + quote(path.removesuffix("index.html"), safe="/%"), top + quote(to, safe="/%#?=&")))
    return tuple(sorted(found))


def for_host(target: Destination, base_url: str, moved: tuple[tuple[str, str], ...], paths: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Yield path and content of the files by which the target's host is told how to serve; `paths` are those of the site."""
    if target.to == "git":
        yield ".nojekyll", ""  # GitHub Pages would leave out what begins with “_”
        if target.cname:
            yield "CNAME", f"{target.cname}\n"
    if target.served_by in {"netlify", "cloudflare"}:
        top = urlsplit(base_url).path or "/"
        yield "_headers", _headers(top, sorted({path.partition("/")[0] + ("/*" if "/" in path else "") for path in paths}))
    if target.served_by in {"netlify", "cloudflare", "gitlab"} and moved:
        # Netlify serves a file that is there before it looks here; “!” tells it otherwise.
        code = "301!" if target.served_by == "netlify" else "301"
        yield "_redirects", "".join(f"{old} {new} {code}\n" for old, new in moved)


_LOOSER = {"search/*": SEARCH_POLICY, "pagefind/*": SEARCH_POLICY, "embed/*": FRAME_POLICY}


def _headers(top: str, parts: Sequence[str]) -> str:
    """Return `_headers` for a site whose paths begin with `parts`: names of files, and of folders with `/*` after them."""
    https = "Strict-Transport-Security: max-age=31536000"
    policy, apart = f"\n  Content-Security-Policy: {POLICY}", ""
    if not _LOOSER.keys().isdisjoint(parts):
        # A page to which two policies apply keeps both, so that the stricter one would win: each folder has a rule of its own then.
        pages = ["", *(part for part in parts if part.endswith(("/*", ".html")))]
        policy, apart = (
            "",
            "".join(f"\n{top}{quote(part, safe='/*')}\n  Content-Security-Policy: {_LOOSER.get(part, POLICY)}\n" for part in pages),
        )
    return f"""# Written by backstory publish.
{top}*{policy}
  X-Content-Type-Options: nosniff
  Referrer-Policy: strict-origin-when-cross-origin
  Permissions-Policy: camera=(), geolocation=(), microphone=(), interest-cohort=()
  Cross-Origin-Opener-Policy: same-origin
  {https}
{apart}
{top}assets/fonts/*
  Cache-Control: {FONTS_FOR}
"""
