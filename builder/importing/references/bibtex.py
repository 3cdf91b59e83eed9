"""BibTeX and BibLaTeX, read by bibtexparser; what TeX writes with commands is written with letters."""

import calendar
import re
from collections.abc import Iterable, Mapping
from typing import Any

from builder.importing import written_dates
from builder.importing.decoding import decode
from builder.importing.html_words import line, shifted
from builder.importing.importer_types import ImportInput, ImportNote, ImportOptions, ImportProblem, ImportResult, Missing
from builder.importing.references.items import ReferenceItem, natural_name, source_records

_PUBLISHERS = ("journal", "journaltitle", "newspaper", "publisher", "institution", "organization", "school", "howpublished")
"""Who published it: the first that is given; the others are kept by their names."""

_PRIVATE = {"file", "annote", "annotation", "localfile", "local-url", "owner", "timestamp", "groups", "bdsk-file-1"}
"""What is of the author's own desk."""

MAX_ENTRIES = 20_000

_TEX = re.compile(r"[\\{}~$]|--|``|''")
_MAX_TEX_SIGNS_IN_VALUE = 10_000
"""Signs of TeX of one value that are read: it takes long for each, and no title or abstract has so many."""


def read_bibtex(import_input: ImportInput, options: ImportOptions) -> ImportResult:
    """Return the sources of a BibTeX file."""
    try:
        from bibtexparser.entrypoint import parse_string
        from bibtexparser.middlewares import MonthIntMiddleware, RemoveEnclosingMiddleware, ResolveStringReferencesMiddleware
        from pylatexenc.latex2text import (  # type: ignore[import-untyped]  # it has no types
            LatexNodes2Text,
            MacroTextSpec,
            get_default_latex_context_db,
        )
    except ImportError:
        raise Missing("references") from None
    import_notes: list[ImportNote] = []
    text = decode(import_input.data, options.encoding, import_notes)
    try:
        text = _own_keys(text, parse_string(text).failed_blocks, import_notes)
        library: Any = parse_string(text, parse_stack=[])
        _join_parts(library)
        for middleware in (ResolveStringReferencesMiddleware(), RemoveEnclosingMiddleware(), MonthIntMiddleware()):
            library = middleware.transform(library)
    except (RecursionError, ValueError, KeyError, TypeError) as error:
        message = f"it is no BibTeX that can be read: {error}"
        raise ImportProblem(message) from error
    if len(library.entries) > MAX_ENTRIES:
        message = f"it has more than {MAX_ENTRIES:,} entries. Divide it"
        raise ImportProblem(message)
    import_notes += [
        ImportNote(
            f"line {block.start_line + 1}",
            f"an entry was left out, which is broken{f': {line(str(block.error))[:300]}' if line(str(block.error)) else ''}: “{line(block.raw or '')[:300]}”",
        )
        for block in library.failed_blocks
    ]
    import_notes += [
        ImportNote(f"line {comment.start_line + 1}", f"a comment was left out: “{line(comment.comment)[:300]}”")
        for comment in library.comments
    ]
    import_notes += [
        ImportNote(f"line {preamble.start_line + 1}", f"a preamble was left out: “{line(str(preamble.value))[:300]}”")
        for preamble in library.preambles
    ]
    commands = get_default_latex_context_db()
    commands.set_unknown_macro_spec(MacroTextSpec("", simplify_repl=_unknown))
    plain = LatexNodes2Text(latex_context=commands, keep_comments=True, math_mode="verbatim")

    def letters(value: Any) -> str:
        value = re.sub(r"\\text(su[pb])(?:er)?script\{([^{}]*)\}", lambda found: shifted(found[1], found[2]), str(value))
        signs = sum(1 for _ in _TEX.finditer(value))
        if signs > _MAX_TEX_SIGNS_IN_VALUE:
            import_notes.append(
                ImportNote("", f"what TeX means was left as it stands in a value with {signs:,} signs of it: “{line(value)[:60]}…”")
            )
        elif signs:
            value = plain.latex_to_text(value.replace("%", r"\%") if r"\%" not in value else value)
        return line(value)

    items: list[ReferenceItem] = []
    for n, entry in enumerate(library.entries):
        if n % 200 == 0:
            options.progress(n, len(library.entries))
        fields = {field.key.casefold(): field.value for field in entry.fields}
        items.append(_item(f"line {entry.start_line + 1} ({entry.key})", entry.key, entry.entry_type, fields, letters, import_notes))
    return ImportResult("", source_records(items, import_notes, options), import_notes=tuple(import_notes))


_COMMANDS = {"LaTeX": "LaTeX", "TeX": "TeX", "BibTeX": "BibTeX", "LaTeXe": "LaTeX2e", "euro": "€", "texteuro": "€"}


def _unknown(node: Any, **_: Any) -> str:
    """Return the letters of a command that the library does not know: nothing for one that sets the words behind it, else its name."""
    end = node.pos + node.len
    following = node.parsing_state.s[end : end + 1]
    name = str(node.macroname)
    return _COMMANDS.get(name, "" if following == "{" else f"\\{name}") + ("" if following == "{" else str(node.macro_post_space))


_PART = re.compile(r"\s*(?:\"(?P<quoted>[^\"]*)\"|\{(?P<braced>(?:[^{}]|\{[^{}]*\})*)\}|(?P<word>[^\s\"#{},]+))\s*")
_MONTHS = {name[:3].lower(): name for name in calendar.month_name if name}
"""What every style of BibTeX defines: `jun` is June."""


def _join_parts(library: Any) -> None:
    """Write values of several parts, `gazette # { Weekly}`, as one: the library leaves them as they stand."""
    strings = {name.casefold(): string.value for name, string in library.strings_dict.items()}
    for entry in library.entries:
        for field in entry.fields:
            value = str(field.value)
            if "#" not in value or (value[:1] in {'"', "{"} and _PART.fullmatch(value)):
                continue
            made, at = [], 0
            while (found := _PART.match(value, at)) and value[found.end() : found.end() + 1] in {"#", ""}:
                word = found["word"]
                made.append((found["quoted"] or found["braced"] or "") if word is None else _word(word, strings))
                at = found.end() + 1
            if at > len(value):
                field.value = f"{{{''.join(made)}}}"


def _word(word: str, strings: Mapping[str, str]) -> str:
    """Return what a word outside of quotation marks stands for: a string of the file, a month, or itself."""
    given = str(strings.get(word.casefold(), "")).strip()
    return given[1:-1] if given[:1] in {'"', "{"} else given or _MONTHS.get(word.casefold(), word)


def _own_keys(text: str, broken: Iterable[Any], import_notes: list[ImportNote]) -> str:
    """Return a file in which each entry has a key of its own, since the library leaves out the second of a key; that is noted."""
    lines = text.split("\n")
    for n, block in enumerate(broken, 2):
        key = getattr(getattr(block, "ignore_error_block", None), "key", "")
        if type(block).__name__ == "DuplicateBlockKeyBlock" and key and block.start_line < len(lines):
            made = re.sub(rf"(@\s*\w+\s*[{{(]\s*){re.escape(key)}(?=\s*,)", rf"\g<1>{key}-{n}", lines[block.start_line], count=1)
            if made != lines[block.start_line]:
                lines[block.start_line] = made
                import_notes.append(
                    ImportNote(f"line {block.start_line + 1}", f"its key “{key}” is that of an entry above it, so it is “{key}-{n}” here")
                )
    return "\n".join(lines)


def _item(where: str, key: str, kind: str, fields: dict[str, Any], letters: Any, import_notes: list[ImportNote]) -> ReferenceItem:
    rest = dict(fields)

    def take(*names: str) -> str:
        found = next((name for name in names if str(rest.get(name, "")).strip()), "")
        return letters(rest.pop(found)) if found else ""

    import_notes += [ImportNote(where, f"“{name}” was left out: “{line(str(rest.pop(name)))}”") for name in sorted(_PRIVATE & rest.keys())]
    title = take("title")
    subtitle = take("subtitle")
    url = re.sub(r"\\([_%&#~])", r"\1", str(rest.pop("url", "")))
    if not url and (found := re.search(r"\\url\{([^}]*)\}", str(rest.get("howpublished", "")))):
        url, _ = found[1], rest.pop("howpublished")
    names = take_names(rest.pop("author", ""), letters)
    authors = names or take_names(rest.pop("editor", ""), letters)
    if authors and not names:
        import_notes.append(ImportNote(where, f"its editors stand as its authors: “{'; '.join(authors)}”"))
    published = line(re.sub(r"[{}]", "", str(rest.pop("date", ""))))  # a “~” of EDTF is no space of TeX
    if not published and "year" in rest:
        parts = [str(rest.pop(name, "")).replace("~", " ").strip() for name in ("year", "month", "day")]
        published = (
            "-".join([parts[0], *(f"{int(part):02}" for part in parts[1:] if part.isdigit())])
            if re.fullmatch(r"-?\d{4}", parts[0])
            else " ".join(reversed(parts))
        )
        if parts[1] and not parts[1].isdigit():
            published = f"{parts[2]} {parts[1]} {parts[0]}".strip()
            if (
                re.fullmatch(r"\d{4}", parts[0])
                and not written_dates.read_date(published).edtf
                and not written_dates.is_ambiguous(published)
            ):
                import_notes.append(ImportNote(where, f"“published”: of “{line(published)}” only the year was kept"))
                published = parts[0]
    item = ReferenceItem(
        where,
        id=key,
        title=f"{title}: {subtitle}" if title and subtitle else title or subtitle,
        publisher=take(*_PUBLISHERS),
        authors=authors,
        url=url,
        doi=re.sub(r"\\([_%&#])", r"\1", str(rest.pop("doi", ""))),
        published=published,
        accessed=take("urldate", "accessed"),
        lang=take("langid", "language"),
        note=take("note"),
        abstract=take("abstract"),
    )
    item.own = {"entry type" if "type" in rest else "type": kind, **{name: letters(value) for name, value in rest.items()}}
    return item


def take_names(text: Any, letters: Any) -> list[str]:
    """Return the names of a list that BibTeX writes with “and”; what stands in braces is one name."""
    found: list[str] = []
    for part in re.split(r"(?<!\s)\s+and\s+(?![^{}]{0,500}\})", str(text).strip()):
        if part and part.casefold() != "others":
            found.append(letters(part) if re.fullmatch(r"\{.*\}", part) else natural_name(letters(part)))
        elif part:
            found.append("et al.")
    return found
