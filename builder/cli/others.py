"""From the command line to the commands that are not `build`, each loaded with no more than it needs."""

from pathlib import Path
from typing import TYPE_CHECKING

from builder import cli
from builder.cli import clock

if TYPE_CHECKING:
    from argparse import Namespace


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
    if asked.command == "new":
        from builder.cli.begin import new

        return new(root, asked.kind, asked.title)
    if asked.command == "import":
        from builder.cli.importing import asked_for

        return asked_for(root, asked)
    if asked.command in {"undo", "redo"}:
        from builder.cli import renaming

        return renaming.undo(root) if asked.command == "undo" else renaming.redo(root)
    if asked.command == "draft":
        from builder.cli.drafting import Asked, draft

        return draft(
            root, asked.article, Asked(asked.published, asked.own, asked.title, asked.url, asked.publisher, asked.language, asked.again)
        )
    if asked.command == "annotate":
        from builder.cli.annotating import annotate

        return annotate(root, asked.file)
    today = clock.day()
    if asked.command == "clean":
        from builder.cli.cleaning import clean

        return clean(root, Path(cli.absolute(asked.output)) if asked.output is not None else root / "site")
    from builder.build.load import Options

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
        )
    if asked.command == "rename":
        from builder.cli.renaming import rename

        return rename(Options(root=root, output=root / "site", day=today), asked.old, asked.new, diff=asked.diff)
    if asked.command == "serve":
        from builder.cli.serving import Wish, serve

        wish = Wish(asked.host, asked.port, asked.poll, asked.follow, asked.editor, asked.open, asked.read_only)
        return serve(Options(root, root / "site", drafts=True, future=True, day=today, jobs=asked.jobs, cache=not asked.no_cache), wish)
    from builder.cli.publishing import publish

    wanted = Options(root=root, output=root / "site", day=today, strict=not asked.no_strict, jobs=asked.jobs)
    return publish(wanted, asked.target, dry_run=asked.dry_run, allow_deletes=asked.allow_deletes, as_json=asked.json)
