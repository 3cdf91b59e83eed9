"""The command `backstory`: the only module that prints, reads the clock and exits.

Each command is a function of plain values that returns the exit code: 0 fine, 1 problems in the content, 2 wrong usage, 3 our bug, 130 interrupted.

This module is loaded at every start, and so is what a build needs that finds nothing changed: it takes as little of Python along as it can.
"""

import gc
import os
import sys
import time

from builder import __version__

TYPE_CHECKING = False  # as mypy knows it; `typing` is slow to load
if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Callable, Sequence

FINE, PROBLEMS, USAGE, BUG, INTERRUPTED = 0, 1, 2, 3, 130

FORMATS = ("text", "json", "github", "sarif")

SCHEMA_KINDS = ("explainer", "actor", "event", "source", "page", "site", "style")

HOSTS = ("github-pages", "gitlab-pages", "cloudflare", "cloudflare-paid", "netlify", "s3")

NEW_KINDS = ("explainer", "actor", "event", "source")


class NoFolder(Exception):
    """The command needs its working directory, which no longer exists."""


class PlainBuild:
    """The arguments of a plain `build`, as `command_table.parser` returns them."""

    command, format = "build", FORMATS[0]
    base_url = cluster = None
    drafts = strict = no_cache = future = explain = profile = False
    jobs = 0

    def __init__(self) -> None:
        self.root: str | None = None
        self.output: str | None = None


def parse_plain_build(arguments: "Sequence[str]") -> PlainBuild | None:
    """Return the arguments of a command line that is a `build` with at most a root and an output folder; None for any other.

    Making the full parser takes a fifth of the time of a build with nothing changed.
    """
    if not arguments or arguments[0] != "build" or len(arguments) % 2 == 0:
        return None
    asked = PlainBuild()
    for option, value in zip(arguments[1::2], arguments[2::2], strict=True):
        if option not in {"--root", "--output"} or not value or value[0] == "-":
            return None
        setattr(asked, option[2:], value)
    return asked


def main(argv: "Sequence[str] | None" = None) -> int:
    """Run a command line and return its exit code."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # “ and … must not break a terminal of another encoding
            stream.reconfigure(errors="replace")
    if argv is None and sys.platform != "win32" and sys.getfilesystemencoding() != "utf-8" and os.environ.get("PYTHONUTF8") != "1":
        # File names are UTF-8 in every locale: they become addresses, which must be the same everywhere.
        wanted = {"PYTHONUTF8": "1", "PYTHONIOENCODING": f"{sys.stdout.encoding}:replace"}
        os.execve(sys.executable, [sys.executable, *sys.orig_argv[1:]], {**os.environ, **wanted})  # noqa: S606 – this very program again
    given = list(sys.argv[1:] if argv is None else argv)
    asked: PlainBuild | Namespace | None = parse_plain_build(given)
    if asked is None:
        from builder.cli import command_table

        top = command_table.parser(given[0] if given else "")
        try:
            asked, more = top.parse_known_args(given)
            if more:
                # argparse takes no files behind an option that stands behind another word: export csv -o OUT FILE
                if any(word.startswith("-") for word in more) or not isinstance(getattr(asked, "paths", None), list):
                    top.error(f"unrecognized arguments: {' '.join(more)}")
                asked.paths += more
        except SystemExit as done:  # argparse has printed help or what is wrong
            return done.code if isinstance(done.code, int) else USAGE
        if asked.command is None:
            top.print_help()
            return FINE
    collects = gc.isenabled()
    gc.disable()  # Most objects live as long as the run: garbage collection would take a tenth of its time.
    try:
        return _guarded(
            lambda: run_command(asked), "nothing was published" if isinstance(asked, PlainBuild) or asked.command == "build" else ""
        )
    finally:
        if collects:
            gc.enable()


def _guarded(run: "Callable[[], int]", interrupted: str) -> int:
    """Turn a mistake of the author, an interruption and a bug into three different exit codes. `interrupted` is a further message for an interruption."""
    from builder.cli import build_day

    try:
        return run()
    except build_day.WrongTime as wrong:
        print(f"backstory: {wrong}", file=sys.stderr)
        return USAGE
    except NoFolder:
        print("backstory: the folder that you are in is gone. Go to another one, or into it anew, and try again.", file=sys.stderr)
        return USAGE
    except KeyboardInterrupt:
        print("\nInterrupted" + (f"; {interrupted}" if interrupted else "") + ".", file=sys.stderr)
        return INTERRUPTED
    except Exception:  # noqa: BLE001 - anything that arrives here is a bug of ours
        import traceback

        traceback.print_exc()
        print(
            f"\nThis is a bug in Backstory {__version__}, not in your content.\n"
            "Please report it with the lines above and the file that you changed last.",
            file=sys.stderr,
        )
        return BUG


def run_command(args: "PlainBuild | Namespace") -> int:
    """Run the command that the arguments name, and return its exit code."""
    if not isinstance(args, PlainBuild) and args.command != "build":
        from builder.cli import command_table

        return command_table.run(args)
    root = find_root(args.root)
    return _build(root, args) if root is not None else USAGE


def _build(root: str, args: "PlainBuild | Namespace") -> int:
    from builder.cli import build_day

    today = build_day.day()
    began = time.perf_counter()
    output = absolute_path(args.output) if args.output is not None else os.path.join(root, "site")
    stamp = None
    if args.cluster is not None:
        from builder.cli.commands.build import is_scheduler

        if not is_scheduler(args.cluster):
            return USAGE
    if not args.no_cache:
        from builder.incremental import up_to_date

        # All that the result depends on besides the files. Before anything else is loaded: most of a build that finds nothing changed would be that.
        stamp = up_to_date.stamp_inputs(root, output, (args.base_url, args.drafts, args.future, args.strict, today))
        kept = stamp.noop_result() if stamp is not None and not (args.explain or args.profile) else None
        if kept is not None:
            from builder.cli import summary

            return summary.repeat_report(kept, root, output, args.format, began)
    from pathlib import Path

    from builder.build.pipeline import Options
    from builder.cli import signals
    from builder.cli.commands.build import build

    options = Options(
        root=Path(root),
        output=Path(output),
        base_url=args.base_url,
        drafts=args.drafts,
        future=args.future,
        day=today,
        strict=args.strict,
        jobs=args.jobs,
        cache=not args.no_cache,
    )
    with signals.as_interrupted():
        return build(options, explain=args.explain, profile=args.profile, format_=args.format, stamp=stamp, cluster=args.cluster)


def absolute_path(path: str) -> str:
    """Return a path from the top of the disk, as `pathlib` has it. `NoFolder` where it begins at a folder that is gone."""
    try:
        if ".." in path or sys.platform == "win32":  # the path is resolved by the file system, not by its words
            from pathlib import Path

            return str(Path(path).absolute())
        return os.path.abspath(path)
    except FileNotFoundError:
        raise NoFolder from None


def here() -> str | None:
    """Return the folder that the command runs in; None if that is gone, such as an old output folder."""
    try:
        return os.getcwd()
    except FileNotFoundError:
        return None


def find_root(given: str | None) -> str | None:
    """Return the folder of the site: the `given` one, or the nearest of the working directory and its parents. If there is none, report that and return None. Raises `NoFolder` if the working directory no longer exists."""
    if given is not None:
        # An unreadable one is a problem of that site, reported with the others.
        if os.path.lexists(os.path.join(given, "content/site.yaml")):
            return absolute_path(given)
        from pathlib import Path

        wrong = Path(given)
        inner = "folder content/" if not (wrong / "content").is_dir() else "content/site.yaml"
        print(
            f"backstory: {wrong} has no {inner}. Name the folder of a site, or begin one: backstory init {wrong}",
            file=sys.stderr,
        )
        return None
    folder = here()
    if folder is None:
        raise NoFolder
    while not os.path.isfile(os.path.join(folder, "content/site.yaml")):
        above = os.path.dirname(folder)
        if above == folder:
            print(
                "backstory: neither here nor above is there a content/site.yaml. Go to your site’s folder, name it with --root, or begin one: backstory init my-site",
                file=sys.stderr,
            )
            return None
        folder = above
    return folder
