"""The site's settings, `content/site.yaml`, checked; and its house style where that has a file of its own, `content/style.yaml`."""

import re
from collections.abc import Iterator

import msgspec

from builder import urls
from builder.content import frontmatter, markup, package_versions, schema, secrets
from builder.content.fields import Reader
from builder.content.frontmatter import MappingNode, Node, Scalar, SequenceNode
from builder.diagnostics import CODES, ERROR, WARNING, Code, Diagnostic, Location
from builder.i18n.language import is_known
from builder.i18n.patterns import late
from builder.model import NavLink, Override, Plugin, PublishTarget, Settings, StyleRule

PATH = "content/site.yaml"

_LONGEST_WORDS = 200
"""Characters of words that a rule of the house style looks for."""
STYLE = "content/style.yaml"
"""Rules of the house style, which may stand in `site.yaml` too."""

DEFAULT_NAV = (
    NavLink("Explainers", "/explainers/"),
    NavLink("Timeline", "/events/"),
    NavLink("Who’s who", "/actors/"),
    NavLink("Sources", "/sources/"),
)


def read(data: bytes, *, path: str = PATH) -> tuple[Settings, tuple[Diagnostic, ...]]:
    """Read the bytes of `site.yaml`. Never raises: what is wrong keeps its default and is reported."""
    reader, fields = _begun(data, path)
    values, extra = reader.record(fields, "site")
    version = values.get("format", schema.VERSION)
    if version != schema.VERSION:
        where = next(value for key, value in fields.items if key.value == "format")
        message = f"This site is written in format {version}; this version of Backstory reads format {schema.VERSION}."
        reader.error("format-version", message, where, "Install the version of Backstory that reads it.")
    footer = None
    if "footer" in values:
        footer, more = markup.read_line(values["footer"].value, location=reader.location(values["footer"]))
        reader.problems += more
    if "language" in values and not is_known(values["language"].value):
        reader.warning(
            "language-unknown",
            f"Backstory has no words of its own in “{values['language'].value.strip()}”: its headings, labels and dates are in English on this site.",
            values["language"],
            "Correct the tag, or translate two files (“Another language” in the guide’s chapter on templates). To publish in English words all the same, write: "
            "problems: [{code: language-unknown, severity: off, why: …}]",
        )

    plugins = _plugins(reader, values["plugins"]) if "plugins" in values else ()
    names = frozenset(plugin.name for plugin in plugins)

    def text_of(key: str, default: str = "") -> str:
        return values[key].value.strip() if key in values else default

    return (
        Settings(
            title=text_of("title", "Untitled"),
            tagline=text_of("tagline"),
            description=text_of("description"),
            base_url=with_slash(text_of("base_url")),
            language=text_of("language", "en"),
            nav=_nav(reader, values["nav"]) if "nav" in values else DEFAULT_NAV,
            footer=footer,
            authors=tuple(item.value for item in values.get("authors", ())),
            licence=text_of("licence"),
            search=values.get("search", False),
            embeds=values.get("embeds", False),
            data=text_of("data", "lean"),
            images=values.get("images", False),
            sync=values.get("sync", True),
            overrides=_overrides(reader, values["problems"], names) if "problems" in values else (),
            publish=_targets(reader, values["publish"], names) if "publish" in values else (),
            plugins=plugins,
            style=_style(reader, values["style"]) if "style" in values else (),
            extra=extra,
        ),
        tuple(map(_without_secrets, reader.problems)),
    )


def read_style(data: bytes, *, path: str = STYLE) -> tuple[tuple[StyleRule, ...], tuple[Diagnostic, ...]]:
    """Read the bytes of `style.yaml`: its rules, and its problems. Never raises."""
    reader, fields = _begun(data, path)
    for n, problem in enumerate(reader.problems):
        if problem.code == "yaml-not-keys":
            hint = "Write “style:” above the rules, as in site.yaml."
            reader.problems[n] = msgspec.structs.replace(problem, help=hint)
            return (), tuple(reader.problems)
    values, _ = reader.record(fields, "style")
    return _style(reader, values["style"]) if "style" in values else (), tuple(reader.problems)


def _begun(data: bytes, path: str) -> tuple[Reader, MappingNode]:
    """Return the reader of a file of settings, with its problems so far, and the keys of the file."""
    try:
        text = data.decode("utf-8-sig")
        early = markup.lost(text, path)
    except UnicodeDecodeError:
        text = data.decode("utf-8", "replace")
        early = (Diagnostic("encoding", "This file is not UTF-8.", Location(path), help="Save it as UTF-8."),)
    fields, problems = frontmatter.load(text.replace("\r\n", "\n").replace("\r", "\n"), path=path)
    reader = Reader(path, text=text)
    reader.problems += [*early, *problems]
    return reader, fields


def with_slash(address: str) -> str:
    """Return a base address with one slash at its end; "" stays ""."""
    return address.rstrip("/") + "/" if address else ""


def _nav(reader: Reader, node: Node) -> tuple[NavLink, ...]:
    links = []
    for item in node.items if isinstance(node, SequenceNode) else (node,):
        values, _ = reader.record(item, "nav")
        if "title" in values and "path" in values:
            path = values["path"]
            if not (
                urls.is_web_address(path.value)
                or (path.value.startswith("/") and not path.value.startswith("//") and "\\" not in path.value)
            ):
                reader.error(
                    "url-wrong",
                    f"“{path.value[:60]}” is neither a path of this site nor an address.",
                    path,
                    "Begin a path with one slash: /events/.",
                )
                continue
            links.append(NavLink(values["title"].value, path.value, reader.location(path)))
    return tuple(links)


def _style(reader: Reader, node: Node) -> tuple[StyleRule, ...]:
    found = []
    for item in node.items if isinstance(node, SequenceNode) else (node,):
        values, _ = reader.record(item, "style_rule")
        texts = {key: tuple(" ".join(value.value.split()) for value in values.get(key, ())) for key in ("what", "instead", "languages")}
        if long := next((value for value in values.get("what", ()) if len(value.value) > _LONGEST_WORDS), None):
            message = f"Words of the house style have at most {_LONGEST_WORDS} characters, and these have {len(long.value):,}."
            reader.error("value-wrong", message, long, "Write the words alone that are not used.")
        elif texts["what"]:
            why, level = (values[key].value.strip() if key in values else "" for key in ("why", "level"))
            found.append(StyleRule(texts["what"], texts["instead"], why, level or WARNING, texts["languages"]))
    return tuple(found)


def _plugins(reader: Reader, node: Node) -> tuple[Plugin, ...]:
    if not isinstance(node, MappingNode):
        reader.error(
            "not-a-record",
            "“plugins” takes the names of packages, each with its versions.",
            node,
            'Write: plugins: {house-checks: ">=1.2,<2"}',
        )
        return ()
    found: dict[str, Plugin] = {}
    for key, value in node.items:
        name = package_versions.normal(key.value)
        wants = value.value.strip() if isinstance(value, Scalar) else ""
        if not package_versions.is_name(key.value):
            reader.error("value-wrong", f"“{key.value[:60]}” is no name of a Python package.", key, "Write it as pip does: house-checks.")
        elif not package_versions.is_range(wants):
            reader.error(
                "value-wrong",
                f"The plugin “{name}” needs the versions that the site takes.",
                value,
                'Write ">=1.2,<2" or "==1.4", in quotation marks; "*" takes any.',
            )
        else:
            found[name] = Plugin(name, wants, reader.location(key))
    return tuple(found[name] for name in sorted(found))


def _is_of_plugin(reader: Reader, node: Scalar, names: frozenset[str]) -> bool:
    """Return whether a word is of a plugin that the site names; one of another is reported."""
    name, slash, _ = node.value.partition("/")
    if slash and name not in names:
        reader.error(
            "value-unknown",
            f"“{node.value}” is of a plugin “{name}”, which “plugins” does not name.",
            node,
            f'Add it: plugins: {{{name}: ">=1,<2"}}',
        )
    return name in names


def _overrides(reader: Reader, node: Node, plugins: frozenset[str]) -> tuple[Override, ...]:
    found = []
    for item in node.items if isinstance(node, SequenceNode) else (node,):
        values, _ = reader.record(item, "override")
        if not {"code", "severity", "why"} <= values.keys():
            continue
        named, severity = values["code"], values["severity"]
        if "/" in named.value and not _is_of_plugin(reader, named, plugins):
            continue
        code = CODES.get(named.value, Code(named.value, "", ""))
        if code.fixed and severity.value != ERROR:
            reader.error(
                "override-refused",
                f"“{code.name}” cannot be set to “{severity.value}”.",
                severity,
                "Such a problem would make the published site broken or untrue: fix it where it is reported."
                if code.severity == ERROR
                else "Remove the entry that it names instead.",
            )
            continue
        files = tuple(item.value for item in values.get("files", ()))
        found.append(Override(code.name, severity.value, values["why"].value, files, reader.location(values["code"])))
    return tuple(found)


_HOST = late(r"(?:\w[\w.-]*@)?[A-Za-z0-9][\w.-]*", re.ASCII)
_DOMAIN = late(r"(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z0-9-]{2,}")
_SHAPES = {
    "host": (_HOST, "Write the name of the server as ssh knows it: example.org, or user@example.org."),
    "cname": (_DOMAIN, "Write the bare domain: example.org."),
    # `ext::` and `fd::` start a program, or read what another has opened.
    "remote": (late(r"(?!(?:ext|fd)::)[^-\s\0-\x1f][^\0-\x1f]*(?<!\s)"), "Write the address of the repository as git knows it."),
    "branch": (late(r"(?!HEAD$)(?!.*(?:\.\.|//|@\{|\.lock$|[\s~^:?*\[\\]))[^-./].*(?<![./])"), "Write the name of a branch: gh-pages."),
    # `$web` is where Azure keeps what it serves as a site.
    "prefix": (late(r"/*(?!\.{1,2}(?:/|$))[^/\\\0-\x1f]+(?:/(?!\.{1,2}(?:/|$))[^/\\\0-\x1f]+)*/*"), "Write it like a folder: explained/."),
    "bucket": (late(r"[A-Za-z0-9][A-Za-z0-9._-]*|\$web"), "Write the bare name of the bucket. A folder in it belongs under “prefix”."),
}

_PATH_THERE = (
    late(r"[^-:~\s*?\[\\\0-\x1f][^*?\[\\\0-\x1f]*(?<!\s)"),
    (
        "Write the path of the folder on the server, such as /srv/www/site: no *, ?, [ or backslash in it, and no ~, : or - at its beginning. "
        "A path without a slash at its beginning counts from your home there."
    ),
)
_SHAPES_OF = {
    # rsync reads a colon as its own unencrypted protocol, a dash as an option; the other side expands the rest.
    "rsync": {"path": _PATH_THERE},
    "sftp": {"path": _PATH_THERE},
    "webdav": {"endpoint": (late(r"https?://[^/@?#\s]+(?:/[^?#\s]*)?"), "Write the address of the folder: https://dav.example.org/site/.")},
}
"""Shapes of keys that mean something else to one way of publishing."""


def _targets(reader: Reader, node: Node, plugins: frozenset[str]) -> tuple[PublishTarget, ...]:
    """Read the targets of `publish`."""
    if not isinstance(node, MappingNode):
        reader.error("not-a-record", "“publish” takes records, each with its name.", node, "Write: publish: {live: {to: folder, path: …}}")
        return ()
    return tuple(target for name, value in node.items if (target := _target(reader, name, value, plugins)) is not None)


def _target(reader: Reader, name: Scalar, node: Node, plugins: frozenset[str]) -> PublishTarget | None:
    if _is_secret(name.value):
        reader.error("secret-in-settings", "The name of this target looks like a secret, and this file is read by many.", name, _TAKE_OUT)
        return None
    if not urls.is_id(name.value):
        reader.bad_id(name)
        return None
    if isinstance(node, MappingNode) and [key for key, value in node.items if _reported_as_secret(reader, key, value)]:
        return None
    values, _ = reader.record(node, "target")
    to = values["to"].value if "to" in values else ""
    if not isinstance(node, MappingNode) or not (
        to in schema.KEYS_OF_TARGET or ("/" in to and _is_of_plugin(reader, values["to"], plugins))
    ):
        return None
    if not any(key.value == "to" and isinstance(value, Scalar) and value.value.strip() == to for key, value in node.items):
        return None  # misspelt: nothing is published to a place that was only meant
    must, may = schema.KEYS_OF_TARGET.get(to, schema.KEYS_OF_PLUGIN)
    right = [key for key, _ in node.items if key.value in schema.BY_NAME["target"] and not _belongs(reader, to, key)] == []
    for missing in (key for key in must if key not in values):
        about = schema.BY_NAME["target"][missing].about
        reader.error("key-missing", f"A target “to: {to}” has no “{missing}”.", node, f"Add “{missing}:” — {about[0].lower()}{about[1:]}")
    for key, (shape, hint) in (_SHAPES | _SHAPES_OF.get(to, {})).items():
        if key in values and not shape.fullmatch(values[key].value):
            reader.error("value-wrong", f"“{values[key].value[:60]}” cannot be the “{key}” of a target.", values[key], hint)
            right = False
    if not right or any(key not in values for key in must):
        return None
    said = {key: values[key].value for key in (*must, *may) if key in values and key not in {"precompress", "brotli", "sync"}}
    return PublishTarget(
        name.value,
        to,
        **said,
        served_by=values["for"].value if "for" in values else "",
        precompress=values.get("precompress", False),
        brotli=values.get("brotli", False),
        sync=values.get("sync", True),
    )


def _belongs(reader: Reader, to: str, key: Scalar) -> bool:
    must, may = schema.KEYS_OF_TARGET.get(to, schema.KEYS_OF_PLUGIN)
    if key.value in {"to", "for", *must, *may}:
        return True
    reader.error("key-unknown", f"A target “to: {to}” has no key “{key.value}”.", key, f"It takes: {', '.join((*must, *may, 'for'))}.")
    return False


def _reported_as_secret(reader: Reader, key: Scalar, value: Node) -> bool:
    """Report a value that looks like a secret. Its words are not repeated."""
    hidden = key.value not in schema.BY_NAME["target"] and secrets.NAMES.search(key.value)
    if not hidden and not _is_secret(key.value) and not any(map(_is_secret, _texts(value))):
        return False
    reader.error(
        "secret-in-settings",
        f"“{secrets.masked(key.value)}” looks like a secret, and this file is read by many.",
        key,
        _TAKE_OUT,
    )
    return True


_TAKE_OUT = (
    "Take it out, and make a new one if the file was ever shared. Secrets belong in the environment (AWS_SECRET_ACCESS_KEY and the like), "
    "in the ssh agent, or in git’s own store of credentials."
)


def _is_secret(text: str) -> bool:
    found = next(secrets.find(text.encode("utf-8", "surrogatepass")), None)
    return found is not None or any(pattern.match(text) for pattern in (secrets.LOGIN, secrets.IN_ADDRESS))


def _without_secrets(problem: Diagnostic) -> Diagnostic:
    """Return a problem that repeats no secret of the file."""
    return msgspec.structs.replace(
        problem,
        message=secrets.masked(problem.message, values=False),
        help=secrets.masked(problem.help, values=False),
        subject=secrets.masked(problem.subject, values=False),
    )


def _texts(node: Node) -> Iterator[str]:
    if isinstance(node, Scalar):
        yield node.value
    elif isinstance(node, SequenceNode):
        for item in node.items:
            yield from _texts(item)
    else:
        for _, value in node.items:
            yield from _texts(value)
