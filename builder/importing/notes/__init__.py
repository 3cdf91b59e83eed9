"""Markdown of Obsidian, Jekyll, Hugo, Quartz and Zettlr: a note, a whole vault, or a folder of posts.

`front_matter` reads the front matter, `dialect_syntax` makes Markdown of ours of theirs, `links` knows what links and pictures lead to.
"""

import posixpath
import re
from collections.abc import Iterator

from builder.importing import written_dates
from builder.importing.decoding import decode
from builder.importing.importer_types import Article, File, Importer, ImportInput, ImportNote, ImportOptions, ImportProblem, ImportResult
from builder.importing.notes import dialect_syntax, front_matter
from builder.importing.notes.links import Folder

ENDINGS = (".md", ".markdown", ".mdown", ".qmd", ".rmd")

_PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".svg", ".avif", ".pdf", ".bmp", ".tif", ".tiff", ".mp4", ".mp3", ".webm", ".mov")
_OF_PROGRAMS = re.compile(
    r"(?:^|/)(?:_(?:includes|layouts|sass|config|plugins)|layouts|archetypes|themes)(?:/|$|\.)|\.(?:scss|css|js|toml|lock|ini)$",
    re.IGNORECASE,
)
"""What is no text of an author: settings and templates of programs."""


_MAX_NOTE_BYTES = 5_000_000
"""Bytes of a note: ten novels."""


def _recognises(import_input: ImportInput) -> bool:
    return any(file.name.lower().endswith(ENDINGS) for file in import_input.files)


def _read(import_input: ImportInput, options: ImportOptions) -> ImportResult:
    import_notes: list[ImportNote] = []
    notes: list[tuple[File, front_matter.NoteFrontMatter, str, int]] = []
    texts: list[tuple[File, str, str]] = []
    for file in import_input.files:
        where = file.name if import_input.is_folder else ""
        if not file.name.lower().endswith(ENDINGS):
            if not file.name.lower().endswith(_PICTURES) and not _OF_PROGRAMS.search(file.name):
                alone = file.name.lower().endswith((".yml", ".yaml", ".csv", ".json", ".ics", ".bib"))
                import_notes.append(ImportNote(where, f"it was left out, since it is no Markdown{'; import it alone' * alone}"))
            continue
        try:
            text = _text(file, import_input, options, import_notes)
        except ImportProblem as problem:
            if not import_input.is_folder:
                raise
            import_notes.append(ImportNote(where, f"it was left out: {problem}"))
            continue
        if reason := _no_text(file.name, text) if import_input.is_folder else "":
            import_notes.append(ImportNote(where, f"it was left out, since it is {reason}"))
            continue
        texts.append((file, where, text.replace("\r\n", "\n").replace("\r", "\n")))
    dated = ((day, f"{where}, line {n}" if where else f"line {n}") for _, where, text in texts for day, n in front_matter.find_dates(text))
    order = written_dates.find_order(dated, options.dates)
    for file, where, text in texts:
        notes.append((file, *front_matter.split_front_matter(text, file.name, where, import_notes, order)))
    folder = Folder(import_input, [(file.name, head) for file, head, _, _ in notes])
    articles: list[Article] = []
    for n, (file, head, body, line) in enumerate(notes):
        options.progress(n, len(notes))
        articles.append(_article(file, head, (body, line), folder, import_notes))
    options.progress(len(notes), len(notes))
    articles = folder.with_anchors(articles, import_notes)
    return ImportResult("", articles=tuple(front_matter.drop_repeated_aliases(articles, import_notes)), import_notes=tuple(import_notes))


_PARTS = re.compile(r"(?:^|/)_(?:includes|layouts)/")
_TEMPLATES = re.compile(r"(?:^|/)(?:_?templates?|archetypes|vorlagen|modèles|plantillas)/", re.IGNORECASE)


def _no_text(name: str, text: str) -> str:
    """Return what a file of a folder is, if it is no text of the author; else ""."""
    if not text.strip():
        return "empty"
    if _PARTS.search(name) or (_TEMPLATES.search(name) and re.search(r"\{\{|<%|\{%", text)):
        return "a template, or a part of one"
    return "a drawing" if re.match(r"---\s[^\0]{0,300}?\bexcalidraw-plugin\s*:", text) else ""


def _text(file: File, import_input: ImportInput, options: ImportOptions, import_notes: list[ImportNote]) -> str:
    """Return the text of a note. `ImportProblem` where it has none, or far more than a note."""
    if len(file.data) > _MAX_NOTE_BYTES:
        raise ImportProblem(f"it is too large for a text: more than {_MAX_NOTE_BYTES // 1_000_000} MB")
    text = decode(file.data, options.encoding, import_notes)
    if not text.strip() and not import_input.is_folder:
        raise ImportProblem("it has no text")
    return text


_CITED = re.compile(r"\[[^\[\]\n]{0,100}(?<![\w.])@[A-Za-z][\w:.#$%&+?~/-]{0,100}[^\[\]\n]{0,200}\](?!\()")


def _citations(body: str, first: int, where: str) -> Iterator[ImportNote]:
    """Yield notes on the citations of Zettlr and Pandoc in a text, `[@hale2024, p. 3]`, which stay as words."""
    for found in _CITED.finditer(body) if "@" in body else ():
        n = first + body.count("\n", 0, found.start())
        yield ImportNote(f"{where}, line {n}" if where else f"line {n}", f"a citation stays as words: “{found[0]}”")


def _article(
    file: File, head: front_matter.NoteFrontMatter, text: tuple[str, int], folder: Folder, import_notes: list[ImportNote]
) -> Article:
    where = file.name if folder.given.is_folder else ""
    body, line = text
    page = folder.page(file.name, where, import_notes)
    made = dialect_syntax.convert_marks(body, line, page, where, import_notes)
    import_notes += _citations(body, line, where)
    title = head.title
    first = re.match(r"\s*#[ \t]+(.+?)[ \t]*#*\n", made.body + "\n")
    body = made.body
    if first and (not title or dialect_syntax.plain_heading(first[1]) == title):
        title = dialect_syntax.plain_heading(first[1])
        body = body[first.end() :]
    title = title or front_matter.name_from_path(file.name)
    topics = [*head.fields.get("topics", []), *(tag for tag in made.tags if tag not in head.fields.get("topics", []))]
    if made.tags:
        named = ", ".join(f"“#{tag}”" for tag in dict.fromkeys(made.tags))
        import_notes.append(ImportNote(where, f"{named} in its text became “topics:”, which readers see; take out what is for you alone"))
    fields = {"title": title, **head.fields, "topics": topics}
    name = head.name or posixpath.basename(front_matter.name_from_path(file.name))
    return Article(
        where, name, {key: value for key, value in fields.items() if value}, body.strip() + "\n", tuple(page.pictures), key=file.name
    )


IMPORTER = Importer("notes", "Markdown of Obsidian, Jekyll, Hugo, Quartz or Zettlr: a note, a vault, a _posts folder", _recognises, _read)
