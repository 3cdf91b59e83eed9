"""Secrets, by the formats of their issuers, and paths of one machine: neither is ever published."""

import re
from collections.abc import Iterable, Iterator

import msgspec

from builder.i18n.patterns import late


class Leak(msgspec.Struct, frozen=True, gc=False):
    """Something that looks like a secret."""

    line: int
    """Counted from 1."""
    what: str
    """What it seems to be, with its article."""
    shown: str
    """Its first characters: enough to find it, too few to use it."""


_IN_QUERY = (
    rb"(?i)https?://(?:(?!https?://)[^\s\"'<>])*[?&;](?:(?:password|passwd|pwd|secret|api_?key|client_secret"
    rb"|(?:access|auth|private|job|oauth|refresh|id)_token|x-(?:amz|goog)-signature)=[^\s&\"'<>#]{3,}|sig=[A-Za-z0-9%+/]{40,})"
)

PATTERNS: tuple[tuple[str, re.Pattern[bytes]], ...] = tuple(
    (what, late(pattern))
    for what, pattern in (
        ("a private key", rb"-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY(?: BLOCK)?-----"),
        ("an AWS access key", rb"(?<![A-Za-z0-9/+])(?:AKIA|ASIA)[A-Z0-9]{16}(?![A-Za-z0-9/+])"),
        ("an AWS secret key", rb"(?i:aws_secret_access_key|secretaccesskey)[\"']?\s*[:=]\s*[\"']?[A-Za-z0-9/+]{40}(?![A-Za-z0-9/+])"),
        ("a GitHub token", rb"(?<!\w)(?:gh[pousr]_[A-Za-z0-9]{36,255}|github_pat_[A-Za-z0-9_]{30,255})"),
        ("a GitLab token", rb"(?<!\w)gl(?:pat|dt|rt|ptt|ft)-[A-Za-z0-9_-]{20,255}"),
        ("a Slack token", rb"(?<!\w)xox[abeoprs]-[0-9A-Za-z-]{10,255}"),
        ("a Slack webhook", rb"hooks\.slack\.com/services/T[A-Z0-9]{6,}/B[A-Z0-9]{6,}/[A-Za-z0-9]{16,}"),
        ("a Stripe key", rb"(?<!\w)(?:[rs]k_live_|whsec_)[A-Za-z0-9]{16,255}"),
        ("a Google key", rb"(?<![\w-])AIza[0-9A-Za-z_-]{35}(?![\w-])"),
        (
            "a password in an address",
            rb"(?i:https?|ftp|ssh|postgres(?:ql)?|mysql|mongodb|redis|amqp)s?://[^\s/@:\"'<>]+:[^\s/@\"'<>]+@[\w\[]",
        ),
        (
            "a password in an address",
            # No further than to the next address: a file may be one row of them.
            _IN_QUERY,
        ),
    )
)

_PRIVATE_KEY = PATTERNS[0]


_LEFTOVERS = ("~", ".swp", ".swo", ".swx", ".tmp", ".bak", ".orig", ".rej", ".part", ".crdownload", "___jb_tmp___", "___jb_old___")
_OF_DESKTOPS = frozenset({"thumbs.db", "desktop.ini", "__macosx", "icon\r"})


def is_private(name: str) -> bool:
    """Return whether a name is a hidden file's, or one of those that editors and desktops leave lying."""
    lower = name.lower()
    return name.startswith((".", "#", "~$")) or lower.endswith(_LEFTOVERS) or lower in _OF_DESKTOPS


def find(data: bytes, *, private_folders: Iterable[str] = (), text: bool = True) -> Iterator[Leak]:
    """Yield what must not be published in the bytes of a file, pattern by pattern.

    `private_folders` are folders of this machine that no reader needs to know of. Of what is no `text`, only private keys are looked for.
    """
    patterns = (*PATTERNS, *_of_private_folders(private_folders)) if text else (_PRIVATE_KEY,)
    for what, pattern in patterns:
        line, at = 1, 0
        for match in pattern.finditer(data):
            line, at = line + data.count(b"\n", at, match.start()), match.start()
            shown = match[0] if what.startswith("a folder") else match[0][:12]
            yield Leak(line, what, shown.decode("utf-8", "replace") + ("" if shown == match[0] else "…"))


def _of_private_folders(private_folders: Iterable[str]) -> Iterator[tuple[str, re.Pattern[bytes]]]:
    for folder in private_folders:
        bare = folder.rstrip("/\\").encode("utf-8", "surrogateescape")
        if len(bare) > 1:
            yield "a folder of this machine", re.compile(rb"(?<![\w.~/\\-])" + re.escape(bare) + rb"(?=[/\\])")


NAMES = late(
    r"secret|passw|passphrase|pwd|token|credential|private|(?:access|account|sas|api)_?key|(?<![a-z])(?:pass|auth|authorization|bearer|key|sas)(?![a-z])",
    re.IGNORECASE,
)
"""Names of keys whose values are secrets."""

_KEY = rf"(?<![^\s{{,\"'])[\w-]{{0,60}}?(?:{NAMES.pattern})[\w-]{{0,60}}[\"']?[ \t]*[:=][ \t]*"
_IN_FLOW = late(rf"(?P<before>{_KEY})(?P<hidden>\"[^\"]*\"?|'[^']*'?|[^,}}\]]+)", re.IGNORECASE)
_IN_BLOCK = late(rf"(?P<before>^[^{{\[#]*?{_KEY})(?P<hidden>.+)", re.IGNORECASE)
_COMMENT = late(r"(?P<before>(?:^|(?<=\s))#)(?P<hidden>.+)")


LOGIN = late(r"(?<![^\s\"'{\[,])(?!mailto:|https?:|ssh:|git:|file:)[^\s\"'@/:{}]+:(?=[^\s\"'@/])[^\s\"'@/]+@")
"""A user and a password before a host, without a scheme: `me:secret@example.org`. Words of a page may look so; those of settings are none."""

IN_ADDRESS = late(r"https?://(?:[^\s\"'/@:?#]{20,}(?=@)|[^\s\"'<>?#]*\?[^\s\"'<>]*=[^\s\"'<>]*)", re.IGNORECASE)
"""What may be a secret in an address to publish to, which needs neither a user as long as a token nor a query; the address of a source may have either."""


def masked(line: str, *, values: bool = True) -> str:
    """Return a line with a bullet for each character of what looks like a secret: as long as before, so that columns stay.

    With `values` that is also what stands behind a key such as `password`, and the whole of a comment that stands beside one, or names one.
    """
    data = line.encode("utf-8", "surrogatepass")
    for _, secret in PATTERNS:
        data = secret.sub(lambda match: b"\0" * len(match[0].decode("utf-8", "surrogatepass")), data)
    found = data.decode("utf-8", "surrogatepass")
    if values:
        for pattern in (LOGIN, IN_ADDRESS):
            found = pattern.sub(lambda match: "\0" * len(match[0]), found)
        if NAMES.search(found):
            for named in (_IN_BLOCK, _IN_FLOW, _COMMENT):
                found = named.sub(lambda match: match["before"] + "\0" * len(match["hidden"]), found)
    return found.replace("\0", "•")
