"""The site's settings, `content/site.yaml`, checked."""

from builder import frontmatter, keys, markup
from builder.diagnostics import Diagnostic, Place
from builder.frontmatter import Sequence
from builder.model import NavLink, Settings
from builder.values import Reader, is_address

PATH = "content/site.yaml"

DEFAULT_NAV = (
    NavLink("Explainers", "/explainers/"),
    NavLink("Timeline", "/events/"),
    NavLink("Who’s who", "/actors/"),
    NavLink("Quotes", "/quotes/"),
    NavLink("Sources", "/sources/"),
    NavLink("Topics", "/topics/"),
)


def read(data: bytes, *, path: str = PATH) -> tuple[Settings, tuple[Diagnostic, ...]]:
    """Read the bytes of `site.yaml`. Never raises: what is wrong keeps its default and is told."""
    try:
        text = data.decode("utf-8-sig")
        early: tuple[Diagnostic, ...] = ()
    except UnicodeDecodeError:
        text = data.decode("utf-8", "replace")
        early = (Diagnostic("encoding", "This file is not UTF-8.", Place(path), help="Save it as UTF-8."),)
    fields, problems = frontmatter.load(text.replace("\r\n", "\n"), path=path)
    reader = Reader(path)
    reader.problems += [*early, *problems]
    values, extra = reader.record(fields, "site")
    version = values.get("format", keys.VERSION)
    if version != keys.VERSION:
        where = next(value for key, value in fields.items if key.value == "format")
        message = f"This site is written in format {version}; this version of Backstory reads format {keys.VERSION}."
        reader.error("format-version", message, where, "Install the version of Backstory that reads it.")
    footer = None
    if "footer" in values:
        footer, more = markup.read_line(values["footer"].value, place=reader.place(values["footer"]))
        reader.problems += more
    base = values["base_url"].value if "base_url" in values else ""

    def text_of(key: str, default: str = "") -> str:
        return values[key].value.strip() if key in values else default

    return (
        Settings(
            title=text_of("title", "Untitled"),
            tagline=text_of("tagline"),
            description=text_of("description"),
            base_url=with_slash(base),
            language=text_of("language", "en"),
            nav=_nav(reader, values["nav"]) if "nav" in values else DEFAULT_NAV,
            footer=footer,
            authors=tuple(item.value for item in values.get("authors", ())),
            licence=text_of("licence"),
            data=text_of("data", "lean"),
            images=bool(values.get("images")),
            extra=extra,
        ),
        tuple(reader.problems),
    )


def with_slash(address: str) -> str:
    """Return a base address with one slash at its end; "" stays ""."""
    return address.rstrip("/") + "/" if address else ""


def _nav(reader: Reader, node: frontmatter.Node) -> tuple[NavLink, ...]:
    links = []
    for item in node.items if isinstance(node, Sequence) else (node,):
        values, _ = reader.record(item, "nav")
        if "title" in values and "path" in values:
            path = values["path"]
            if not (is_address(path.value) or (path.value.startswith("/") and not path.value.startswith("//") and "\\" not in path.value)):
                reader.error(
                    "url-wrong",
                    f"“{path.value[:60]}” is neither a path of this site nor an address.",
                    path,
                    "Begin a path with one slash: /events/.",
                )
                continue
            links.append(NavLink(values["title"].value, path.value))
    return tuple(links)
