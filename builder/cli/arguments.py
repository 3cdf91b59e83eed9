"""The options of each command; not loaded for a plain `backstory build`."""

import argparse
import re

from builder.cli import FORMATS, HOSTS, NEW_KINDS, SCHEMA_KINDS

Parser = argparse.ArgumentParser


def site() -> Parser:
    """Return the option of every command that is about a site."""
    root = Parser(add_help=False)
    root.add_argument(
        "--root",
        metavar="DIR",
        help="folder of the site; without it: this one, or the nearest above it that has content/site.yaml",
    )
    return root


def content() -> Parser:
    """Return the options of the commands that read all content."""
    content = Parser(add_help=False)
    content.add_argument("--base-url", metavar="URL", help="address that the site will have, instead of base_url in site.yaml")
    content.add_argument("--drafts", action="store_true", help="include drafts")
    content.add_argument("--strict", action="store_true", help="treat warnings as errors")
    content.add_argument("--jobs", type=_number, default=0, metavar="N", help="number of processes; default: by the amount of work")
    content.add_argument("--no-cache", action="store_true", help="read every file again, and cache nothing in .backstory/")
    content.add_argument("--format", choices=FORMATS, default=FORMATS[0], help="format of the report; default: text")
    content.add_argument("--json", action="store_const", const="json", dest="format", help="the same as --format json")
    return content


def init(command: Parser) -> None:
    """Add the options of `backstory init`."""
    command.add_argument("--ci", action="store_true", help="write files too by which GitHub and GitLab publish the site at each push")
    command.add_argument("folder", metavar="DIR", help="folder to make; it must not exist yet, or be empty")


def new(command: Parser) -> None:
    """Add the options of `backstory new`."""
    command.add_argument("kind", choices=NEW_KINDS, help="what to begin")
    command.add_argument(
        "title",
        help="its title or name, in quotation marks; its address is made from it. Of a source also the address of its page (https://…), which is then fetched",
    )
    command.add_argument(
        "--archive", action="store_true", help="of a source with an address: also ask the Wayback Machine for a copy of it"
    )
    command.add_argument("--offline", action="store_true", help="of a source with an address: request nothing, and leave the rest to you")
    command.add_argument("--intranet", action="store_true", help="of a source with an address: ask addresses of private networks too")


def check(command: Parser) -> None:
    """Add the options of `backstory check`."""
    command.add_argument("--fix", action="store_true", help="fix the problems that have only one solution, and report the others")
    command.add_argument(
        "--diff", action="store_true", help="show what --fix would change, write nothing, and exit with 1 if there is a change"
    )
    command.add_argument(
        "--quotations", action="store_true", help="also list every quotation of the texts, and whether a quote has its words"
    )
    command.add_argument(
        "--host",
        choices=HOSTS,
        help="also build the site into .backstory/, and report what this host would refuse: sizes, numbers, names, redirects and headers",
    )
    command.add_argument("--links", action="store_true", help="also check over the network whether outside links still work")
    command.add_argument("--fresh", action="store_true", help="with --links: check all of them, whatever the cached results")
    command.add_argument("--intranet", action="store_true", help="with --links: check addresses of private networks too")


def serve(command: Parser) -> None:
    """Add the options of `backstory serve`."""
    command.add_argument("--port", type=_port, metavar="N", help="port to listen on; without it: 8000, or the next that is free")
    command.add_argument("--host", default="127.0.0.1", metavar="ADDRESS", help="address to listen on; without it: this machine alone")
    command.add_argument("--open", action="store_true", help="open the site in your browser")
    command.add_argument("--follow", action="store_true", help="open the page of each file that you save")
    command.add_argument("--read-only", action="store_true", help="only show pages: the preview changes no file")
    command.add_argument(
        "--editor", metavar="NAME", help="editor that an Alt-click in the page opens: vscode, zed, sublime … or an address"
    )
    command.add_argument("--poll", action="store_true", help="poll the files, where the system does not report changes")
    command.add_argument(
        "--jobs", type=_number, default=0, metavar="N", help="number of processes at the start; default: by the amount of work"
    )
    command.add_argument("--no-cache", action="store_true", help="read every file again, and cache nothing in .backstory/")


def build(command: Parser) -> None:
    """Add the options of `backstory build`."""
    command.add_argument("--output", metavar="DIR", help="folder to write; without it: site/ in the site’s folder")
    command.add_argument("--future", action="store_true", help="also build scheduled explainers")
    command.add_argument(
        "--cluster", metavar="ADDRESS", help="let the machines of a Dask cluster do the work; its scheduler, such as tcp://10.0.0.5:8786"
    )
    command.add_argument("--explain", action="store_true", help="report why each file was written, kept or deleted")
    command.add_argument("--profile", action="store_true", help="report how long each stage took, and what was slowest")


def schema(command: Parser) -> None:
    """Add the options of `backstory schema`."""
    command.add_argument("kind", nargs="?", choices=SCHEMA_KINDS, help="the kind of file; without it, with --output: all")
    command.add_argument("--output", metavar="DIR", help="folder to write into")


def guide(command: Parser) -> None:
    """Add the options of `backstory guide`."""
    command.add_argument(
        "code",
        metavar="CODE",
        nargs="?",
        default="",
        help="the code that the message ends with, such as quote-not-found; without it, all codes are listed",
    )


def rename(command: Parser) -> None:
    """Add the options of `backstory rename`."""
    command.add_argument("old", metavar="[KIND:]OLD", help="its id now, such as ann-lee or actor:ann-lee; of a quote EXPLAINER#ID")
    command.add_argument("new", metavar="NEW", help="its new id")
    command.add_argument("--diff", action="store_true", help="show what would change, and write nothing")


def publish(command: Parser) -> None:
    """Add the options of `backstory publish`."""
    command.add_argument("target", nargs="?", metavar="TARGET", help="name of the target; it may be left out where there is only one")
    command.add_argument(
        "--dry-run", action="store_true", help="show what would be sent and deleted, and do nothing; site/ stays as it is too"
    )
    command.add_argument(
        "--rollback",
        nargs="?",
        const="",
        metavar="RELEASE",
        help="build nothing, and bring back an earlier release: the last but one, or the one of this name",
    )
    command.add_argument(
        "--include-withdrawn", action="store_true", help="with --rollback: bring back pages too that were withdrawn since that release"
    )
    command.add_argument("--status", action="store_true", help="show what is at the target, since when, and which releases are kept here")
    command.add_argument("--forget", metavar="PATH", help="take a page out of all releases that are kept here, such as explainers/ferry/")
    command.add_argument("--no-strict", action="store_true", help="publish in spite of warnings")
    command.add_argument("--allow-deletes", action="store_true", help="allow that more than a tenth of the files there are deleted")
    command.add_argument(
        "--jobs", type=_number, default=0, metavar="N", help="number of processes for the build; default: by the amount of work"
    )
    command.add_argument("--json", action="store_true", help="print the result as JSON on standard output")


def clean(command: Parser) -> None:
    """Add the options of `backstory clean`."""
    command.add_argument("--output", metavar="DIR", help="folder to delete; without it: site/ in the site’s folder")


def import_files(command: Parser) -> None:
    """Add the options of `backstory import`."""
    command.add_argument("paths", nargs="+", metavar="FILE", help="a file, or a folder such as a vault or _posts")
    command.add_argument(
        "--from", dest="from_", metavar="FORMAT", help="its format, if it is not detected; `--from list` lists the formats"
    )
    command.add_argument("--dry-run", action="store_true", help="show what would be made, and write nothing")
    command.add_argument("--title", metavar="TITLE", help="title of the explainer, instead of the original’s own")
    command.add_argument("--events", action="store_true", help="make a file of each event, instead of an explainer with all")
    command.add_argument(
        "--kind",
        choices=("timeline", "actors", "sources", "quotes"),
        metavar="KIND",
        help="what the rows of a table are: timeline, actors, sources or quotes",
    )
    command.add_argument(
        "--map", type=mapping, action="append", default=[], metavar="COLUMN=KEY,…", help='what columns are: "Date=when,Event=title"'
    )
    command.add_argument("--dates", choices=("dmy", "mdy"), metavar="ORDER", help="dmy or mdy: whether 03/04/2021 is 3 April or March 4")
    command.add_argument("--sheet", metavar="NAME", help="which sheet of a spreadsheet; without it: the first that has rows")
    command.add_argument("--encoding", metavar="NAME", help="encoding of a text, such as windows-1252; default: detected")
    command.add_argument(
        "--same", choices=("join", "apart"), metavar="CHOICE", help="what the site has already: join refers to it, apart makes another"
    )


def export(command: Parser) -> None:
    """Add the options of `backstory export`."""
    command.add_argument("format", metavar="FORMAT", help="the format; `list` lists them")
    command.add_argument(
        "paths", nargs="*", metavar="FILE", help="a file of content/; an explainer brings all that it rests on. Without one: the whole site"
    )
    command.add_argument("-o", "--output", metavar="OUT", help="file to write; a folder for several; - for standard output")
    command.add_argument(
        "--kind",
        choices=("timeline", "actors", "sources", "quotes"),
        metavar="KIND",
        help="of CSV, the one table to write: timeline, actors, sources or quotes; default: by the name of the file; a folder gets all",
    )
    command.add_argument("--drafts", action="store_true", help="include drafts; a draft that is named is always included")
    command.add_argument("--force", action="store_true", help="replace what is there")


def draft(command: Parser) -> None:
    """Add the options of `backstory draft`."""
    command.add_argument("article", metavar="ARTICLE", help="file with the article, as text, Markdown or HTML; - for standard input")
    command.add_argument("--published", metavar="DAY", help="day of publication, such as 2022-01-19: “Friday” is counted from it")
    command.add_argument("--own", action="store_true", help="the article is your own: its text becomes that of the explainer")
    command.add_argument(
        "--title",
        metavar="TITLE",
        help="title of the explainer; without it: the headline of your own article, else “About: ” and the headline",
    )
    command.add_argument("--url", metavar="URL", help="address of the article")
    command.add_argument("--publisher", metavar="NAME", help="who published it: a name, or the id of an actor")
    command.add_argument("--language", choices=("en", "de"), help="language of the article; default: detected")
    command.add_argument("--again", action="store_true", help="draft an article once more that was drafted before")
    command.add_argument("--json", action="store_true", help="print the result as JSON, and write nothing; needs no site")


def annotate(command: Parser) -> None:
    """Add the options of `backstory annotate`."""
    command.add_argument("file", metavar="FILE", help="the explainer, such as content/explainers/ferry.md")


def completion(command: Parser) -> None:
    """Add the options of `backstory completion`."""
    command.add_argument("shell", choices=("bash", "zsh", "tcsh"), help="your shell")


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
