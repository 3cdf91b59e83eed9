"""Annotations of Hypothesis and of the W3C’s model: the passage that each marks becomes a quote, with the page as its source. Annotations that are not public are left out."""

import re
from collections.abc import Mapping
from typing import Any

import msgspec

from builder.formats.annotated_quotes import ABOUT
from builder.importing.annotated_quotes import AnnotatedQuotes, of_annotation
from builder.importing.html_words import address, line
from builder.importing.importer_types import (
    QUOTE,
    SOURCE,
    Importer,
    ImportInput,
    ImportNote,
    ImportOptions,
    ImportProblem,
    ImportResult,
    Record,
    Ref,
)
from builder.importing.mapping_values import Values, as_text, display, drop_empty, read_json
from builder.importing.value_words import words

_WORLD = "group:__world__"


def _recognises(import_input: ImportInput) -> bool:
    head = import_input.data[:200_000].decode("utf-8-sig", "replace") if not import_input.is_folder else ""
    return import_input.ending in {".json", ".jsonld", ".jsonl"} and (
        "TextQuoteSelector" in head or "www.w3.org/ns/anno" in head or '"group:__world__"' in head
    )


def _read(import_input: ImportInput, _options: ImportOptions) -> ImportResult:
    import_notes: list[ImportNote] = []
    sources: dict[str, Record] = {}
    quotes: list[Record] = []
    ours = AnnotatedQuotes()
    title, listed = _listed(import_input, import_notes)
    for n, annotation in enumerate(listed, 1):
        if not isinstance(annotation, Mapping):
            import_notes.append(ImportNote(f"annotation {n}", f"it was left out: “{display(annotation)}”"))
            continue
        if (about := of_annotation(annotation.get(ABOUT))) is not None and not _is_private(annotation):
            quote = ours.quote(about, Values(annotation, f"annotation {n}", import_notes))
            if quote is not None:
                quotes.append(quote)
                continue
        quote = _quote(Values(annotation, f"annotation {n}", import_notes), sources, is_private=_is_private(annotation))
        if quote is not None:
            quotes.append(quote)
    return ImportResult(title, (*sources.values(), *ours.records, *quotes), import_notes=tuple(import_notes))


def _listed(import_input: ImportInput, import_notes: list[ImportNote]) -> tuple[str, list[Any]]:
    """Return what a collection is called, "" if it is not, and its annotations. Further pages of it, which lie elsewhere, are noted."""
    if import_input.ending == ".jsonl":
        try:
            return "", [msgspec.json.decode(data) for data in import_input.data.splitlines() if data.strip()]
        except (msgspec.DecodeError, RecursionError) as error:
            message = f"it is no JSON: {error}"
            raise ImportProblem(message) from error
    whole = read_json(import_input)
    title = as_text(whole.get("label")) if isinstance(whole, dict) else ""
    pages = (whole, whole.get("first")) if isinstance(whole, dict) else ()
    import_notes += [
        ImportNote("the whole file", f"it goes on in another file, which was left out: “{display(further)}”")
        for page in pages
        if isinstance(page, dict) and (further := page.get("next"))
    ]
    for name in ("rows", "items", "annotations", "first"):
        if isinstance(whole, dict) and isinstance(whole.get(name), list | dict):
            whole = whole[name]
            if isinstance(whole, dict):
                whole = whole.get("items", [whole])
    if isinstance(whole, dict):
        whole = [whole]
    if not isinstance(whole, list):
        message = "it has no annotations"
        raise ImportProblem(message)
    return title, whole


def _is_private(record: Mapping[str, Any]) -> bool:
    """Return whether an annotation is not public, in a file with permissions."""
    if "permissions" in record:
        permissions = record["permissions"]
        read = permissions.get("read") if isinstance(permissions, Mapping) else None
        return _WORLD not in (read if isinstance(read, list) else [read])
    return record.get("group", "__world__") not in ("__world__", _WORLD)


def _first(value: Any) -> Any:
    return value[0] if isinstance(value, list) and value else value


def _quote(values: Values, sources: dict[str, Record], *, is_private: bool) -> Record | None:
    values.ignore("permissions")
    target = values.any("target")
    targets = target if isinstance(target, list) else [target]
    said, tags = _remark(values)
    exact, prefix, suffix, url = _selected(targets, values)
    if is_private or values.any("hidden") is True:
        values.add_note(f"it was left out, since it is not for everybody: “{line(exact or said)[:300]}”")
        return None
    if values.any("references"):
        values.add_note(f"it was left out, since it answers another: “{line(said)[:300]}”")
        return None
    title, _ = _document(values.any("document")) or _called(targets), values.any("links")
    url = url or address(values.text("uri"))
    if not exact:
        values.add_note(f"it was left out, since it marks no words: “{line(said)[:300] or url or values.text('id')}”")
        return None
    if not url.startswith("http"):
        values.add_note(f"it was left out, since its page has no address of the web: “{line(exact)[:300]}”")
        return None
    sources.setdefault(url, Record(SOURCE, url, values.where, drop_empty({"title": title, "url": url})))
    creator = values.any("creator")
    by = as_text(creator.get("name") or creator.get("id")) if isinstance(creator, Mapping) else as_text(creator)
    by = by or re.sub(r"^acct:|@.*$", "", values.text("user"))
    created = values.text("created")
    fields = {
        "speaker": Ref("word", "unknown"),
        "text": line(exact),
        "via": [Ref(SOURCE, url)],
        "in_body": Ref("yes", "no"),
        "note": line(said),
        "x_tags": ", ".join(dict.fromkeys((*values.texts("tags"), *tags))),
        "x_annotated_by": by,
        "x_annotated": created,
        "x_prefix": line(prefix),
        "x_suffix": line(suffix),
    }
    values.ignore(
        "uri", "updated", "modified", "group", "type", "@context", "flagged", "moderation", "user_info", "display_name", "generated", "via"
    )
    identifier = values.text("id")
    if identifier:
        fields["x_annotation"] = identifier
    values.note_unused()
    return Record(QUOTE, values.where, values.where, drop_empty(fields))


def _remark(values: Values) -> tuple[str, list[str]]:
    """Return what an annotation says of the words, and its tags."""
    tags: list[str] = []
    found = values.text("text", "bodyValue")
    body = values.any("body")
    for item in body if isinstance(body, list) else [body]:
        if isinstance(item, str) and not found and not address(item):
            found = line(item)
        elif isinstance(item, Mapping) and item.get("purpose") == "tagging":
            tags += [tag] if (tag := as_text(item.get("value"))) else []
        elif isinstance(item, Mapping) and (said := as_text(item.get("value"))):
            said = words(said, values.add_note) if item.get("format") == "text/html" else said
            found = f"{found} · {said}" if found else said
        elif item:
            values.add_note(f"“body” was left out: “{display(item)}”")
    return found, tags


def _selected(targets: list[Any], values: Values) -> tuple[str, str, str, str]:
    """Return the words that are marked, those before and behind them, and the address of the page that has them."""
    exact = prefix = suffix = url = elsewhere = ""
    for target in targets:
        if isinstance(target, str):
            elsewhere = elsewhere or address(target)
            continue
        if not isinstance(target, Mapping):
            continue
        source = _first(target.get("source"))
        page = address(as_text(source.get("id") if isinstance(source, Mapping) else source))
        elsewhere = elsewhere or page
        selectors = target.get("selector")
        for selector in selectors if isinstance(selectors, list) else [selectors]:
            while (
                isinstance(selector, Mapping)
                and selector.get("type") != "TextQuoteSelector"
                and isinstance(selector.get("refinedBy"), Mapping)
            ):
                selector = selector["refinedBy"]  # noqa: PLW2901 – the one within
            if isinstance(selector, Mapping) and selector.get("type") == "TextQuoteSelector":
                if exact:
                    values.add_note(f"a further passage was left out: “{as_text(selector.get('exact'))}”")
                    continue
                url = page
                exact, prefix, suffix = (str(selector.get(name) or "") for name in ("exact", "prefix", "suffix"))
    return exact, prefix, suffix, url if exact else elsewhere


def _called(targets: list[Any]) -> str:
    """Return what the page of an annotation is called where its address is a mapping."""
    sources = (_first(target.get("source")) for target in targets if isinstance(target, Mapping))
    found = (as_text(source.get(name)) for source in sources if isinstance(source, Mapping) for name in ("title", "label", "name"))
    return next(filter(None, found), "")


def _document(document: Any) -> str:
    return as_text(_first(document.get("title"))) if isinstance(document, Mapping) else ""


IMPORTER = Importer("annotations", "annotations of Hypothesis or of the W3C’s model, as quotes", _recognises, _read)
