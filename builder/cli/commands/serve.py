"""`backstory serve`: the live preview, from the first word in the terminal to the last."""

import contextlib
import gc
import os
import secrets
import signal
import socket
import sys
import threading
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING

import msgspec

from builder import cli
from builder.build.run import Options
from builder.cli import build_day, problem_output
from builder.cli.commands.build import progress
from builder.diagnostics import Diagnostic

if TYPE_CHECKING:
    from argparse import Namespace

    from builder.preview.engine import PreviewEngine

PORT = 8000


class ServeOptions(msgspec.Struct, frozen=True):
    """The options of a preview."""

    host: str = "127.0.0.1"
    port: int | None = None
    """None for the usual one, or the next that is free."""
    poll: bool = False
    follow: bool = False
    editor: str | None = None
    opens: bool = False
    """Whether to open a browser."""
    read_only: bool = False
    """Whether pages of the preview may change nothing."""


def run(root: Path, args: "Namespace") -> int:
    """Run the command."""
    options = Options(root, root / "site", drafts=True, future=True, day=build_day.day(), jobs=args.jobs, cache=not args.no_cache)
    return serve(options, ServeOptions(args.host, args.port, args.poll, args.follow, args.editor, args.open, args.read_only))


def serve(options: Options, serve_options: ServeOptions) -> int:
    """Serve a preview of a site until it is interrupted."""
    began = time.perf_counter()
    # Late: a build and a check need none of it.
    from builder.preview import editor_links, server
    from builder.preview.engine import PreviewEngine
    from builder.preview.guard import Access, is_loopback
    from builder.preview.watching import Watch

    editor = serve_options.editor if serve_options.editor is not None else editor_links.guess(os.environ)
    listening = _opened(serve_options, editor)
    if isinstance(listening, int):
        return listening
    base = f"http://{_browser_host(serve_options.host)}:{listening[0].getsockname()[1]}/"
    with contextlib.ExitStack() as opened, progress(shown=problem_output.shows_progress(problem_output.TEXT)) as show:
        for listener in listening:
            opened.enter_context(listener)
        engine = PreviewEngine(msgspec.structs.replace(options, base_url=base), progress=show)
        opened.pop_all()  # the server closes them
    # Not earlier, so that an interruption need not wait until thousands of files are read.
    ended = threading.Event()
    _end_on_signal(ended)
    token = "" if is_loopback(serve_options.host) else secrets.token_urlsafe(16)
    access = Access(serve_options.host, token, serve_options.read_only)
    preview = server.serve(engine, listening, access, editor=editor, follow=serve_options.follow)
    terminal = Terminal(options)
    # Objects that live as long as the preview are left out of garbage collection, so that saves need not wait for it.
    gc.freeze()
    watch = Watch(
        options.root,
        reporting_bugs(lambda names: _rebuild(engine, names), terminal),
        notify=terminal.print_line,
        on_idle=gc.collect,
        poll=serve_options.poll,
    )
    watch.start()
    try:
        url = base + (f"?token={token}" if token else "")
        terminal.print_address(url, engine.current().problems, time.perf_counter() - began, open_to_others=bool(token))
        if serve_options.opens:
            import webbrowser

            webbrowser.open(url)
        _run_until_ended(engine, terminal, ended)
    finally:
        watch.stop()
        preview.stop()
        engine.save()
    terminal.print_line("Preview ended.")
    return cli.FINE


def _opened(serve_options: ServeOptions, editor: str) -> list[socket.socket] | int:
    """Return the sockets on which the preview listens; the exit code, with the reason reported, if it cannot, or if the editor is unknown."""
    from builder.preview import editor_links
    from builder.preview.listening import PortInUseError

    try:
        editor_links.template(editor)
        return _listen(serve_options)
    except editor_links.UnknownEditor as unknown:
        print(f"backstory: {unknown}", file=sys.stderr)
        return cli.USAGE
    except PortInUseError as taken:
        offer = f" Port {taken.free} is free: backstory serve --port {taken.free}" if taken.free else ""
        print(f"backstory: port {taken.port} is in use.{offer}", file=sys.stderr)
    except OSError as error:
        print(f"backstory: cannot listen on {serve_options.host}: {error.strerror or error}.", file=sys.stderr)
    return cli.PROBLEMS


def _run_until_ended(engine: "PreviewEngine", terminal: "Terminal", ended: threading.Event) -> None:
    """Print each change until the preview is ended, and turn to a new day when one begins."""
    engine.subscribe(lambda change: terminal.print_changes(change.saved, change.assets, engine.current().problems), checked=True)
    engine.save()
    turn = reporting_bugs(lambda _: engine.turn_to(build_day.day()), terminal)
    while not ended.wait(60):
        turn(())


def _rebuild(engine: "PreviewEngine", names: Iterable[str]) -> None:
    """Bring the site up to date, and find its problems behind that."""
    if engine.rebuild(names) is not None:
        engine.settle()


def _listen(serve_options: ServeOptions) -> list[socket.socket]:
    """Take the port that was wished for; where none was, the usual one or the next that is free."""
    from builder.preview.listening import PortInUseError, listen

    try:
        return listen(serve_options.host, serve_options.port if serve_options.port is not None else PORT)
    except PortInUseError as taken:
        if serve_options.port is not None or not taken.free:
            raise
        print(f"Port {PORT} is in use, perhaps by another preview.", flush=True)
        return listen(serve_options.host, taken.free)


def _browser_host(host: str) -> str:
    """Return the name or number by which a browser reaches what listens on `host`."""
    from builder.preview.guard import WILDCARDS, in_url

    if host == "127.0.0.1":
        return "localhost"
    if host in WILDCARDS:
        # Sends nothing: only finds the route of a message (TEST-NET-1, RFC 5737), and so the address of this machine on its network.
        with contextlib.suppress(OSError), socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
            probe.connect(("192.0.2.1", 9))
            return str(probe.getsockname()[0])
        return "localhost"
    return in_url(host)


def _end_on_signal(ended: threading.Event) -> None:
    def end(_number: int, _frame: FrameType | None) -> None:
        ended.set()

    for number in (getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK") if hasattr(signal, name)):
        # Started with `nohup`, it outlives the terminal. Ctrl-C, which is ignored in background jobs of scripts, ends it there all the same.
        if number == signal.SIGINT or signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, end)


class Terminal:
    """Output of the preview in the terminal: one line per save, and problems as they come and go. If the pipe is closed, as by `backstory serve | head`, the preview goes on without it."""

    def __init__(self, options: Options) -> None:
        self._options = options
        self._shown_problems: frozenset[Diagnostic] = frozenset()
        self._heard = True

    def print_line(self, words: str) -> None:
        """Print a sentence."""
        self._print(lambda: print(words, flush=True))

    def report_bug(self) -> None:
        """Report a bug in Backstory, and that the preview continues."""
        import traceback

        with contextlib.suppress(OSError, ValueError):
            traceback.print_exc()
        self.print_line("This is a bug in Backstory, not in your content. The preview goes on with what it had.")

    def print_address(self, url: str, problems: Iterable[Diagnostic], took: float, *, open_to_others: bool) -> None:
        """Print the address of the preview."""
        self._print_problems(tuple(problems))
        self.print_line(f"The preview is at {url} (ready in {took:.1f} s). Save a file and look. Ctrl-C ends it.")
        if open_to_others:
            self.print_line(
                "Others who can reach this machine can see it if they have this address with its token: drafts and all. "
                "It is not encrypted; use it on a network that you trust."
            )

    def print_changes(self, saved: Iterable[str], assets: Iterable[str], problems: Iterable[Diagnostic]) -> None:
        """Print what was saved, and the new problems."""
        names = [*saved, *assets]
        shown = ", ".join(names[:3]) + (f" and {len(names) - 3} more" if len(names) > 3 else "")
        now = tuple(problems)
        self._print_problems(now)
        self.print_line(
            f"{time.strftime('%H:%M:%S')} {f'{shown} saved' if shown else 'Looked again'}. {problem_output.count_sentence(now)} in all."
        )

    def _print_problems(self, problems: tuple[Diagnostic, ...]) -> None:
        fresh = [problem for problem in problems if problem not in self._shown_problems]
        self._shown_problems = frozenset(problems)
        self._print(lambda: problem_output.in_words(fresh, self._options.root, sys.stdout))

    def _print(self, speak: Callable[[], object]) -> None:
        if self._heard:
            try:
                speak()
            except (OSError, ValueError):  # a pipe without a reader, a terminal that was closed
                self._heard = False


def reporting_bugs(rebuild: Callable[[Iterable[str]], object], terminal: Terminal) -> Callable[[Iterable[str]], None]:
    """Return a function that does the same, and reports an exception in the terminal instead of raising it."""

    def guarded(names: Iterable[str]) -> None:
        try:
            rebuild(names)
        except Exception:  # noqa: BLE001 – a bug of ours must not end an author's preview
            terminal.report_bug()

    return guarded
