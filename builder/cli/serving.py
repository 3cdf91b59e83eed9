"""`backstory serve`: the live preview, from the first word in the terminal to the last."""

import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterable
from types import FrameType
from typing import TYPE_CHECKING

import msgspec

from builder import cli
from builder.build import Options
from builder.cli import telling
from builder.cli.building import progress
from builder.diagnostics import Diagnostic
from builder.preview import editors

if TYPE_CHECKING:
    from builder.preview.listening import Listening

PORT = 8000


class Wish(msgspec.Struct, frozen=True):
    """How a preview is to be served."""

    host: str = "127.0.0.1"
    port: int | None = None
    """None for the usual one, or the next that is free."""
    poll: bool = False
    follow: bool = False
    editor: str | None = None
    opens: bool = False
    """Whether to open a browser."""


def serve(options: Options, wish: Wish) -> int:
    """Show a site while it is written, until somebody ends it."""
    editor = editors.address(wish.editor) if wish.editor is not None else editors.guess(os.environ)
    if editor is None:
        known = ", ".join(editors.EDITORS)
        print(
            f"backstory: --editor takes one of {known}, or an address with {{path}} and {{line}} in it, not “{wish.editor}”.",
            file=sys.stderr,
        )
        return cli.USAGE
    ended = threading.Event()
    _end_on_signal(ended)
    began = time.perf_counter()
    # Late, and after the handler: these take a tenth of a second, in which an author may have thought better of it.
    from builder.preview.listening import PortTaken
    from builder.preview.server import Server
    from builder.preview.watching import Watch
    from builder.preview.workshop import Workshop

    try:
        place = _listen(wish)
    except PortTaken as taken:
        offer = f" Port {taken.free} is free: backstory serve --port {taken.free}" if taken.free else ""
        print(f"backstory: port {taken.port} is in use.{offer}", file=sys.stderr)
        return cli.PROBLEMS
    except (OSError, OverflowError) as error:
        print(f"backstory: cannot listen on {wish.host}: {getattr(error, 'strerror', None) or error}.", file=sys.stderr)
        return cli.PROBLEMS
    with progress(shown=telling.watched(telling.TEXT)) as show:
        workshop = Workshop(msgspec.structs.replace(options, base_url=place.url), progress=show)
    server = Server(workshop, place, editor=editor, follow=wish.follow)
    voice = _Voice(options)
    watch = Watch(options.root, _guarded(workshop.look, voice), tell=voice.say, poll=wish.poll)
    server.start()
    watch.start()
    try:
        voice.greet(server.url, workshop.current().problems, time.perf_counter() - began, open_to_others=bool(server.token))
        if wish.opens:
            import webbrowser

            webbrowser.open(server.url)
        workshop.subscribe(lambda change: voice.changed(change.saved, change.assets, workshop.current().problems))
        workshop.save()
        while not ended.wait(3600):
            pass
    finally:
        watch.stop()
        server.stop()
        workshop.save()
    voice.say("Preview ended.")
    return cli.FINE


def _listen(wish: Wish) -> "Listening":
    """Take the port that was wished for; where none was, the usual one or the next that is free."""
    from builder.preview.listening import Listening, PortTaken

    try:
        return Listening(wish.host, wish.port if wish.port is not None else PORT)
    except PortTaken as taken:
        if wish.port is not None or not taken.free:
            raise
        print(f"Port {PORT} is in use, perhaps by another preview.", flush=True)
        return Listening(wish.host, taken.free)


def _end_on_signal(ended: threading.Event) -> None:
    def end(_number: int, _frame: FrameType | None) -> None:
        ended.set()

    for name in ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), end)


class _Voice:
    """What the preview says in the terminal: one line a save, and problems as they come and go."""

    def __init__(self, options: Options) -> None:
        self._options = options
        self._told: frozenset[Diagnostic] = frozenset()

    def say(self, words: str) -> None:
        """Say a sentence."""
        print(words, flush=True)

    def greet(self, url: str, problems: Iterable[Diagnostic], took: float, *, open_to_others: bool) -> None:
        """Say where the preview is."""
        self._tell(tuple(problems))
        self.say(f"The preview is at {url} (ready in {took:.1f} s). Save a file and look. Ctrl-C ends it.")
        if open_to_others:
            self.say(
                "Others who can reach this machine can see it if they have this address with its token: drafts and all. "
                "It is not encrypted; use it on a network that you trust."
            )

    def changed(self, saved: Iterable[str], assets: Iterable[str], problems: Iterable[Diagnostic]) -> None:
        """Say what was saved, and what is wrong now that was not before."""
        names = [*saved, *assets]
        shown = ", ".join(names[:3]) + (f" and {len(names) - 3} more" if len(names) > 3 else "")
        now = tuple(problems)
        self._tell(now)
        self.say(f"{time.strftime('%H:%M:%S')} {shown or 'Templates'}: {telling.told(now)}.")

    def _tell(self, problems: tuple[Diagnostic, ...]) -> None:
        fresh = [problem for problem in problems if problem not in self._told]
        self._told = frozenset(problems)
        telling.in_words(fresh, self._options.root, sys.stdout)


def _guarded(look: Callable[[Iterable[str]], object], voice: _Voice) -> Callable[[Iterable[str]], None]:
    def guarded(names: Iterable[str]) -> None:
        try:
            look(names)
        except Exception:  # noqa: BLE001 – a bug of ours must not end an author's preview
            import traceback

            traceback.print_exc()
            voice.say("This is a bug in Backstory, not in your content. The preview goes on with what it had.")

    return guarded
