"""Compile translations and CLDR data into the catalogue that the program reads."""

import json
import tomllib
from collections.abc import Iterator, Mapping
from io import BytesIO
from pathlib import Path
from typing import Any

import msgspec
from babel.messages import Catalog, Message
from babel.messages.pofile import PoFileError, read_po, write_po

from builder.i18n.catalogues import cldr, used_words
from builder.i18n.catalogues.organization_words import bodies
from builder.i18n.language import FALLBACK, Language

FOLDER = Path(__file__).parent


class Made(msgspec.Struct, frozen=True):
    """The compiled files by name, and the problems."""

    files: Mapping[str, bytes]
    problems: tuple[str, ...]


def make(folder: Path = FOLDER) -> Made:
    """Return every `.po` of a folder with the words in use, and every catalogue. Writes nothing.

    A missing translation is left out of the catalogue, so that English is used, and reported. A language that
    cannot be compiled is only reported.
    """
    files: dict[str, bytes] = {}
    problems: list[str] = []
    english = _english()
    for path in sorted(folder.glob("*.po")):
        try:
            files |= _one(path, english, problems)
        except (cldr.Unknown, PoFileError, OSError, ValueError, LookupError) as error:
            problems.append(f"{path.name}: {error}")
    files["directions.json"] = _json(cldr.directions())
    if (named := folder / "bodies.toml").is_file():
        tags = [path.stem for path in sorted(folder.glob("*.po")) if f"{path.stem}.json" in files]
        files["bodies.json"] = _json(msgspec.to_builtins(bodies(named, tags)))
    return Made(files, tuple(problems))


def _english() -> Catalog:
    """Return the words in use, each with its places."""
    found = Catalog(fuzzy=False)
    uses: dict[tuple[str, str], list[used_words.Message]] = {}
    for message in used_words.messages():
        uses.setdefault((message.one, message.many), []).append(message)
    for (use, many), there in uses.items():
        notes = {message.note for message in there}
        found.add(
            (use, many) if many else use,
            locations=[(message.path, message.line) for message in there],
            # Where the same words stand as different things, saying only one of them would mislead.
            auto_comments=sorted(notes) if len(notes) == 1 and "" not in notes else (),
        )
    if len(found) != len(uses):
        twice = sorted({word for word, many in uses if many} & {word for word, many in uses if not many})
        raise LookupError(f"asked for with a number and without, which gettext cannot tell apart: {', '.join(twice)}")
    return found


def _one(path: Path, english: Catalog, problems: list[str]) -> dict[str, bytes]:
    tag = path.stem
    facts = cldr.facts(tag)
    text = path.read_bytes()
    catalog = read_po(BytesIO(text), abort_invalid=True)
    words: dict[str, str | tuple[str, ...]] = {}
    missing = 0
    rule = facts.plural
    if tag == FALLBACK:
        catalog = english
    else:
        if any(message.pluralizable and any(_strings(message)) for message in catalog if message.id):
            rule = catalog.plural_expr  # Any way to write the same rule will do.
            if catalog.num_plurals != facts.nplurals or not cldr.same_plurals(rule, facts.plural):
                raise ValueError(f"its Plural-Forms are not CLDR’s, which are “nplurals={facts.nplurals}; plural={facts.plural};”")
        catalog.mime_headers = [("Plural-Forms", f"nplurals={facts.nplurals}; plural={rule}")]
        catalog.update(english, update_creation_date=False)
        for message in catalog:
            if not message.id:
                continue
            if not any(_strings(message)):
                message.string = ("",) * facts.nplurals if message.pluralizable else ""
                message.flags.discard("fuzzy")
            strings = _strings(message)
            if message.fuzzy or not all(string.strip() for string in strings):
                missing += 1
            elif message.pluralizable:
                words[message.id[1]] = strings
            else:
                words[str(message.id)] = strings[0]
    if missing:
        problems.append(f"{path.name}: {missing} of {len(catalog)} are not translated, or only guessed (“fuzzy”)")
    return {
        path.name: _po(tag, catalog, text, facts.nplurals, rule),
        f"{tag}.json": _catalogue(tag, path.with_suffix(".toml"), facts, words),
    }


def _strings(message: Message) -> tuple[str, ...]:
    """Return the translations of a message: one, or one for each plural form."""
    return (message.string or "",) if isinstance(message.string, str | None) else tuple(message.string)


# --- the catalogue ------------------------------------------------


def _catalogue(tag: str, phrases: Path, facts: cldr.Facts, words: Mapping[str, str | tuple[str, ...]]) -> bytes:
    if not phrases.is_file():
        raise ValueError(f"{phrases.name} is missing; copy {FALLBACK}.toml and put it into this language")
    table: dict[str, Any] = tomllib.loads(phrases.read_text("utf-8"))
    relative = table.get("relative", {})
    also = relative.pop("also", {})
    relative["weekdays"] = _called(facts.weekdays, also.get("weekdays", {}))
    relative["months"] = _called(facts.months, also.get("months", {}))
    whole = {"tag": tag, **facts.keys, **table, "words": dict(sorted(words.items()))}
    try:
        msgspec.convert(whole, type=Language)
    except msgspec.ValidationError as error:
        raise ValueError(f"{phrases.name} does not fit: {error}") from error
    return _json(whole)


def _called(known: tuple[tuple[str, ...], ...], also: Mapping[str, list[str]]) -> list[list[str]]:
    unknown = sorted(set(also) - {str(number) for number in range(1, len(known) + 1)})
    if unknown:
        raise ValueError(f"there is no weekday or month {unknown[0]}")
    return [list(dict.fromkeys((*names, *also.get(str(number), ())))) for number, names in enumerate(known, 1)]


def _json(whole: object) -> bytes:
    return (json.dumps(whole, ensure_ascii=False, indent=1) + "\n").encode()


# --- the gettext file ------------------------------------------------


def _po(tag: str, catalog: Catalog, before: bytes, nplurals: int, rule: str) -> bytes:
    """Return a gettext file as any tool writes it: its header, then each word with its notes for translators. Line numbers are left out, since every edit would change them."""
    header = dict(_header(before))
    header |= {
        "Project-Id-Version": "Backstory",
        "Language": tag.replace("-", "_"),
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": f"nplurals={nplurals}; plural={rule};",
    }
    written = BytesIO()
    # Standing in the order of the pages, words that are seen together are translated together.
    write_po(written, catalog, omit_header=True, sort_by_file=False, ignore_obsolete=True, include_lineno=False, include_previous=True)
    lines = "".join(f'"{name}: {value}\\n"\n' for name, value in header.items())
    comments = [line for line in before.decode().split("msgid", 1)[0].splitlines() if line == "#" or line.startswith("# ")]
    head = "".join(f"{line}\n" for line in comments)
    return f'{head}msgid ""\nmsgstr ""\n{lines}\n'.encode() + written.getvalue().strip() + b"\n"


def _header(before: bytes) -> Iterator[tuple[str, str]]:
    """Yield the fields of a gettext header, in order; translation tools keep notes of their own in it."""
    entry = before.decode().partition("\n\n")[0]
    quoted = "".join(line[1:-1] for line in entry.splitlines() if line.startswith('"'))
    for line in quoted.split("\\n"):
        name, colon, value = line.partition(": ")
        if colon:
            yield name, value
