"""Slides of TimelineJS as events: each of its values is imported, or noted."""

import json
from collections.abc import Mapping
from typing import Any

import msgspec

from builder import dates, urls
from builder.diagnostics.shortening import shorten_at_word
from builder.formats.annotated_quotes import DIGEST, digest
from builder.formats.timelinejs import BACKGROUND, END, ERA, GROUP, MEDIA, OWN, footing, kind_of_media
from builder.importing.html_words import PARAGRAPH, AddNote, MarkdownText, address, escaped, line, link, literal, plain, read_html
from builder.importing.importer_types import Ref
from builder.importing.timelinejs.moments import SHOWN, as_text, is_date, raw, span, stamp
from builder.importing.timelinejs.slide_files import Slide, parts_of
from builder.model import STATUSES

_KNOWN = {"start_date", "end_date", "text", "media", "background", "display_date", "group", "unique_id"}
_RECORDS = {"start_date", "end_date", "text", "media", "background"}
_OURS = {"x_edtf", "x_written", "x_says", "x_title", "x_status", "x_by", "x_derived", "x_text", "x_place", OWN}
"""What Backstory adds when it writes a slide."""

_MAX_TITLE_CHARACTERS = 60
"""Characters of a title that is made of the first words of a text."""


class SlideEvent(msgspec.Struct, frozen=True):
    """An event as its keys."""

    id: str
    title: str
    where: str
    fields: dict[str, Any]
    dated: bool
    era: bool = False
    ours: bool = False
    """Whether `backstory export` wrote it, so that its id is that of the site."""
    said: Mapping[str, Any] | None = None
    """The whole event, if it wrote that."""


class TitleSlide(msgspec.Struct, frozen=True):
    """The slide with the title of the whole timeline."""

    headline: str = ""
    summary: str = ""
    fields: dict[str, str] = {}
    body: str = ""


class Ids:
    """Gives each event an id of its own in the file."""

    def __init__(self) -> None:
        self.taken: set[str] = set()
        """The ids that have been given."""
        self._counts: dict[str, int] = {}

    def of(self, given: str, title: str, add_note: AddNote) -> str:
        """Return the id that is given, or made from the title, or another where it is taken."""
        base = made = (given if urls.is_id(given) else urls.slug(given)) or urls.slug(title) or "event"
        n = self._counts.get(base, 1)
        while made in self.taken:
            n += 1
            made = f"{base}-{n}"
        self._counts[base] = n
        self.taken.add(made)
        if given and given != made:
            add_note(f"“unique_id” is “{made}” here, not “{given}”")
        return made


def title(slide: Slide, import_notes: list[str]) -> TitleSlide:
    """Return what a title slide says."""

    def add_note(what: str) -> None:
        import_notes.append(f"{slide.where}: {what}")

    said = parts_of(slide.fields.get("text"), "headline")
    headline, text = read_html(_html(said.get("headline")), add_note), read_html(_html(said.get("text")), add_note)
    extra, pictures = _pictures(slide.fields, add_note)
    for name in ("start_date", "end_date"):
        if raw(slide.fields.get(name)):
            add_note(f"“{name}” was left out, since the whole has no date: “{raw(slide.fields[name])}”")
    for name in ("display_date", "group"):
        if as_text(slide.fields.get(name)):
            add_note(f"“{name}” was left out: “{as_text(slide.fields[name])}”")
    _rest(said, {"headline", "text"}, "text.", add_note)
    _rest(slide.fields, _KNOWN, "", add_note)
    more = [text.markdown] if text.addresses or PARAGRAPH in text.markdown else []
    body = PARAGRAPH.join(filter(None, (*_links_of(headline), *more, pictures.markdown)))
    return TitleSlide(headline.words, text.words, extra, body)


def event(slide: Slide, ids: Ids, import_notes: list[str], *, era: bool = False) -> SlideEvent:
    """Return the event that a slide is."""
    fields = slide.fields
    problems: list[str] = []
    add_note = problems.append
    ours = "x_edtf" in fields
    said = parts_of(fields.get("text"), "headline")
    headline = read_html(_html(said.get("headline")), add_note)
    text = MarkdownText() if ours else read_html(_html(said.get("text")), add_note)
    edtf, end = _when(fields, add_note)
    display = "" if ours else _display(fields, add_note)
    if display and not any(map(str.isalnum, display)):
        add_note(f"“display_date” was left out, since it has no words: “{display}”")
        display = ""
    says = as_text(fields.get("x_says")) if ours else display or ("" if edtf else raw(fields.get("start_date")))
    name = (
        as_text(fields.get("x_title"))
        or headline.words
        or display
        or _first_words(text.words)
        or _first_words(raw(fields.get("start_date")))
        or "Untitled"
    )
    if not (as_text(fields.get("x_title")) or headline.words):
        add_note(f"it has no headline, and is called “{name}”")
    extra, pictures = _pictures(fields, add_note, era=era)
    key = ids.of(as_text(fields.get("unique_id")), name, add_note)
    made: dict[str, Any] = {"title": name}
    if says:
        made["when"] = {"says": says, "is": edtf} if edtf else {"says": says}
    elif edtf:
        made["when"] = edtf
    if fields.get("x_status") in STATUSES and "x_derived" not in fields:
        made["status"] = Ref("status", fields["x_status"])
    if by := [name for name in map(line, as_text(fields.get("x_by")).split(";")) if name]:
        made["by"] = by
    if ours:
        shown = _text_of_ours(_html(fields.get("x_text")), pictures)
    else:
        shown = PARAGRAPH.join(filter(None, (text.markdown, *_links_of(headline), pictures.markdown)))
    made |= {"place": as_text(fields.get("x_place")), "text": shown, **extra, END: end}
    _rest(said, {"headline", "text"}, "text.", add_note)
    whole = _whole(fields)
    _rest({name: value for name, value in fields.items() if name != OWN or whole is None}, _KNOWN | _OURS, "", add_note)
    for part in ("text", "media", "background"):
        if isinstance(fields.get(part), list) and fields[part]:
            add_note(f"“{part}” was left out, since it is a list: “{line(json.dumps(fields[part], ensure_ascii=False))}”")
    where = f"{slide.where} (“{_first_words(name)}”)"
    import_notes += [f"{where}: {problem}" for problem in problems]
    return SlideEvent(
        key, name, where, {key: value for key, value in made.items() if value}, dated=bool(edtf), era=era, ours=ours, said=whole
    )


def _whole(fields: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """Return the event as Backstory wrote it; None for any other, and where the slide was changed since."""
    said = fields.get(OWN)
    if not isinstance(said, Mapping) or said.get(DIGEST) != digest({name: value for name, value in fields.items() if name != OWN}):
        return None
    return {name: value for name, value in said.items() if name != DIGEST}


def _text_of_ours(text: str, pictures: MarkdownText) -> str:
    """Return the line of text that Backstory wrote, with what it says of a picture at its end as links again."""
    if pictures.words and text.endswith(pictures.words):
        return PARAGRAPH.join(filter(None, (plain(text[: -len(pictures.words)]), pictures.markdown)))
    return plain(text)


def _when(fields: Mapping[str, Any], add_note: AddNote) -> tuple[str, str]:
    """Return the date of a slide as EDTF, "" if it is none that we can read; and an end that it cannot hold."""
    start, end = (stamp(fields.get(name), name, add_note) for name in ("start_date", "end_date"))
    left = ""
    made = start
    if end and end != start:
        made = span(start, end)
        if not is_date(made):
            made, left = start, end
    for ours in ("x_written", "x_edtf"):
        if (given := as_text(fields.get(ours))) and is_date(given):
            return dates.parse(given).edtf, left if given == start else ""
    if left:
        reason = "no date can hold it" if "Y" in start + end else "it does not lie behind the beginning"
        add_note(f"“end_date” is kept as {END} alone, since {reason}: “{left}”")
    return made, left


def _display(fields: Mapping[str, Any], add_note: AddNote) -> str:
    """Return the story's own word for the date: that of the slide, or of its beginning; others are noted."""
    start, end = (parts_of(fields.get(name), "year") for name in ("start_date", "end_date"))
    given = [read_html(_html(record.get(SHOWN)), add_note).words for record in (fields, start, end)]
    for name, words in zip(("start_date", "end_date"), given[1:], strict=True):
        if words and (given[0] or name == "end_date"):
            add_note(f"“{name}.{SHOWN}” was left out: “{words}”")
    return given[0] or given[1]


def _html(value: Any) -> str:
    return value if isinstance(value, str) else as_text(value)


def _first_words(text: str) -> str:
    return shorten_at_word(text, _MAX_TITLE_CHARACTERS)


def _links_of(headline: MarkdownText) -> list[str]:
    return [link(escaped("link of the headline"), to) for to in headline.addresses]


def _rest(said: Mapping[str, Any], known: set[str], where: str, add_note: AddNote) -> None:
    """Report all keys that say something and are not known, or hold more than one value."""
    for name, value in said.items():
        # What is known is one value; of a list or a mapping nothing is taken.
        if value not in (None, "", [], {}) and (name not in known or (isinstance(value, list | dict) and (where or name not in _RECORDS))):
            shown = as_text(value) or line(json.dumps(value, ensure_ascii=False))
            add_note(f"“{where}{as_text(name)}” was left out: “{shown}”")


# --- pictures, groups, eras ------------------------------------------------


def _pictures(fields: Mapping[str, Any], add_note: AddNote, *, era: bool = False) -> tuple[dict[str, str], MarkdownText]:
    """Return what stands with an event, under the keys of the author's own that each is kept under, and as words with links for its text."""
    media, behind = parts_of(fields.get("media"), "url"), parts_of(fields.get("background"), "url")
    extra: dict[str, str] = {GROUP: as_text(fields.get("group")), ERA: "yes" if era else ""}
    marked: dict[str, str] = {}
    embedded = MarkdownText()
    for name, key in MEDIA.items():
        if name in {"caption", "credit"}:
            found = read_html(_html(media.get(name)), add_note)
            extra[key], marked[key] = found.words, found.markdown if found.addresses else ""
        else:
            extra[key] = as_text(media.get(name))
    if "<" in extra[MEDIA["url"]]:
        embedded = read_html(_html(media.get("url")), add_note)
        extra[MEDIA["url"]] = embedded.addresses[0] if embedded.addresses else ""
        add_note("the code in “media.url” was left out" + ("; its words and addresses are kept" if embedded.words else ""))
    for name, key in BACKGROUND.items():
        extra[key] = as_text(behind.get(name))
    for key in (MEDIA["url"], MEDIA["thumbnail"], MEDIA["link"], BACKGROUND["url"]):
        to = address(extra[key])
        if extra[key] and not to:
            add_note(f"“{extra[key]}” is no address of the web, and is kept under {key} as words")
        extra[key] = to or extra[key]
    _rest(media, {*MEDIA}, "media.", add_note)
    _rest(behind, {*BACKGROUND}, "background.", add_note)
    extra = {key: value for key, value in extra.items() if value}
    said = footing(extra)
    only = not embedded.words or (len(embedded.addresses) == 1 and embedded.words in {"media", "picture", "film", "sound"})
    return extra, MarkdownText(said, PARAGRAPH.join(filter(None, ("" if only else embedded.markdown, _marked(extra, marked)))))


def _marked(extra: Mapping[str, str], marked: Mapping[str, str]) -> str:
    """Return the words of `footing` as Markdown, with links to the picture and in the words about it."""
    url, caption, credit = (extra.get(MEDIA[name], "") for name in ("url", "caption", "credit"))
    said = {name: marked.get(MEDIA[name]) or escaped(extra.get(MEDIA[name], "")) for name in ("caption", "credit")}
    to = address(url)
    made: list[str] = []
    if url or caption or credit:
        kind = kind_of_media(url)
        is_whole = not marked.get(MEDIA["caption"])
        label = f"{kind}: {caption}" if caption and is_whole else kind
        first = link(literal(label), to) if to else escaped(label)
        first += "" if is_whole or not caption else f": {said['caption']}"
        first += f" ({escaped(url)})" if url and not to else ""
        made.append(", ".join(filter(None, (first, said["credit"]))))
    for name, key in (("link", MEDIA["link"]), ("background", BACKGROUND["url"])):
        if to := address(extra.get(key, "")):
            made.append(link(name, to))
    if extra.get(GROUP):
        made.append(f"group: {escaped(extra[GROUP])}")
    if extra.get(ERA):
        made.append("era")
    return " · ".join(made)
