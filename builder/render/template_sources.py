"""The templates of a site as text: its own file or ours of the same name, the templates that one refers to, and files of the site without effect."""

import errno
import functools
import os
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence, Set as AbstractSet
from pathlib import Path

from builder.content import cleaning, reading, stylesheets
from builder.content.secrets import is_private
from builder.diagnostics import Diagnostic, Location, advice, characters
from builder.formats import DRAWN, ENCODERS, SIZED
from builder.incremental.digests import digest
from builder.render import social_card, unused_templates

ASSETS = "assets/"
"""The folder of a template folder that is copied to the output as it is."""

_TAG = re.compile(r"\{%[-+]?\s*(extends|include|import|from)\b(.*?)[-+]?%\}", re.DOTALL)
_LITERAL = re.compile(
    r"""\s*(["'])(?P<name>[^"'\\]+)\1\s*(?:(?:ignore\s+missing\s*)?(?:with(?:out)?\s+context\s*)?|import\s[^{}]*|as\s[^{}]*)"""
)


class TemplateProblem(Exception):
    """A template is missing or wrong; `diagnostic` says how."""

    def __init__(self, diagnostic: Diagnostic) -> None:
        super().__init__(diagnostic.message)
        self.diagnostic = diagnostic


class TemplateSources:
    """The templates of a site: a name is looked up in each folder in turn, so that a site's own file overrides ours."""

    def __init__(self, folders: Sequence[Path], root: Path | None = None) -> None:
        """`root` is the site's, in which its pictures lie."""
        self.folders = tuple(folders)
        self._root = root
        self._pictures: dict[str, bytes] = {}
        self._texts: dict[str, str] = {}
        self._are_ours: dict[str, bool] = {}
        self._fonts: Mapping[str, bytes] | None = None

    def text(self, name: str, drawn_in_at: Location | None = None) -> str:
        """Return the source of a template. Raises `TemplateProblem` if there is none of this name, reported at the place where it is drawn in, if that is given."""
        if name not in self._texts:
            for folder in self.folders:
                path = folder / name
                # A name that leads out of the folder names no template, though a file may stand there.
                if not name.startswith("/") and ".." not in Path(name).parts and _is_there(path, name):
                    if folder != self.folders[-1] and not reading.lies_in(path, folder.resolve()):
                        raise TemplateProblem(_outside(Location(f"templates/{name}")))
                    self._texts[name] = _read(path, name)
                    # Asked of the very text that was read: a template that is swapped later must not pass for ours. A copy without a change is ours too.
                    ours = reading.DEFAULT_TEMPLATES / name
                    self._are_ours[name] = ours.is_file() and (path.samefile(ours) or self._texts[name] == _read(ours, name))
                    break
            else:
                known = [str(path.relative_to(folder).as_posix()) for folder in self.folders for path in folder.rglob("*.*")]
                near = advice(name, [candidate for candidate in known if candidate.endswith(name[name.rfind(".") :])])
                message, location = f"There is no template “{name}”.", drawn_in_at or Location(f"templates/{name}")
                raise TemplateProblem(
                    Diagnostic("template-missing", message, location, help=near.help, subject=name, suggestion=near.suggestion)
                )
        return self._texts[name]

    def is_ours(self, name: str) -> bool:
        """Return whether a template comes with Backstory, unchanged, or is a copy of one that does. Raises `TemplateProblem` if there is none of this name."""
        self.text(name)
        return self._are_ours.get(name, False)

    def references(self, name: str) -> tuple[str, ...]:
        """Return the names of the templates that a template extends, includes and imports. Raises `TemplateProblem` if a name is computed."""
        found = []
        text = self.text(name)
        for tag in _TAG.finditer(text):
            literal = _LITERAL.fullmatch(tag[2])
            if literal is None:
                location = _location(name, text, tag.start())
                raise TemplateProblem(
                    Diagnostic(
                        "template-dynamic",
                        f"“{tag[1]}” must name its template outright here.",
                        location,
                        help='Write the name in quotation marks: {% include "parts/quote.html" %}.',
                    )
                )
            drawn_in = literal["name"]
            self.text(drawn_in, _location(name, text, tag.start(2) + literal.start("name"), len(drawn_in)))
            found.append(drawn_in)
        return tuple(found)

    def are_ours(self, name: str) -> bool:
        """Return whether a template and all that it refers to come with Backstory, unchanged."""
        return all(map(self.is_ours, self.all_of(name)))

    def all_of(self, name: str) -> list[str]:
        """Return a template and all that it draws in, however deep, by name."""
        seen: dict[str, None] = {}
        wanted = [name]
        while wanted:
            file = wanted.pop()
            if file not in seen:
                seen[file] = None
                wanted += self.references(file)
        return sorted(seen)

    @functools.cache  # noqa: B019 - a Sources lives for one build
    def fingerprint(self, name: str) -> str:
        """Return the digest of a template and of all that it draws in, however deep; of an image, that of its fonts. Encoders come with Backstory."""
        if name in ENCODERS or name == SIZED:
            return ""
        if name == DRAWN:
            return social_card.fingerprint(self.assets())
        return digest(f"{file}\0{self.text(file)}\0".encode() for file in self.all_of(name))

    def problems(self, used: AbstractSet[str] = frozenset()) -> tuple[Diagnostic, ...]:
        """Return warnings for the site's own files that have no effect, variables that its theme leaves out, and assets that cannot be read.

        `used` are the templates that pages of plugins are made with: these have an effect under any name.
        """
        there = [name for name in (*ENCODERS, DRAWN) if any(os.path.isfile(folder / name) for folder in self.folders[:-1])]  # noqa: PTH113 - where that may not be known, `_assets` tells
        unused = (
            Diagnostic(
                "template-unused",
                f"This file changes nothing: {name} is not made from a template, but written by Backstory itself.",
                Location(f"templates/{name}"),
                help="Delete it. Feeds, data and images of explainers are written alike on every site.",
            )
            for name in there
        )
        assets, unreadable = self._assets()
        return (*unreadable, *unused, *self._idle(assets, used))

    def _idle(self, assets: Mapping[str, Path], used: AbstractSet[str]) -> Iterator[Diagnostic]:
        """Yield warnings for the site's own files without effect; nothing if a file cannot be read or a template is wrong, which is reported elsewhere."""
        ours = self.folders[-1]
        theme, look = (assets.get(f"{ASSETS}{name}") for name in (unused_templates.THEME, "backstory.css"))
        try:
            if theme not in {None, ours / ASSETS / unused_templates.THEME} and look == ours / ASSETS / "backstory.css":
                yield from unused_templates.theme(
                    theme.read_text("utf-8", "replace"), (ours / ASSETS / unused_templates.THEME).read_text("utf-8")
                )
            yield from self._idle_sections(look, assets)
            if own := sorted(name for folder in self.folders[:-1] for name in _named(folder)):
                from builder.render import template_blocks  # late: Jinja is slow to load

                yield from template_blocks.check(own, set(_named(ours)), self.text, TemplateProblem)
                yield from unused_templates.files(
                    own, {*_named(ours), *(used & set(own))}, {path.name for path in (ours / ASSETS).iterdir()}, self.references
                )
        except (OSError, TemplateProblem):
            return

    def _idle_sections(self, look: Path | None, assets: Mapping[str, Path]) -> Iterator[Diagnostic]:
        """Report which of a site's own sections its `backstory.css` does not import."""
        drawn = stylesheets.sections(look.read_text("utf-8", "replace")) if look is not None else ()
        for name, path in assets.items():
            if stylesheets.is_section(name) and name not in drawn and not path.is_relative_to(self.folders[-1]):
                yield unused_templates.section(name, drawn)

    def assets(self) -> dict[str, Path]:
        """Return the files of all `assets/` folders by their path in the output; the site's own override ours. Unreadable ones are left out, and reported by `problems`."""
        return self._assets()[0]

    def _assets(self) -> tuple[dict[str, Path], list[Diagnostic]]:
        found: dict[str, Path] = {}
        problems: list[Diagnostic] = []
        for n, folder in enumerate(self.folders, 1):
            stays_in = folder.resolve() if n < len(self.folders) else None  # whoever installed ours may have laid them as links
            for path in sorted(_below(folder, folder / ASSETS, stays_in, problems)):
                found.setdefault(path.relative_to(folder).as_posix(), path)
        return found, problems

    def fonts(self) -> Mapping[str, Path | bytes]:
        """Return what images are drawn with, among other assets, by path in the output."""
        return self._fonts if self._fonts is not None else self.assets()

    def picture(self, file: str, known: str) -> bytes:
        """Return the bytes of a picture as it is published, by its path from the site's root. Raises `OSError` if it cannot be read, or has changed since the build began."""
        found = self._pictures.get(file)
        if found is None:
            found = cleaning.cleaned((self._root or Path()) / file, {})
        if digest(found) != known:
            raise OSError(errno.ESTALE, "it has changed since the build began", file)
        return found

    def carried(self, names: Collection[str], pictures: Iterable[str] = ()) -> "TemplateSources":
        """Return Sources with these templates, all that they refer to and the `pictures`, for a machine without the site. Raises `TemplateProblem` as `fingerprint` does."""
        found = TemplateSources(())
        for name in names:
            self.fingerprint(name)  # reads all that it draws in
        found._texts, found._are_ours = dict(self._texts), dict(self._are_ours)
        found._fonts = {}
        found._pictures = {file: cleaning.cleaned((self._root or Path()) / file, {}) for file in pictures}
        if DRAWN in names:
            found._fonts = {name: path.read_bytes() for name, path in self.assets().items() if social_card.is_drawn_with(name)}
        return found


_NO_FOLDER = (errno.ENOENT, errno.ENOTDIR)


def _named(folder: Path) -> Iterator[str]:
    """Yield the files of a template folder by their paths in it, without its assets."""
    for path in _below(folder, folder, None, []):
        name = path.relative_to(folder).as_posix()
        if not name.startswith(ASSETS):
            yield name


def _below(top: Path, folder: Path, stays_in: Path | None, problems: list[Diagnostic]) -> Iterator[Path]:
    """Yield the ordinary files below a folder of the template folder `top`; what editors leave lying is passed over, and links that leave `stays_in`."""
    try:
        with os.scandir(folder) as listing:
            entries = list(listing)
    except OSError as error:
        if error.errno not in _NO_FOLDER:
            refused = folder if os.path.isdir(folder) else top  # noqa: PTH112 - which answers even where that may not be known
            problems.append(_unreadable("folder", _placed(refused, top), error))
        return
    for entry in entries:
        path = folder / entry.name
        try:
            if is_private(entry.name):
                continue
            if entry.is_dir(follow_symlinks=False):
                yield from _below(top, path, stays_in, problems)
            elif entry.is_symlink() and stays_in is not None and not reading.lies_in(path, stays_in):
                problems.append(_outside(_placed(path, top)))
            elif entry.is_file():
                yield path
        except OSError as error:
            problems.append(_unreadable("file", _placed(path, top), error))


def _location(name: str, text: str, at: int, width: int = 1) -> Location:
    """Return the place of a character in the source of a template."""
    return Location(f"templates/{name}", text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at), width)


def _outside(location: Location) -> Diagnostic:
    return Diagnostic("file-outside", "This link leads out of templates/.", location, help="Put a copy of the file here.")


def _placed(path: Path, top: Path) -> Location:
    return Location(f"templates/{path.relative_to(top).as_posix()}" if path != top else "templates")


def _is_there(path: Path, name: str) -> bool:
    try:
        return path.is_file()
    except OSError as error:
        raise TemplateProblem(_unreadable("template", Location(f"templates/{name}"), error)) from error


def _unreadable(what: str, location: Location, error: OSError) -> Diagnostic:
    message = f"This {what} cannot be read: {reading.reason(error)}."
    return Diagnostic("file-unreadable", message, location, help="Check that it is yours and may be read.")


def _read(path: Path, name: str) -> str:
    location = Location(f"templates/{name}")
    try:
        text = path.read_text("utf-8")
    except UnicodeDecodeError:
        raise TemplateProblem(Diagnostic("encoding", "This template is not UTF-8.", location, help="Save it as UTF-8.")) from None
    except OSError as error:
        raise TemplateProblem(_unreadable("template", location, error)) from error
    if refused := characters.find_unpublishable(text):
        at = refused[0].at
        spot = Location(location.path, text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at))
        message, hint = characters.message_and_advice(refused)
        raise TemplateProblem(Diagnostic("character-wrong", message, spot, help=hint))
    # The character itself has two bytes where its name has six, and stands dozens of times on a page.
    return text.replace("&nbsp;", "\u00a0") if name.endswith(".html") else text
