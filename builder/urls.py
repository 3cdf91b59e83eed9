"""Where things live: slugs, the paths of pages, and relative links between them.

A path here is that of a page below the site, without a slash at its front: `actors/antony-blinken/`; "" is the home page.
Links are relative, so that a site works under any base path: `relative("actors/x/", root="../../")` is `../../actors/x/`.
"""

import functools
import re
import unicodedata
from urllib.parse import quote as quote_sign, unquote, urlsplit

LONGEST_SLUG = 80
"""Characters; hosts and people take less."""

MOST_BYTES = 240
"""Of a part of a path: file systems take 255, and letters of some scripts take four each."""

LONGEST_PATH = 1_000
"""Bytes of a path below the site; systems take some 4,000 with what stands before it."""

_ID = re.compile(r"[^\W_]+(?:[-.][^\W_]+)*")
_BREAKS = re.compile(r"[\W_]+")
_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f]")
_POINTS = re.compile(
    "[\u0591-\u05bd\u05bf-\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670\xad\u200b-\u200f\u2060-\u2064\ufe00-\ufe0f\ufeff]|(?<=[\u0000-\u024f])[\u0300-\u036f]"
)
"""Vowel points, accents of Latin letters, what has no width and what chooses between forms of a letter: an address leaves them out."""

_RESERVED = frozenset(
    {"con", "prn", "aux", "nul", "conin$", "conout$", *(f"{device}{n}" for device in ("com", "lpt") for n in "123456789¹²³")}
)
"""Names that Windows gives to devices: a folder cannot be called so there."""


@functools.lru_cache(maxsize=4096)
def slug(text: str) -> str:
    """Turn words into what can stand in an address: `Blinken’s visit` → `blinkens-visit`.

    Latin letters lose their accents, other scripts stay; "" if no letter or digit is left.
    """
    text = text.replace("’", "").replace("'", "").replace("ß", "ss").replace("ø", "o").replace("Ø", "o").replace("ł", "l").replace("Ł", "l")
    folded = text if text.isascii() else "".join(_without_accent(c) for c in unicodedata.normalize("NFC", text))
    folded = unicodedata.normalize("NFC", folded).lower()
    made = (_BREAKS.sub("-", folded) if folded.isascii() else _broken(_POINTS.sub("", folded))).strip("-")
    if len(made) > LONGEST_SLUG:
        made = made[:LONGEST_SLUG].rsplit("-", 1)[0].strip("-") or made[:LONGEST_SLUG]
    if len(made) > MOST_BYTES // 4:
        made = made.encode()[:MOST_BYTES].decode("utf-8", "ignore").strip("-")
    return f"{made}-x" if made in _RESERVED else made


def _broken(text: str) -> str:
    """Return a text with a hyphen for what is no part of a word; vowels of Hindi, Thai and others are marks that stand at their letter, and are."""
    words = whole(text)
    at = 0
    parts: list[str] = []
    for found in _BREAKS.finditer(words):
        parts += (text[at : found.start()], "-")
        at = found.end()
    return "".join((*parts, text[at:]))


def whole(text: str) -> str:
    """Return a text with a letter in the place of each mark that belongs to one."""
    made: list[str] = []
    for char in text:
        belongs = bool(made) and made[-1].isalnum() and unicodedata.category(char) in {"Mn", "Mc"}
        made.append("x" if belongs else char)
    return "".join(made)


def _without_accent(letter: str) -> str:
    """Return a Latin letter without its accent, and any other as it is: й is no и."""
    apart = unicodedata.normalize("NFKD", letter)
    return "".join(c for c in apart if not unicodedata.combining(c)) if apart[0].isascii() else letter


@functools.lru_cache(maxsize=65536)
def is_id(text: str) -> bool:
    """Return whether `text` can be the id of a record and so a part of an address: small letters and digits, and single hyphens or points between them."""
    return (
        bool(_ID.fullmatch(text if text.isascii() else whole(text)))
        and len(text) <= LONGEST_SLUG
        and len(text.encode("utf-8", "surrogatepass")) <= MOST_BYTES
        and text == text.lower()
        and unicodedata.is_normalized("NFC", text)
        and text.split(".", maxsplit=1)[0] not in _RESERVED
    )


_DRIVE = re.compile(r"(?:^|/)[A-Za-z]:")
_TOKEN = re.compile(r"[^\W_]+(?:[-_][^\W_]+)*")


def looks_like_id(words: str) -> bool:
    """Return whether words have the form of an id, in a script that has capital letters for names: one token of small letters, or with an underscore. “unknown” is a word of the format."""
    has_form = words == words.lower() or "_" in words
    return words != "unknown" and has_form and bool(_TOKEN.fullmatch(words)) and any(map(_is_small, words.lower()))


def _is_small(letter: str) -> bool:
    return letter.islower() and letter.title() != letter


def is_portable(path: str) -> bool:
    """Return whether every system can have a file of this path: Windows has no `aux.txt`, no `a.`, no backslash in a name and no drive below a folder, and hosts take no line break in one."""
    return (
        len(path.encode("utf-8", "surrogatepass")) <= LONGEST_PATH
        and not _CONTROLS.search(path)
        and all(
            part == part.rstrip(". ")
            and "\\" not in part
            and not has_drive(part)
            and len(part.encode("utf-8", "surrogatepass")) <= MOST_BYTES
            and part.partition(".")[0].rstrip().lower() not in _RESERVED
            for part in path.strip("/").split("/")
        )
    )


def has_drive(path: str) -> bool:
    """Return whether a part of a path begins like a drive of Windows: joined to a folder there, `c:a` leads out of it."""
    return ":" in path and _DRIVE.search(path) is not None


def alike(path: str) -> str:
    """Return a path as the least exact of file systems sees it: small letters, one Unicode form, no dots at the end of a name."""
    if path.isascii() and "./" not in path and " /" not in path and not path.endswith((".", " ")):
        return path.lower()
    folded = unicodedata.normalize("NFC", unicodedata.normalize("NFD", path).casefold())
    return "/".join(part.rstrip(". ") for part in folded.split("/"))


def root_path(path: str) -> str:
    """Return what leads from a page up to the site's root: `actors/x/` → `../../`, "" → `./`."""
    depth = path.count("/")
    return "../" * depth if depth else "./"


def output_file(path: str) -> str:
    """Return the file that a page is written to: `actors/x/` → `actors/x/index.html`; a path with a file's name is its own."""
    return path + "index.html" if not path or path.endswith("/") else path


def path_of(file: str) -> str:
    """Return the path of the page that a file is written for, the reverse of `output_file`: `actors/x/index.html` → `actors/x/`."""
    return file.removesuffix("index.html") if file == "index.html" or file.endswith("/index.html") else file


def explainer_path(explainer_slug: str) -> str:
    """Return the path of an explainer's page from its slug."""
    return f"explainers/{explainer_slug}/"


def actor_path(actor_id: str) -> str:
    """Return the path of an actor's page from their id."""
    return f"actors/{actor_id}/"


def event_path(event_id: str) -> str:
    """Return the path of an event's page from its id."""
    return f"events/{event_id}/"


def source_path(source_id: str) -> str:
    """Return the path of a source's page from its id."""
    return f"sources/{source_id}/"


def topic_path(words: str) -> str:
    """Return the path of a topic's page from its words."""
    return f"topics/{slug(words)}/"


def page_path(page_slug: str) -> str:
    """Return the path of a plain page from its slug."""
    return f"{page_slug}/"


_KEPT = re.compile(r"%(?:23|25|3f)", re.IGNORECASE)
_BARE = re.compile(r"[\x00-\x20\x7f\"<>\\^`{|}]")


def decoded(address: str) -> str:
    """Return a local address without its percent-encoding, but for `%23`, `%25` and `%3F`: a bare `#`, `%` or `?` means something else in an address."""
    parts = _KEPT.split(address)
    kept = _KEPT.findall(address)
    return unquote(parts[0]) + "".join(sign.upper() + unquote(part) for sign, part in zip(kept, parts[1:], strict=True))


def encoded(address: str) -> str:
    """Return a `decoded` address as it stands in HTML: what no address may have in it is percent-encoded, letters of all scripts stay (RFC 3987)."""
    return _BARE.sub(lambda sign: quote_sign(sign[0]), address)


def file_of(address: str) -> str:
    """Return the path of the file that a `decoded` address without query and fragment names."""
    return unquote(address)


def address_of(path: str) -> str:
    """Return the `decoded` address of a file or page by its path."""
    return path.replace("%", "%25").replace("#", "%23").replace("?", "%3F")


def copied_path(file: str) -> str:
    """Return where a file of `content/` that is copied as it is ends up: `content/static/a.svg` → `a.svg`, `content/pages/guide/b.svg` → `guide/b.svg`.

    In Unicode's form NFC, which hosts and browsers use; macOS may name files in NFD.
    """
    return unfolded(unicodedata.normalize("NFC", file))


def unfolded(file: str) -> str:
    """Return where a file that is copied ends up if its name stays in the form of Unicode in which it is written."""
    inside = file.removeprefix("content/")
    folder, _, rest = inside.partition("/")
    return rest if folder == "static" or (folder == "pages" and "/" in rest) else inside


def alias_path(address: str) -> str:
    """Return the path of the page at an old address, as authors write it: `/old/path` → `old/path/`."""
    path = address.strip("/")
    return path if path.endswith((".html", ".htm")) else path + "/"


def quote_path(explainer_slug: str, quote_id: str) -> str:
    """Return the address of a quote's words, on the page of its explainer: that of the quote for good."""
    return f"explainers/{explainer_slug}/#quote--{quote_id}"


def statements_path(explainer_slug: str) -> str:
    """Return the path of the page with all quotes of an explainer."""
    return f"explainers/{explainer_slug}/statements/"


def statement_path(explainer_slug: str, quote_id: str) -> str:
    """Return the address of a quote with all that is known about it, on that page."""
    return f"{statements_path(explainer_slug)}#quote--{quote_id}"


_SCHEMES = ("http://", "https://")

_UNFIT = re.compile(r'[ "<>\\^`{|}]')
"""Of what can be printed, the signs that no address has as they are."""


def is_web_address(text: str) -> bool:
    """Return whether `text` is an http or https address that can stand in a page."""
    if not text.lower().startswith(_SCHEMES):
        return False
    host = text.split("://", 1)[1]
    if not host or host[0] in "/?#:" or not text.isprintable() or _UNFIT.search(text) is not None:
        return False
    try:
        urlsplit(text).port  # noqa: B018 - it is read by its being asked for
    except ValueError:  # a bracket that stays open, a port that there cannot be
        return False
    return True
