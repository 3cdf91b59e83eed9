"""The list of commands. A new command is a module in `commands` with a function `run`, and a row here.

Not loaded for a plain `backstory build`.
"""

import argparse

from builder import __version__, cli
from builder.cli import arguments

TYPE_CHECKING = False  # as mypy knows it; `typing` is slow to load
if TYPE_CHECKING:
    from collections.abc import Callable

ABOUT = """Backstory makes a site of annotated explainers from Markdown: who acts, who said what on what basis, what happened when.

To begin:  backstory init my-site
           backstory serve --root my-site"""


class Command:
    """A command of `backstory`."""

    def __init__(  # noqa: PLR0913 - a row of a table
        self,
        name: str,
        run: str,
        *,
        help: str,
        description: str,
        epilog: str | None = None,
        options: "Callable[[argparse.ArgumentParser], None] | None" = None,
        site: bool = True,
        no_site_with: str = "",
        content: bool = False,
    ) -> None:
        """Describe a command.

        `run` is `module:function` in `builder.cli.commands`, imported when the command runs; "" for `build`, which `builder.cli` runs itself to start fast.
        A command about a `site` has the option `--root`, and its function gets the root as a `Path` before the arguments; None with the option `no_site_with`.
        One about `content` has the options of the commands that read all content. `options` adds its own.
        """
        self.name, self.run, self.help, self.description, self.epilog = name, run, help, description, epilog
        self.options, self.site, self.no_site_with, self.content = options, site, no_site_with, content


COMMANDS = (
    Command(
        "init",
        "init:run",
        help="make a new site that builds at once and teaches by example",
        description="Make a new site in DIR. It builds at once; read its files to learn the format, then replace them.",
        options=arguments.init,
        site=False,
    ),
    Command(
        "new",
        "new:run",
        help="begin an explainer, or a shared actor, event or source",
        description="Begin a file of content/ with the keys that it needs. Nothing that exists is overwritten.",
        options=arguments.new,
    ),
    Command(
        "check",
        "check:run",
        help="report every problem of the content, and fix the certain ones with --fix",
        description="Report all problems in content/, as build does. Without --fix nothing is written.",
        options=arguments.check,
        content=True,
        epilog="--fix fixes keys at the wrong level, the notation of dates, ids and keys that differ only in how they are written, and quotation marks that "
        "were pasted along; never a word that is only suggested, and never your text. backstory undo reverts it.",
    ),
    Command(
        "serve",
        "serve:run",
        help="show the site in a browser while you write, and annotate it there",
        description="Show the site, drafts too, at an address of this machine, and bring every open page up to date at each save. "
        "The key a, or the button “Annotate”, gives the quotations of an explainer their records in the page.",
        options=arguments.serve,
    ),
    Command(
        "build",
        "",
        help="build the site",
        description="Build the site from content/ into the output folder. Only changed files are written; with errors in the content, none is.",
        options=arguments.build,
        content=True,
    ),
    Command(
        "schema",
        "schema:run",
        help="write the format as JSON Schema, for editors and programs",
        description="Write the content format as JSON Schema: one kind to standard output, or all into a folder.",
        options=arguments.schema,
        site=False,
    ),
    Command(
        "guide",
        "guide:run",
        help="show the guide’s section on a problem",
        description="Print the section of the guide that a message’s code leads to: what it means, and how to fix it.",
        options=arguments.guide,
        site=False,
    ),
    Command(
        "rename",
        "rename:run",
        help="give a record another id, in every file that names it",
        description="Give an actor, event, source, quote or explainer another id: in front matter, links, marks and settings, and in the name of its own file. "
        "The old id is kept in former_ids (aliases of an explainer), so that the old address redirects. All files are changed, or none.",
        options=arguments.rename,
    ),
    Command(
        "undo",
        "rename:undo",
        help="take back the last change that Backstory made to your files: check --fix, rename, draft, annotate, import or the preview",
        description="Take back the last change that Backstory made to files of content/; run it again for the one before. Changes are kept for a week. A file that has changed since is not touched.",
    ),
    Command(
        "redo",
        "rename:redo",
        help="make the change again that undo took back",
        description="Make the change again that undo took back last, if the files are as undo left them.",
    ),
    Command(
        "publish",
        "publish:run",
        help="build the site and publish it",
        description="Build the site and send it to a target named in content/site.yaml. Only what has changed is sent; warnings stop it as errors do. "
        "The last three releases of each target are kept in .backstory/, until clean.",
        options=arguments.publish,
    ),
    Command(
        "clean",
        "clean:run",
        help="delete what Backstory has made: the output folder and .backstory/",
        description="Delete the output folder, if Backstory made it, and .backstory/ with the releases that are kept and what undo can take back. Nothing that you wrote is touched.",
        options=arguments.clean,
    ),
    Command(
        "import",
        "import_files:run",
        help="import tables, notes, articles, references and timelines",
        description="Detect the format of a file or folder, and make content files of it. Nothing that exists is overwritten; "
        "everything that could not be imported is reported, with its place.",
        options=arguments.import_files,
    ),
    Command(
        "export",
        "export:run",
        help="export records as CSV, calendars, references, Word or Markdown",
        description="Write the records of the whole site, or of the named files, in another format. What the format cannot hold is reported, "
        "and an unconfirmed event is never written as a fact.",
        options=arguments.export,
    ),
    Command(
        "draft",
        "draft:run",
        help="draft an explainer from an article: its quotations, speakers and days",
        description="Read an article and propose the records of an explainer about it: quotes, speakers, days. Nothing is sent anywhere, and nothing that exists is overwritten.",
        options=arguments.draft,
        no_site_with="json",
    ),
    Command(
        "annotate",
        "annotate:run",
        help="accept or reject what draft has proposed, one by one",
        description="Show the proposals of a draft one by one. Each answer is one edit of the file, and what was rejected is not proposed again.",
        options=arguments.annotate,
    ),
    Command(
        "completion",
        "completion:run",
        help="print the completion script for your shell",
        description='Print a completion script. For bash: eval "$(backstory completion bash)" in ~/.bashrc.',
        options=arguments.completion,
        site=False,
    ),
)


def parser(only: str = "") -> argparse.ArgumentParser:
    """Return the parser of the command line, with all commands or with the command `only`, if there is one of this name.

    Building the parser of every command takes as long as a build with nothing changed.
    """
    top = argparse.ArgumentParser(
        prog="backstory",
        description=ABOUT,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        epilog="Exit codes: 0 fine, 1 problems in the content, 2 wrong usage, 3 a bug in Backstory, 130 interrupted.",
    )
    top.add_argument("--version", action="version", version=f"Backstory {__version__}")
    commands = top.add_subparsers(dest="command", metavar="COMMAND", title="commands")
    site, content = arguments.site(), arguments.content()
    for row in [row for row in COMMANDS if row.name == only] or COMMANDS:
        parents = [site] * row.site + [content] * row.content
        added = commands.add_parser(row.name, parents=parents, help=row.help, description=row.description, epilog=row.epilog)
        if row.options is not None:
            row.options(added)
    return top


def run(args: argparse.Namespace) -> int:
    """Run a command other than `build` and return its exit code."""
    import importlib
    from pathlib import Path

    row = next(row for row in COMMANDS if row.name == args.command)
    module_name, _, function = row.run.partition(":")
    module = importlib.import_module(f"builder.cli.commands.{module_name}")
    if not row.site:
        return int(getattr(module, function)(args))
    if row.no_site_with and getattr(args, row.no_site_with):
        return int(getattr(module, function)(None, args))
    root = cli.find_root(args.root)
    if root is None:
        return cli.USAGE
    from builder.cli import signals

    with signals.as_interrupted():
        return int(getattr(module, function)(Path(root), args))
