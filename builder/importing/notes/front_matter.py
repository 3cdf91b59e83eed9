"""The front matter of other programs as keys of an explainer: YAML of Jekyll, Obsidian and Quartz, TOML of Hugo."""

import datetime as dt
import json
import posixpath
import re
import tomllib
from collections.abc import Iterable, Iterator
from typing import Any

import msgspec
import yaml

from builder import dates
from builder.importing import written_dates
from builder.importing.decoding import is_deep
from builder.importing.html_words import line
from builder.importing.importer_types import Article, Fields, ImportNote

_DATED_NAME = re.compile(r"(\d{4}-\d{2}-\d{2})-(?=.)")
_ALIAS = re.compile(r"/?[\w~%-][\w./~%-]*/?")
_YES, _NO = frozenset({"true", "yes", "on"}), frozenset({"false", "no", "off"})

_DAYS = {"date": "published", "published": "published", "publishdate": "published"}
_CREATED = frozenset({"created", "date_created"})
_UPDATED = {"lastmod", "updated", "modified", "last_modified_at", "date_modified", "last_modified", "last-modified"}
_TOPICS = {"tags", "tag", "categories", "category", "topics", "keywords"}
_AUTHORS = {"author", "authors", "byline", "creator"}
_SUMMARY = {"summary", "description", "excerpt", "abstract", "subtitle"}
_ADDRESSES = {"permalink", "url", "redirect_from", "aliases", "alias"}
_HOLDS = {"draft", "published", "private", "publish", "dg-publish", "isdraft", "hidden", "unlisted"}


class NoteFrontMatter(msgspec.Struct, frozen=True):
    """The front matter of a note, as keys of an explainer."""

    fields: Fields
    title: str = ""
    name: str = ""
    """Which the address is made from, where the original gives one."""
    names: tuple[str, ...] = ()
    """By which links name it, besides its title and file."""


_FRONT = re.compile(r"(?P<sign>---|\+\+\+)[ \t]*\n(?P<head>.*?)(?:^|\n)(?P=sign)[ \t]*(?:\n|\Z)", re.DOTALL)


def name_from_path(path: str) -> str:
    """Return what a file is called: its name without ending, and without the day that Jekyll begins it with; an index is called as its folder."""
    stem = posixpath.splitext(posixpath.basename(path))[0]
    if stem.casefold() in {"index", "_index", "readme"} and "/" in path:
        stem = posixpath.basename(posixpath.dirname(path))
    return _DATED_NAME.sub("", stem, count=1) if _DATED_NAME.match(stem) else stem


def find_dates(text: str) -> list[tuple[str, int]]:
    """Return what stands behind the keys of days in the front matter of a file, each with its line."""
    found = _FRONT.match(text.removeprefix("\ufeff"))
    lines = enumerate(found["head"].split("\n"), 2) if found is not None else ()
    parts = ((re.match(r"([\w-]+)\s*[:=]\s*(.+)", text), n) for n, text in lines)
    return [(part[2].strip("\"' "), n) for part, n in parts if part and part[1].casefold() in {*_DAYS, *_UPDATED}]


def split_front_matter(
    text: str, path: str, where: str, import_notes: list[ImportNote], order: str = ""
) -> tuple[NoteFrontMatter, str, int]:
    """Return the front matter of a file, the text below it, and the line on which that begins. `order` is that of day and month."""
    text = text.removeprefix("\ufeff")
    found = _FRONT.match(text)
    if found is None and (whole := _of_json(text)) is not None:
        fields, end = whole
        return _head(fields, {}, (path, where, order), import_notes), text[end:].lstrip("\n"), text[:end].count("\n") + 1
    if found is None:
        return _head({}, {}, (path, where, order), import_notes), text, 1
    lines = {
        name.casefold(): n
        for n, text in enumerate(found["head"].split("\n"), 2)
        if (name := re.split(r"[:=]", text)[0].strip("\"' \t")) and text[:1] not in " \t-#"
    }
    fields = _of_toml(found["head"], where, import_notes) if found["sign"] == "+++" else _of_yaml(found["head"], where, import_notes)
    return _head(fields, lines, (path, where, order), import_notes), text[found.end() :], text[: found.end()].count("\n") + 1


def _of_json(text: str) -> tuple[dict[str, Any], int] | None:
    """Return front matter in JSON, as Hugo has it, and where it ends; None if a text begins with none."""
    if not text.startswith("{"):
        return None
    try:
        found, end = json.JSONDecoder().raw_decode(text)
    except (ValueError, RecursionError):
        return None
    return (found, end) if isinstance(found, dict) and found and text[end : end + 1] in {"", "\n"} else None


def _of_toml(text: str, where: str, import_notes: list[ImportNote]) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        import_notes.append(ImportNote(_at(where, 1), f"its front matter was left out, since it is no TOML: {error}: “{line(text)}”"))
        return {}


def _of_yaml(text: str, where: str, import_notes: list[ImportNote]) -> dict[str, Any]:
    if is_deep(text):
        return _by_lines(text, where, import_notes)
    try:
        if any(isinstance(event, yaml.AliasEvent) for event in yaml.parse(text, yaml.SafeLoader)):
            import_notes.append(
                ImportNote(_at(where, 1), f"its front matter was left out, since values in it refer to others: “{line(text[:500])}”")
            )
            return {}
        found = yaml.load(text, yaml.BaseLoader)  # noqa: S506 – it makes texts, lists and mappings alone
    except (yaml.YAMLError, ValueError, RecursionError):
        return _by_lines(text, where, import_notes)
    if not isinstance(found, dict):
        if found:
            import_notes.append(ImportNote(_at(where, 1), f"its front matter was left out, since it has no keys: “{line(text)}”"))
        return {}
    return {str(key): value for key, value in found.items()}


def _by_lines(text: str, where: str, import_notes: list[ImportNote]) -> dict[str, Any]:
    """Return the keys of front matter that is not valid YAML, line by line: `title: Ferry: the end`. Other lines are noted."""
    made: dict[str, Any] = {}
    for n, words in enumerate(text.split("\n"), 2):
        if found := re.fullmatch(r"([A-Za-z][\w-]*):[ \t]+(.+)", words.rstrip()):
            inner = found[2].strip()
            made[found[1]] = (
                [part.strip(" \"'") for part in inner[1:-1].split(",")] if inner[:1] == "[" and inner[-1:] == "]" else inner.strip("\"'")
            )
        elif words.strip() and not words.lstrip().startswith("#"):
            import_notes.append(ImportNote(_at(where, n), f"a line of its front matter was left out, since it is no YAML: “{line(words)}”"))
    return made


def _at(where: str, n: int) -> str:
    return f"{where}, line {n}" if where else f"line {n}"


def _texts(value: Any) -> list[str]:
    """Return the texts of a value: of a list each, of a mapping its name."""
    if isinstance(value, dt.date | dt.datetime | dt.time):
        return [value.isoformat()]
    if isinstance(value, bool):
        return ["true" if value else "false"]
    if isinstance(value, dict):
        return _texts(value.get("name") or value.get("title"))
    if isinstance(value, list):
        return [text for item in value for text in _texts(item)]
    text = line(str(value)) if value is not None else ""
    return [text] if text else []


def _shown(value: Any) -> str:
    if isinstance(value, dict) or (isinstance(value, list) and any(isinstance(item, dict | list) for item in value)):
        return line(json.dumps(value, ensure_ascii=False, default=str))
    return " · ".join(_texts(value))


def _beside_texts(key: str, value: Any, texts: list[str]) -> Iterator[str]:
    """Yield notes on what a value says besides the texts that are taken of it."""
    if not texts:
        if value not in (None, "", [], {}) and not (isinstance(value, list) and not any(value)):
            yield f"“{key}” was left out: “{_shown(value)}”"
        return
    for more in _unnamed(value):
        yield f"of “{key}” it was left out: “{more}”"
    if len(texts) > 1 and key.casefold() in {"title", "slug", *_HOLDS, *_DAYS, *_UPDATED}:
        yield f"of “{key}” only the first was kept, not “{' · '.join(texts[1:])}”"


def _unnamed(value: Any) -> Iterator[str]:
    """Yield what mappings say besides the name that is taken of them, and those that have none."""
    for item in value if isinstance(value, list) else [value]:
        if isinstance(item, dict):
            named = next((name for name in ("name", "title") if item.get(name)), "")
            if rest := {name: said for name, said in item.items() if name != named and said not in (None, "", [], {})}:
                yield line(json.dumps(rest, ensure_ascii=False, default=str))


def _head(given: dict[str, Any], lines: dict[str, int], of: tuple[str, str, str], import_notes: list[ImportNote]) -> NoteFrontMatter:
    path, where, order = of
    fields: Fields = {}
    names: list[str] = []
    name = ""
    for key, value in given.items():
        key_ = key.casefold()

        def add_note(what: str, key_: str = key_) -> None:
            import_notes.append(ImportNote(_at(where, lines.get(key_, 1)), what))

        texts = _texts(value)
        for what in _beside_texts(key, value, texts):
            add_note(what)
        if not texts:
            continue
        if key_ == "title":
            fields["title"] = texts[0]
        elif key_ in _HOLDS and texts[0].casefold() in _YES | _NO:
            continue  # everything that comes in is a draft
        elif key_ in _DAYS:
            _day(fields, _DAYS[key_], key, texts[0], order, add_note)
        elif key_ in _UPDATED:
            _day(fields, "updated", key, texts[0], order, add_note)
        elif key_ in _TOPICS:
            fields["topics"] = _more(fields.get("topics", []), _topics(value, texts))
        elif key_ in _AUTHORS:
            fields["authors"] = _more(fields.get("authors", []), texts)
        elif key_ in _SUMMARY and "summary" not in fields:
            fields["summary"] = " ".join(texts)
        elif key_ in _ADDRESSES:
            _addresses(fields, names, key, texts, add_note)
        elif key_ == "slug" and re.search(r"\w", texts[0]):
            name = texts[0]
        elif key_ in {"lang", "language", "locale"} and re.fullmatch(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*", texts[0]):
            fields["lang"] = texts[0].replace("_", "-")
        else:
            why = ", since a note is not published on the day on which it is begun" if key_ in _CREATED else ""
            add_note(f"“{key}” was left out{why}: “{_shown(value)}”")
    if (day := _day_of_name(path)) and "published" not in fields:
        fields["published"] = day
    return NoteFrontMatter(fields, fields.pop("title", ""), name, tuple(names))


def _addresses(fields: Fields, names: list[str], key: str, texts: list[str], add_note: Any) -> None:
    """Take old addresses of a note, and names that only links use."""
    for text in texts:
        if _ALIAS.fullmatch(text) and ("/" in text or text.endswith((".html", ".htm"))) and ".." not in text and text.strip("/"):
            fields["aliases"] = _more(fields.get("aliases", []), [f"/{text.lstrip('/')}"])
        elif key.casefold() in {"aliases", "alias"}:
            names.append(text)
            add_note(f"“{key}”: “{text}” is no address, and is a name for links alone")
        else:
            add_note(f"“{key}” was left out, since it is no address on the site: “{text}”")


def _day_of_name(path: str) -> str:
    """Return the day that the name of a file begins with, as Jekyll has it; "" for any other."""
    named = _DATED_NAME.match(posixpath.basename(path))
    return named[1] if named and written_dates.read_date(named[1]).edtf else ""


def _more(there: list[str], texts: Iterable[str]) -> list[str]:
    return list(dict.fromkeys([*there, *texts]))


def _topics(value: Any, texts: list[str]) -> list[str]:
    """Return tags and categories. In a single text they stand between commas, or, as Jekyll has them, between spaces."""
    if isinstance(value, list):
        return [text.lstrip("#") for text in texts if text.lstrip("#")]
    return [part.strip("# ") for part in re.split(r",\s*" if "," in texts[0] else r"\s+", texts[0]) if part.strip("# ")]


def _day(fields: Fields, key: str, name: str, text: str, order: str, add_note: Any) -> None:
    found = re.match(r"\d{4}-\d{2}-\d{2}(?=[T ])", text)
    made = written_dates.read_date(found[0] if found else text, order).edtf
    if not made or not dates.is_day(made):
        add_note(f"“{name}” was left out, since {'it is not one day' if made else 'it is no date that could be read'}: “{text}”")
    elif key in fields and fields[key] != made:
        add_note(f"“{name}” was left out, since there is another day already: “{text}”")
    else:
        fields[key] = made
        if found and not re.fullmatch(r"[T ]00:00(?::00)?(?:[.,]0+)?\s*(?:Z|[+-]\d\d:?\d\d)?", text[10:]):
            add_note(f"“{name}”: of “{text}” only the day was kept")


def drop_repeated_aliases(articles: Iterable[Article], import_notes: list[ImportNote]) -> list[Article]:
    """Return articles of which no two have one old address."""
    there: dict[str, str] = {}
    made: list[Article] = []
    for article in articles:
        kept: list[str] = []
        for alias in article.fields.get("aliases", []):
            first = there.setdefault(alias.strip("/").casefold(), article.where)
            if first == article.where:
                kept.append(alias)
            else:
                import_notes.append(ImportNote(article.where, f"the old address “{alias}” was left out, since {first} has it too"))
        fields = {key: value for key, value in article.fields.items() if key != "aliases"}
        made.append(msgspec.structs.replace(article, fields=fields | ({"aliases": kept} if kept else {})))
    return made
