"""How files are served: media types, caching, and the files that configure a host."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from urllib.parse import quote, urlsplit

from builder.formats.media_types import media_type
from builder.model import PublishTarget

HOST_FILES = ("_headers", "_redirects", "CNAME", ".nojekyll")
"""Files that the host reads, not the reader."""

POLICY = (
    "default-src 'none'; style-src 'self'; font-src 'self'; img-src 'self'; media-src 'self'; script-src 'self'; connect-src 'self'; "
    "manifest-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
"""The Content-Security-Policy of all pages: nothing from other origins, nothing inline."""

SEARCH_POLICY = POLICY.replace("script-src 'self'", "script-src 'self' 'wasm-unsafe-eval'")
"""The policy of the search page and its script: the index is read by WebAssembly, which no other page may run."""

FRAME_POLICY = POLICY.replace("frame-ancestors 'none'", "frame-ancestors *").replace("script-src 'self'", "script-src 'none'")
"""The policy of pages below `embed/`: any site may show them in a frame, and none of them runs a script."""

PAGE_CACHING = "public, max-age=0, must-revalidate"
"""Browsers ask again at each visit, so that corrections reach readers. An unchanged page is answered without a body."""

ASSET_CACHING = "public, max-age=600, stale-while-revalidate=86400"
"""Asset names stay the same when the content changes, so they are cached only briefly."""

FONT_CACHING = "public, max-age=604800"
"""Font files change only with a version of Backstory."""

NAMED_CACHING = "public, max-age=31536000, immutable"
"""The name of the file changes with its content, so browsers may keep it."""

_NAMED = re.compile(r"pagefind/(?:fragment|index)/[^/]+\.pf_(?:fragment|index)")
"""Files whose names have a digest of their content."""

_WITH_CHARSET = ("text/", "application/atom+xml", "application/xml", "image/svg+xml", "application/javascript")


def content_type(path: str) -> str:
    """Return the Content-Type of a file: its media type, with the charset of text that browsers display."""
    found = media_type(path)
    return f"{found}; charset=utf-8" if found.startswith(_WITH_CHARSET) else found


def cache_control(path: str) -> str:
    """Return the Cache-Control of a file."""
    if _NAMED.fullmatch(path):
        return NAMED_CACHING
    if path.endswith((".woff2", ".woff", ".ttf", ".otf")):
        return FONT_CACHING
    return PAGE_CACHING if path.endswith((".html", ".xml", ".json", ".jsonld", ".csv", ".ics", ".txt")) else ASSET_CACHING


def redirects(moved: Mapping[str, str], base_url: str) -> tuple[tuple[str, str], ...]:
    """Return (old address, new address) of each redirect page, as paths from the root of the host, sorted.

    `moved` maps the files of redirect pages to the paths that they lead to.
    """
    top = quote(urlsplit(base_url).path or "/", safe="/%")
    return tuple(
        sorted(
            (top + quote(path.removesuffix("index.html"), safe="/%"), top + quote(to, safe="/%#?=&")) for path, to in moved.items() if to
        )
    )


def host_files(target: PublishTarget, base_url: str, moved: tuple[tuple[str, str], ...], paths: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Yield path and content of the files that configure the target's host; `paths` are those of the site."""
    if target.to == "git":
        yield ".nojekyll", ""  # GitHub Pages would leave out what begins with “_”
        if target.cname:
            yield "CNAME", f"{target.cname}\n"
    host = target.served_by.removesuffix("-paid")
    if host in {"netlify", "cloudflare"}:
        top = urlsplit(base_url).path or "/"
        yield "_headers", _headers(top, sorted({path.partition("/")[0] + ("/*" if "/" in path else "") for path in paths}))
    if host in {"netlify", "cloudflare", "gitlab"} and moved:
        # Netlify prefers an existing file to a redirect, unless the code has “!”.
        code = "301!" if host == "netlify" else "301"
        yield "_redirects", "".join(f"{old} {new} {code}\n" for old, new in moved)


_OWN_POLICIES = {"search/*": SEARCH_POLICY, "pagefind/*": SEARCH_POLICY, "embed/*": FRAME_POLICY}


def _headers(top: str, parts: Sequence[str]) -> str:
    """Return the content of `_headers`; `parts` are the top-level files of the site, and its folders with `/*`."""
    https = "Strict-Transport-Security: max-age=31536000"
    policy, apart = f"\n  Content-Security-Policy: {POLICY}", ""
    if not _OWN_POLICIES.keys().isdisjoint(parts):
        # If two policies apply to a page, browsers keep both and the stricter one wins: so each folder has a rule of its own.
        pages = ["", *(part for part in parts if part.endswith(("/*", ".html")))]
        policy, apart = (
            "",
            "".join(f"\n{top}{quote(part, safe='/*')}\n  Content-Security-Policy: {_OWN_POLICIES.get(part, POLICY)}\n" for part in pages),
        )
    named = "".join(
        f"{top}pagefind/{part}/*\n  Cache-Control: {NAMED_CACHING}\n" for part in ("fragment", "index") if "pagefind/*" in parts
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
  Cache-Control: {FONT_CACHING}
{named}"""
