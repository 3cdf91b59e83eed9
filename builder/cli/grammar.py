"""The command line and its help; not loaded for a plain `backstory build`."""

import argparse
import re

from builder import __version__
from builder.cli import FORMATS, HOSTS, NEW_KINDS, SCHEMA_KINDS

TYPE_CHECKING = False  # as mypy knows it; `typing` is slow to load
if TYPE_CHECKING:
    from typing import Any

ABOUT = """Backstory makes a site of annotated explainers from Markdown: who acts, who said what on what basis, what happened when.

To begin:  backstory init my-site
           backstory serve --root my-site"""

NAMES = (
    "init",
    "new",
    "check",
    "serve",
    "build",
    "schema",
    "guide",
    "rename",
    "undo",
    "redo",
    "publish",
    "clean",
    "import",
    "export",
    "draft",
    "annotate",
    "completion",
)
"""Of the commands."""


class _Commands:
    """Takes in the commands, or only one: to describe them all takes a part of the time in which a build sees that nothing has changed."""

    def __init__(self, top: argparse.ArgumentParser, only: str) -> None:
        self._all = top.add_subparsers(dest="command", metavar="COMMAND", title="commands")
        self._only = only if only in NAMES else ""

    def add_parser(self, name: str, **described: "Any") -> "argparse.ArgumentParser | _Unasked":
        return self._all.add_parser(name, **described) if self._only in {"", name} else _Unasked()


class _Unasked:
    """A command that is not the one."""

    def add_argument(self, *_given: object, **_named: object) -> None:
        """Take in nothing."""


def _serving(commands: _Commands, root: argparse.ArgumentParser) -> None:
    """Add the command that shows the site while it is written."""
    serve = commands.add_parser(
        "serve",
        parents=[root],
        help="show the site in a browser while you write, and annotate it there",
        description="Show the site, drafts too, at an address of this machine, and bring every open page up to date at each save. "
        "The key a, or the button “Annotate”, gives the quotations of an explainer their records in the page.",
    )
    serve.add_argument("--port", type=_port, metavar="N", help="port to listen on; without it: 8000, or the next that is free")
    serve.add_argument("--host", default="127.0.0.1", metavar="ADDRESS", help="address to listen on; without it: this machine alone")
    serve.add_argument("--open", action="store_true", help="open the site in your browser")
    serve.add_argument("--follow", action="store_true", help="let the browser go to the page of the file that you save")
    serve.add_argument("--read-only", action="store_true", help="let no page of the preview change a file: it only shows")
    serve.add_argument("--editor", metavar="NAME", help="editor that an Alt-click in the page opens: vscode, zed, sublime … or an address")
    serve.add_argument("--poll", action="store_true", help="look at the files again and again, where the system does not tell of changes")
    serve.add_argument("--jobs", type=_number, default=0, metavar="N", help="processes to use at the start; without it: as many as pay")
    serve.add_argument("--no-cache", action="store_true", help="read every file anew, and leave nothing in .backstory/ for the next time")


def parser(only: str = "") -> argparse.ArgumentParser:
    """Return the whole command line, for parsing, for completion and for the guide's tests; or the command `only`, if there is one of this name."""
    root = argparse.ArgumentParser(add_help=False)
    root.add_argument(
        "--root",
        metavar="DIR",
        help="folder of the site; without it: this one, or the nearest above it that has content/site.yaml",
    )
    top = argparse.ArgumentParser(
        prog="backstory",
        description=ABOUT,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        epilog="Exit codes: 0 fine, 1 problems in the content, 2 wrong usage, 3 a bug in Backstory, 130 interrupted.",
    )
    top.add_argument("--version", action="version", version=f"Backstory {__version__}")
    commands = _Commands(top, only)

    init = commands.add_parser(
        "init",
        help="make a new site that builds at once and teaches by example",
        description="Make a new site in DIR. It builds at once; read its files to learn the format, then replace them.",
    )
    init.add_argument("--ci", action="store_true", help="write files too by which GitHub and GitLab publish the site at each push")
    init.add_argument("folder", metavar="DIR", help="folder to make; it must not exist yet, or be empty")

    new = commands.add_parser(
        "new",
        parents=[root],
        help="begin an explainer, or a shared actor, event or source",
        description="Begin a file of content/ with the keys that it needs. Nothing that exists is overwritten.",
    )
    new.add_argument("kind", choices=NEW_KINDS, help="what to begin")
    new.add_argument(
        "title",
        help="its title or name, in quotation marks; its address is made from it. Of a source also the address of its page (https://…), which is then asked over the net",
    )
    new.add_argument("--archive", action="store_true", help="of a source with an address: also ask the Wayback Machine for a copy of it")
    new.add_argument("--offline", action="store_true", help="of a source with an address: ask nobody, and leave the rest to you")
    new.add_argument("--intranet", action="store_true", help="of a source with an address: ask addresses of private networks too")

    content = argparse.ArgumentParser(add_help=False)
    content.add_argument("--base-url", metavar="URL", help="address that the site will have, instead of base_url in site.yaml")
    content.add_argument("--drafts", action="store_true", help="take in drafts as if they were to be published")
    content.add_argument("--strict", action="store_true", help="let warnings stop the site as errors do")
    content.add_argument("--jobs", type=_number, default=0, metavar="N", help="processes to use; without it: as many as pay")
    content.add_argument("--no-cache", action="store_true", help="read every file anew, and leave nothing in .backstory/ for the next time")
    content.add_argument("--format", choices=FORMATS, default=FORMATS[0], help="how problems are told; without it: as text")
    content.add_argument("--json", action="store_const", const="json", dest="format", help="the same as --format json")

    check = commands.add_parser(
        "check",
        parents=[root, content],
        help="tell every problem of the content, and mend what is certain with --fix",
        description="Look for problems in content/ and tell them all, as build does. Without --fix nothing is written.",
        epilog="--fix mends keys that stand at the wrong level, the notation of dates, ids and keys that differ only in how they are written, and quotation marks that "
        "were pasted along; never a word that is only proposed, and never your text. backstory undo takes it back.",
    )
    check.add_argument("--fix", action="store_true", help="mend the problems that have one meaning alone, and tell the others")
    check.add_argument("--diff", action="store_true", help="show what --fix would change, write nothing, and exit with 1 if it is anything")
    check.add_argument(
        "--quotations", action="store_true", help="also list every quotation of the texts, and whether a quote has its words"
    )
    check.add_argument(
        "--host",
        choices=HOSTS,
        help="also build the site into .backstory/, and tell what this host would refuse: sizes, numbers, names, redirects and headers",
    )
    check.add_argument("--links", action="store_true", help="also ask over the net whether outside links still lead anywhere")
    check.add_argument("--fresh", action="store_true", help="with --links: ask all of them, whatever was found lately")
    check.add_argument("--intranet", action="store_true", help="with --links: ask addresses of private networks too")

    _serving(commands, root)

    build = commands.add_parser(
        "build",
        parents=[root, content],
        help="build the site",
        description="Build content/ into the output folder. Only what has changed is written; with errors in the content nothing is.",
    )
    build.add_argument("--output", metavar="DIR", help="folder to write; without it: site/ in the site's folder")
    build.add_argument("--future", action="store_true", help="build explainers too whose day has not come")
    build.add_argument(
        "--cluster", metavar="ADDRESS", help="let the machines of a Dask cluster do the work; its scheduler, such as tcp://10.0.0.5:8786"
    )
    build.add_argument("--explain", action="store_true", help="tell of each file why it was written, kept or deleted")
    build.add_argument("--profile", action="store_true", help="tell what took how long, and what was slowest")

    _describing(commands)
    _editing(commands, root)

    publish = commands.add_parser(
        "publish",
        parents=[root],
        help="build the site and bring it to its readers",
        description="Build the site and bring it to a target that content/site.yaml names. Only what has changed is sent; warnings stop it as errors do. "
        "The last three releases of each target are kept in .backstory/, until clean.",
    )
    publish.add_argument("target", nargs="?", metavar="TARGET", help="name of the target; it may be left out where there is only one")
    publish.add_argument(
        "--dry-run", action="store_true", help="show what would be sent and deleted, and do nothing; site/ stays as it is too"
    )
    publish.add_argument(
        "--rollback",
        nargs="?",
        const="",
        metavar="RELEASE",
        help="build nothing, and bring back an earlier release: the last but one, or the one of this name",
    )
    publish.add_argument(
        "--include-withdrawn", action="store_true", help="with --rollback: bring back pages too that were withdrawn since that release"
    )
    publish.add_argument("--status", action="store_true", help="tell what is at the target, since when, and which releases are kept here")
    publish.add_argument("--forget", metavar="PATH", help="take a page out of all releases that are kept here, such as explainers/ferry/")
    publish.add_argument("--no-strict", action="store_true", help="publish in spite of warnings")
    publish.add_argument("--allow-deletes", action="store_true", help="allow that more than a tenth of the files there are deleted")
    publish.add_argument("--jobs", type=_number, default=0, metavar="N", help="processes to build with; without it: as many as pay")
    publish.add_argument("--json", action="store_true", help="tell what came of it as JSON on standard output")

    clean = commands.add_parser(
        "clean",
        parents=[root],
        help="delete what Backstory has made: the output folder, and what it remembers",
        description="Delete the output folder, if Backstory made it, and .backstory/ with the releases that are kept and what undo can take back. Nothing that you wrote is touched.",
    )
    clean.add_argument("--output", metavar="DIR", help="folder to delete; without it: site/ in the site's folder")

    _importing(commands, root)
    _exporting(commands, root)

    _drafting(commands, root)

    completion = commands.add_parser(
        "completion",
        help="print what makes your shell complete backstory",
        description='Print a completion script. For bash: eval "$(backstory completion bash)" in ~/.bashrc.',
    )
    completion.add_argument("shell", choices=("bash", "zsh", "tcsh"), help="your shell")
    return top


def _editing(commands: _Commands, root: argparse.ArgumentParser) -> None:
    """Take in the commands that change content files, or take such a change back."""
    rename = commands.add_parser(
        "rename",
        parents=[root],
        help="give a record another id, in every file that names it",
        description="Give an actor, event, source, quote or explainer another id: in front matter, links, marks and settings, and in the name of its own file. "
        "The old id is kept in former_ids (aliases of an explainer), so that the old address leads on. All files are changed, or none.",
    )
    rename.add_argument("old", metavar="[KIND:]OLD", help="its id now, such as ann-lee or actor:ann-lee; of a quote EXPLAINER#ID")
    rename.add_argument("new", metavar="NEW", help="the id that it gets")
    rename.add_argument("--diff", action="store_true", help="show what would change, and write nothing")
    commands.add_parser(
        "undo",
        parents=[root],
        help="take back the last change that check --fix, rename or the preview made to your files",
        description="Take back the last change that Backstory made to files of content/. Again, the one before, for a week; a file that has changed since is not touched.",
    )
    commands.add_parser(
        "redo",
        parents=[root],
        help="make the change again that undo took back",
        description="Make the change again that undo took back last, if the files are as undo left them.",
    )


def mapping(text: str) -> tuple[tuple[str, str], ...]:
    """Read the value of `--map`: `Date=when,Event=title`. Column names with a comma are put in quotation marks."""
    found = [
        (match["quoted"] if match["quoted"] is not None else match["bare"].strip(), match["key"].strip())
        for match in re.finditer(r'\s*(?:"(?P<quoted>[^"]*)"|(?P<bare>[^=]*))=(?P<key>[^,]*)(?:,|$)', text)
    ]
    if not found or any(not column or not re.fullmatch(r"[a-z][a-z0-9_]*", key) for column, key in found):
        message = f'“{text}” is no mapping of columns to keys. Write it as: "Date=when,Event=title,Source=sources"'
        raise argparse.ArgumentTypeError(message)
    return tuple(found)


def _importing(commands: _Commands, root: argparse.ArgumentParser) -> None:
    take = commands.add_parser(
        "import",
        parents=[root],
        help="make content of what you have: tables, notes, articles, references, timelines",
        description="Find out what a file or folder is, and make content files of it. Nothing that exists is overwritten; "
        "what could not be taken over is told, with its place.",
    )
    take.add_argument("paths", nargs="+", metavar="FILE", help="a file, or a folder such as a vault or _posts")
    take.add_argument(
        "--from", dest="from_", metavar="FORMAT", help="what it is, where that is not found out; `--from list` lists the formats"
    )
    take.add_argument("--dry-run", action="store_true", help="show what would be made, and write nothing")
    take.add_argument("--title", metavar="TITLE", help="title of the explainer, instead of the original's own")
    take.add_argument("--events", action="store_true", help="make a file of each event, instead of an explainer with all")
    take.add_argument(
        "--kind",
        choices=("timeline", "actors", "sources", "quotes"),
        metavar="KIND",
        help="what the rows of a table are: timeline, actors, sources or quotes",
    )
    take.add_argument(
        "--map", type=mapping, action="append", default=[], metavar="COLUMN=KEY,…", help='what columns are: "Date=when,Event=title"'
    )
    take.add_argument("--dates", choices=("dmy", "mdy"), metavar="ORDER", help="dmy or mdy: whether 03/04/2021 is 3 April or March 4")
    take.add_argument("--sheet", metavar="NAME", help="which sheet of a spreadsheet; without it: the first that has rows")
    take.add_argument("--encoding", metavar="NAME", help="how a text is encoded, such as windows-1252; without it that is found out")
    take.add_argument(
        "--same", choices=("join", "apart"), metavar="CHOICE", help="what the site has already: join refers to it, apart makes another"
    )


def _exporting(commands: _Commands, root: argparse.ArgumentParser) -> None:
    give = commands.add_parser(
        "export",
        parents=[root],
        help="write records in formats of others: CSV, calendars, references, Word, Markdown",
        description="Write the records of the whole site, or of the files that are named, in a format of others. What the format cannot hold is told, "
        "and what has not happened for certain is never written as if it had.",
    )
    give.add_argument("format", metavar="FORMAT", help="the format; `list` lists them")
    give.add_argument(
        "paths", nargs="*", metavar="FILE", help="a file of content/; an explainer brings all that it rests on. Without one: the whole site"
    )
    give.add_argument("-o", "--output", metavar="OUT", help="file to write; a folder for several; - for standard output")
    give.add_argument(
        "--kind",
        choices=("timeline", "actors", "sources", "quotes"),
        metavar="KIND",
        help="of CSV, the one table to write: timeline, actors, sources or quotes; without it, the name of the file tells, and a folder gets all",
    )
    give.add_argument("--drafts", action="store_true", help="take in drafts too; one that is named needs no such word")
    give.add_argument("--force", action="store_true", help="replace what is there")


def _drafting(commands: _Commands, root: argparse.ArgumentParser) -> None:
    """Take in the commands that begin with an article."""
    draft = commands.add_parser(
        "draft",
        parents=[root],
        help="begin an explainer with an article: its quotations, speakers and days",
        description="Read an article and propose the records of an explainer about it: quotes, speakers, days. Nothing is sent anywhere, and nothing that exists is overwritten.",
    )
    draft.add_argument("article", metavar="ARTICLE", help="file with the article, as text, Markdown or HTML; - for standard input")
    draft.add_argument("--published", metavar="DAY", help="day on which it came out, such as 2022-01-19: “Friday” is counted from it")
    draft.add_argument("--own", action="store_true", help="the article is your own: its text becomes that of the explainer")
    draft.add_argument(
        "--title", metavar="TITLE", help="title of the explainer; without it: of your own article its headline, else “About: ” and that"
    )
    draft.add_argument("--url", metavar="URL", help="address of the article")
    draft.add_argument("--publisher", metavar="NAME", help="who published it: a name, or the id of an actor")
    draft.add_argument("--language", choices=("en", "de"), help="language of the article; without it, its words tell")
    draft.add_argument("--again", action="store_true", help="draft an article once more that was drafted before")
    draft.add_argument("--json", action="store_true", help="print what was found as JSON, and write nothing; needs no site")

    annotate = commands.add_parser(
        "annotate",
        parents=[root],
        help="accept or reject what draft has proposed, one by one",
        description="Show the proposals of a draft one by one. Each answer is one edit of the file, and what was rejected is not proposed again.",
    )
    annotate.add_argument("file", metavar="FILE", help="the explainer, such as content/explainers/ferry.md")


def _describing(commands: _Commands) -> None:
    """Add the commands about Backstory itself, which need no site."""
    schema = commands.add_parser(
        "schema",
        help="write the format as JSON Schema, for editors and programs",
        description="Write the content format as JSON Schema: one kind to standard output, or all into a folder.",
    )
    schema.add_argument("kind", nargs="?", choices=SCHEMA_KINDS, help="the kind of file; without it, with --output: all")
    schema.add_argument("--output", metavar="DIR", help="folder to write into")

    guide = commands.add_parser(
        "guide",
        help="tell what the guide says of a problem",
        description="Print the section of the guide that a message's code leads to: what it means, and how to mend it.",
    )
    guide.add_argument(
        "code",
        metavar="CODE",
        nargs="?",
        default="",
        help="the code that the message ends with, such as quote-not-found; without it, all codes are listed",
    )


def _number(text: str) -> int:
    if not text.isdigit() or not 1 <= int(text[:6]) <= 256:
        message = f"“{text}” is not a number of processes from 1 to 256"
        raise argparse.ArgumentTypeError(message)
    return int(text)


def _port(text: str) -> int:
    if not text.isdigit() or not 1 <= int(text[:6]) <= 65535:
        message = f"“{text}” is not a port from 1 to 65535"
        raise argparse.ArgumentTypeError(message)
    return int(text)
