"""The targets of links and pictures in notes: other notes, files of the folder, or nothing."""

import posixpath
import re
from functools import cache
from urllib.parse import unquote

import msgspec

from builder import urls
from builder.content import markup
from builder.importing.html_words import address
from builder.importing.importer_types import Article, ImportInput, ImportNote, Picture, link_to
from builder.importing.notes.front_matter import NoteFrontMatter, name_from_path
from builder.model import Section

_SHOWN = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".svg", ".avif")
_ANCHORED = re.compile("\x01([^\x01\x02]*)\x02#([^)\\s]*)")


class Folder:
    """All notes of an import, and the files beside them."""

    def __init__(self, import_input: ImportInput, notes: list[tuple[str, NoteFrontMatter]]) -> None:
        self.given = import_input
        self.files = {file.name: file.data for file in import_input.files}
        self._by_path = {name.casefold(): name for name, _ in notes}
        self._by_name: dict[str, str] = {}
        self._by_file: dict[str, str] = {}
        for name in sorted(self.files, key=lambda name: (name.count("/"), name)):
            self._by_file.setdefault(posixpath.basename(name).casefold(), name)
        for name, head in notes:
            stem = posixpath.splitext(name)[0]
            said = [stem, posixpath.basename(stem), name_from_path(name), head.title, head.name, *head.names]
            said += [re.sub(r"\.html?$", "", alias.strip("/")) for alias in head.fields.get("aliases", [])]
            if posted := re.match(r"(?:.*/)?(\d{4})-(\d{2})-(\d{2})-(.+)", stem):
                said += [f"{posted[1]}/{posted[2]}/{posted[3]}/{posted[4]}", f"{posted[1]}/{posted[2]}/{posted[3]}/{posted[4]}.html"]
            for called in said:
                if called:
                    self._by_name.setdefault(_folded(called), name)

    def page(self, name: str, where: str, import_notes: list[ImportNote]) -> "NoteLinks":
        """Return what finds the links of one note."""
        return NoteLinks(self, name, where, import_notes)

    def note(self, target: str, of: str) -> str:
        """Return the note that a link in the note `of` names; "" if there is none."""
        target = unquote(target).strip()
        path = posixpath.normpath(posixpath.join(posixpath.dirname(of), target))
        for candidate in (path, f"{path}.md", target.lstrip("/"), f"{target.lstrip('/')}.md"):
            if candidate.casefold() in self._by_path:
                return self._by_path[candidate.casefold()]
        stem = target.strip("/")
        stem = posixpath.splitext(stem)[0] if stem.lower().endswith((".md", ".markdown", ".html", ".htm")) else stem
        return self._by_name.get(_folded(stem)) or self._by_name.get(_folded(posixpath.basename(stem)), "")

    def file(self, target: str, of: str) -> tuple[str, bytes] | None:
        """Return the file that a picture or link in the note `of` names: beside it, from the top, or, as Obsidian finds it, anywhere."""
        target = unquote(re.split(r"[?#]", target)[0]).strip()
        path = posixpath.normpath(posixpath.join(posixpath.dirname(of), target))
        for candidate in (path, target.lstrip("/")):
            if candidate in self.files:
                return candidate, self.files[candidate]
        for candidate in (path, target.lstrip("/"), f"static/{target.lstrip('/')}"):
            if not candidate.startswith("..") and (data := self.given.beside(candidate)) is not None:
                return candidate, data
        found = self._by_file.get(posixpath.basename(target).casefold())
        return (found, self.files[found]) if found else None

    def with_anchors(self, articles: list[Article], import_notes: list[ImportNote]) -> list[Article]:
        """Return articles whose links lead to headings that are there; others lead to the page alone, with a note."""
        bodies = {article.key: article.body for article in articles}

        @cache
        def headings(key: str) -> dict[str, str]:
            # Read only where a link leads to it, since this takes most of the time of an import.
            return _headings(bodies[key]) if key in bodies else {}

        made: list[Article] = []
        for article in articles:

            def checked(match: re.Match[str], article: Article = article) -> str:
                key, anchor = match[1], unquote(match[2])
                there = headings(key or article.key)
                slug = there.get(urls.slug(anchor), "")
                if slug:
                    return f"{link_to(key) if key else ''}#{slug}"
                import_notes.append(
                    ImportNote(article.where, f"the heading “{anchor}” was not found in {key or 'it'}, so a link leads to the page alone")
                )
                return link_to(key) if key else f"#{next(iter(there.values()), '')}"

            made.append(msgspec.structs.replace(article, body=_ANCHORED.sub(checked, article.body)))
        return made


def _headings(body: str) -> dict[str, str]:
    found, _ = markup.read(body, path="")
    made: dict[str, str] = {}
    for segment in found.segments:
        if isinstance(segment, Section):
            made.setdefault(urls.slug(segment.title), segment.id)
            made.setdefault(segment.id, segment.id)
    return made


def _folded(name: str) -> str:
    return " ".join(re.sub(r"[\s_]+", " ", name).split()).casefold()


class NoteLinks:
    """Finds the targets of the links of one note, and keeps the pictures that it shows."""

    def __init__(self, folder: Folder, name: str, where: str, import_notes: list[ImportNote]) -> None:
        self.folder, self.name, self._where, self._import_notes = folder, name, where, import_notes
        self.pictures: list[Picture] = []
        self._names: dict[str, str] = {}

    def _add_note(self, n: int, what: str) -> None:
        self._import_notes.append(ImportNote(f"{self._where}, line {n}" if self._where else f"line {n}", what))

    def link(self, words: str, to: str, n: int) -> str:
        """Return a link of Markdown, or its words alone where it leads to nothing that a page can lead to."""
        to = to.strip()
        if to.startswith("\x01") or to in self._names.values():
            return f"[{words}]({to})"
        if web := address(to):
            return f"[{words}]({_bracketed(web)})"
        if to.startswith("#") and len(to) > 1:
            return f"[{words}](\x01\x02{to})"
        if re.match(r"(?:tel:|mailto:)", to):
            return f"[{words}]({to})"
        target, sign, anchor = to.partition("#")
        if re.match(r"[a-z][a-z0-9+.-]*:", target, re.IGNORECASE):
            self._add_note(n, f"the link to “{to}” was left out, which is no address of the web")
            return words
        if note := self.folder.note(target, self.name):
            anchor = re.sub(r"[\s()]+", "-", anchor.lstrip("^"))
            return f"[{words}]({link_to(note)}{sign if anchor else ''}{anchor})"
        if found := self.folder.file(target, self.name):
            return f"[{words}]({self._kept(*found)})"
        self._add_note(n, f"the link to “{to}” was left out, which leads to nothing that comes in")
        return words

    def picture(self, words: str, to: str, caption: str, n: int) -> str:
        """Return a picture of Markdown; its alternative text alone where there is no such file."""
        shown = f' "{caption}"' if caption else ""
        if to in self._names.values():
            return f"![{words}]({to}{shown})"
        if (web := address(to)).startswith("http"):
            return f"![{words}]({_bracketed(web)}{shown})"
        found = self.folder.file(to, self.name)
        if found is None:
            self._add_note(
                n, f"the picture “{to}” was not found, and was left out" + (f", with its caption “{caption}”" if caption else "")
            )
            return words
        kept = self._kept(*found)
        if not kept.endswith(_SHOWN):
            return f"[{words or posixpath.basename(found[0])}]({kept})"
        return f"![{words}]({kept}{shown})"

    def _kept(self, path: str, data: bytes) -> str:
        if path not in self._names:
            stem, ending = posixpath.splitext(posixpath.basename(path))
            base = made = urls.slug(stem) or "file"
            n = 1
            while f"{made}{ending.lower()}" in self._names.values():
                n += 1
                made = f"{base}-{n}"
            self._names[path] = f"{made}{ending.lower()}"
            self.pictures.append(Picture(self._names[path], data))
        return self._names[path]


def _bracketed(to: str) -> str:
    return f"<{to}>" if set(to) & set("() ") else to
