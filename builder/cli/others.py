"""From the command line to the commands that are not `build`, each loaded with no more than it needs."""

from pathlib import Path
from typing import TYPE_CHECKING

from builder import cli
from builder.cli import clock

if TYPE_CHECKING:
    from argparse import Namespace

    from builder.build.load import Options


def run(asked: "Namespace") -> int:
    """Run a command and return its exit code."""
    if asked.command == "completion":
        import shtab

        from builder.cli.grammar import parser

        print(shtab.complete(parser(), shell=asked.shell))
        return cli.FINE
    if asked.command == "schema":
        from builder.cli.describing import describe

        return describe(asked.kind, Path(asked.output) if asked.output is not None else None)
    if asked.command == "guide":
        from builder.cli.guiding import tell

        return tell(asked.code)
    if asked.command == "init":
        from builder.cli.begin import init

        return init(Path(asked.folder), ci=asked.ci)
    if asked.command == "draft" and asked.json:
        from builder.cli.drafting import show

        return show(asked.article, asked.published, asked.language)
    root = cli.root_of(asked.root)
    if root is None:
        return cli.USAGE
    from builder.cli import ending

    with ending.as_interrupted():
        return _at(Path(root), asked)


def _at(root: Path, asked: "Namespace") -> int:
    """Run a command that is about a site."""
    if asked.command in {"annotate", "draft", "import", "new"}:
        return _begun(root, asked)
    if asked.command in {"undo", "redo"}:
        from builder.cli import renaming

        return renaming.undo(root) if asked.command == "undo" else renaming.redo(root)
    today = clock.day()
    if asked.command == "clean":
        from builder.cli.cleaning import clean

        return clean(root, Path(cli.absolute(asked.output)) if asked.output is not None else root / "site")
    from builder.build.load import Options

    if asked.command == "export":
        from builder.cli.exporting import asked_for as export

        return export(Options(root=root, output=root / "site", day=today, drafts=asked.drafts), asked)
    if asked.command == "check":
        from builder.cli.checking import Links, check

        wanted = Options(
            root=root,
            output=root / "site",
            base_url=asked.base_url,
            drafts=asked.drafts,
            day=today,
            strict=asked.strict,
            jobs=asked.jobs,
            cache=not asked.no_cache,
        )
        return check(
            wanted,
            Links(asked.links, asked.fresh, asked.intranet),
            format_=asked.format,
            quotations=asked.quotations,
            fix=asked.fix,
            diff=asked.diff,
            host=asked.host,
        )
    if asked.command == "rename":
        from builder.cli.renaming import rename

        return rename(Options(root=root, output=root / "site", day=today), asked.old, asked.new, diff=asked.diff)
    if asked.command == "serve":
        from builder.cli.serving import Wish, serve

        wish = Wish(asked.host, asked.port, asked.poll, asked.follow, asked.editor, asked.open, asked.read_only)
        return serve(Options(root, root / "site", drafts=True, future=True, day=today, jobs=asked.jobs, cache=not asked.no_cache), wish)
    return _publish(Options(root=root, output=root / "site", day=today, strict=not asked.no_strict, jobs=asked.jobs, verify=True), asked)


def _publish(wanted: "Options", asked: "Namespace") -> int:
    """Run a command about what is published."""
    from builder.cli.publishing import Wish, publish

    wish = Wish(asked.dry_run, asked.allow_deletes, asked.json, asked.rollback, asked.include_withdrawn)
    if asked.status or asked.forget is not None:
        from builder.cli import releasing

        return releasing.run(wanted, asked.target, wish, asked.forget, status=asked.status)
    return publish(wanted, asked.target, wish)


def _begun(root: Path, asked: "Namespace") -> int:
    """Run a command that makes content files, or goes through what another has proposed."""
    if asked.command == "new":
        return _new(root, asked)
    if asked.command == "import":
        from builder.cli.importing import asked_for

        return asked_for(root, asked)
    if asked.command == "draft":
        from builder.cli.drafting import Asked, draft

        return draft(
            root, asked.article, Asked(asked.published, asked.own, asked.title, asked.url, asked.publisher, asked.language, asked.again)
        )
    from builder.cli.annotating import annotate

    return annotate(root, asked.file)


def _new(root: Path, asked: "Namespace") -> int:
    if asked.kind == "source" and asked.title.startswith(("http://", "https://")):
        from builder.cli.citing import cite

        return cite(root, asked.title, archive=asked.archive, offline=asked.offline, intranet=asked.intranet)
    if asked.archive or asked.offline or asked.intranet:
        import sys

        print(
            "backstory: --archive, --offline and --intranet are for a source with an address: backstory new source https://…",
            file=sys.stderr,
        )
        return cli.USAGE
    from builder.cli.begin import new

    return new(root, asked.kind, asked.title)
