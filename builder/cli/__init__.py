"""The command `backstory`: the only module that prints, reads the clock and exits.

Each command is a function of plain values that returns the exit code: 0 fine, 1 problems in the content, 2 wrong usage, 3 our bug, 130 interrupted.
"""

import argparse
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from builder import __version__

FINE, PROBLEMS, USAGE, BUG, INTERRUPTED = 0, 1, 2, 3, 130

ABOUT = """Backstory makes a site of annotated explainers from Markdown: who acts, who said what on what basis, what happened when.

To begin:  backstory init my-site
           backstory build --root my-site"""

NEW_KINDS = ("explainer", "actor", "event", "source")


def parser() -> argparse.ArgumentParser:
    """Return the whole command line, for parsing, for completion and for the guide's tests."""
    root = argparse.ArgumentParser(add_help=False)
    root.add_argument(
        "--root",
        type=Path,
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
    commands = top.add_subparsers(dest="command", metavar="COMMAND", title="commands")

    init = commands.add_parser(
        "init",
        help="make a new site that builds at once and teaches by example",
        description="Make a new site in DIR. It builds at once; read its files to learn the format, then replace them.",
    )
    init.add_argument("folder", type=Path, metavar="DIR", help="folder to make; it must not exist yet, or be empty")

    new = commands.add_parser(
        "new",
        parents=[root],
        help="begin an explainer, or a shared actor, event or source",
        description="Begin a file of content/ with the keys that it needs. Nothing that exists is overwritten.",
    )
    new.add_argument("kind", choices=NEW_KINDS, help="what to begin")
    new.add_argument("title", help="its title or name, in quotation marks; its address is made from it")

    build = commands.add_parser(
        "build",
        parents=[root],
        help="build the site",
        description="Build content/ into the output folder. Only what has changed is written; with errors in the content nothing is.",
    )
    build.add_argument("--output", type=Path, metavar="DIR", help="folder to write; without it: site/ in the site's folder")
    build.add_argument("--base-url", metavar="URL", help="address that the site will have, instead of base_url in site.yaml")
    build.add_argument("--drafts", action="store_true", help="build drafts too")
    build.add_argument("--strict", action="store_true", help="let warnings stop the build as errors do")
    build.add_argument("--jobs", type=_number, default=0, metavar="N", help="processes to use; without it: as many as pay")
    build.add_argument("--explain", action="store_true", help="tell of each file why it was written, kept or deleted")
    build.add_argument("--json", action="store_true", help="tell what came of it as JSON on standard output")

    take = commands.add_parser(
        "import",
        parents=[root],
        help="make an explainer or events of a timeline that was made elsewhere",
        description="Make content files of a timeline. Nothing that exists is overwritten.",
    )
    take.add_argument("format", choices=("timelinejs",), help="what it was made with")
    take.add_argument("file", type=Path, metavar="FILE", help="its JSON, or its Google sheet saved as CSV")
    take.add_argument("--title", metavar="TITLE", help="title of the explainer, instead of the timeline's own")
    take.add_argument("--events", action="store_true", help="make a shared event of each, instead of an explainer")

    completion = commands.add_parser(
        "completion",
        help="print what makes your shell complete backstory",
        description='Print a completion script. For bash: eval "$(backstory completion bash)" in ~/.bashrc.',
    )
    completion.add_argument("shell", choices=("bash", "zsh", "tcsh"), help="your shell")
    return top


def _number(text: str) -> int:
    if not text.isdigit() or not 1 <= int(text[:6]) <= 256:
        message = f"“{text}” is not a number of processes from 1 to 256"
        raise argparse.ArgumentTypeError(message)
    return int(text)


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command line and return its exit code."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # “ and … must not break a terminal of another encoding
            stream.reconfigure(errors="replace")
    top = parser()
    try:
        arguments = top.parse_args(argv)
    except SystemExit as done:  # argparse has printed help or what is wrong
        return done.code if isinstance(done.code, int) else USAGE
    if arguments.command is None:
        top.print_help()
        return FINE
    return _guarded(lambda: _run(arguments, top))


def _guarded(run: Callable[[], int]) -> int:
    """Let the author's mistake, an interruption and our own bug leave by three different doors."""
    try:
        return run()
    except KeyboardInterrupt:
        print("\nInterrupted; nothing was published.", file=sys.stderr)
        return INTERRUPTED
    except BrokenPipeError:  # the reader of our output has gone: `backstory build | head`
        sys.stderr.close()
        return FINE
    except Exception:  # noqa: BLE001 - whatever it is, it is a bug of ours, and this is the last door
        import traceback

        traceback.print_exc()
        print(
            f"\nThis is a bug in Backstory {__version__}, not in your content. Nothing was published.\n"
            "Please report it with the lines above and the file that you changed last.",
            file=sys.stderr,
        )
        return BUG


def _run(arguments: argparse.Namespace, top: argparse.ArgumentParser) -> int:
    if arguments.command == "completion":
        import shtab

        print(shtab.complete(top, shell=arguments.shell))
        return FINE
    if arguments.command == "init":
        from builder.cli.begin import init

        return init(arguments.folder)
    root = _root(arguments.root)
    if root is None:
        return USAGE
    if arguments.command == "new":
        from builder.cli.begin import new

        return new(root, arguments.kind, arguments.title)
    if arguments.command == "import":
        from builder.cli.importing import import_

        return import_(root, arguments.file, title=arguments.title, events=arguments.events)
    from builder.build import Options
    from builder.cli.building import build

    options = Options(
        root=root,
        output=(arguments.output or root / "site").absolute(),
        base_url=arguments.base_url,
        drafts=arguments.drafts,
        strict=arguments.strict,
        jobs=arguments.jobs,
    )
    return build(options, explain=arguments.explain, as_json=arguments.json)


def _root(given: Path | None) -> Path | None:
    from builder.files import find_root

    if given is not None:
        if (given / "content").is_dir():
            return given.absolute()
        print(
            f"backstory: {given} has no folder content/. Name the folder that holds it, or begin a site: backstory init {given}",
            file=sys.stderr,
        )
        return None
    found = find_root(Path.cwd())
    if found is None:
        print(
            "backstory: neither here nor above is there a content/site.yaml. Go to your site's folder, name it with --root, or begin one: backstory init my-site",
            file=sys.stderr,
        )
    return found
