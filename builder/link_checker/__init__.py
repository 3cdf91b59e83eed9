"""Whether the outside addresses of a site still lead anywhere: asked politely over the net, and remembered.

    check(addresses(site), root)  →  (Diagnostic("link-outside-dead", …), …)

Asked with the standard library: a client for pages brings pools, cookies, proxies and redirects of its own, all of which would have to be turned off here,
since each step must go to an address that was looked at first (`asking`).
"""

import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from queue import SimpleQueue
from urllib.parse import urlsplit

import msgspec

from builder.diagnostics import WARNING, Diagnostic, Place
from builder.link_checker.addresses import Address, addresses
from builder.link_checker.answers import Memory
from builder.link_checker.client import DEAD, FINE, MOVED, NO_NET, OPEN, Answer, Asker, Limits
from builder.model import Site

__all__ = ["Address", "Limits", "addresses", "check"]

Progress = Callable[[str, int, int], None]


def check(
    what: Site | Iterable[Address],
    root: Path,
    *,
    fresh: bool = False,
    limits: Limits | None = None,
    progress: Progress = lambda _stage, _done, _of: None,
    clock: Callable[[], float] = time.time,
) -> tuple[Diagnostic, ...]:
    """Ask every outside address of a site, and return what is wrong with them, all as warnings.

    `what` is a checked site, or addresses with their places; answers are remembered in `.backstory/links.json` of the folder `root`.
    With `fresh` what is remembered is not believed. `progress` is called from this thread. An interruption ends the asking, and keeps what was learnt.
    """
    limits = limits or Limits()
    wanted = addresses(what) if isinstance(what, Site) else tuple(what)
    memory = Memory(root, clock)
    unique = dict.fromkeys(address.url.partition("#")[0] for address in wanted)
    known: dict[str, Answer] = {} if fresh else {url: found for url in unique if (found := memory.recall(url)) is not None}
    open_ = [url for url in unique if url not in known]
    asked: dict[str, Answer] = {}
    try:
        for url, answer in _ask(open_, limits):
            asked[url] = answer
            progress("Asking", len(known) + len(asked), len(unique))
    finally:
        asked = _in_sum(asked)
        memory.keep(asked)
        memory.save()
    return tuple(_problems(wanted, {**known, **asked}))


def _ask(urls: list[str], limits: Limits) -> Iterator[tuple[str, Answer]]:
    """Ask addresses, several hosts at once and those of one host in turn; yield each answer as it comes."""
    by_host: defaultdict[str, list[str]] = defaultdict(list)
    for url in urls:
        by_host[_host(url)].append(url)
    if not by_host:
        return
    stop = threading.Event()
    asker = Asker(limits, stop)
    answers: SimpleQueue[tuple[str, Answer] | Exception] = SimpleQueue()

    def ask_all(group: list[str]) -> None:
        for url in group:
            if stop.is_set():
                return
            try:
                answers.put((url, asker.ask(url)))
            except Exception as error:  # noqa: BLE001 - a bug of ours, raised where the answers are taken, which would else wait for ever
                answers.put(error)

    with ThreadPoolExecutor(min(limits.hosts, len(by_host)), thread_name_prefix="links") as pool:
        try:
            for group in by_host.values():
                pool.submit(ask_all, group)
            for _ in urls:
                answer = answers.get()
                if isinstance(answer, Exception):
                    raise answer
                yield answer
        finally:
            stop.set()
            pool.shutdown(wait=False, cancel_futures=True)


def _in_sum(answers: dict[str, Answer]) -> dict[str, Answer]:
    """Look at all answers together: where no name at all can be looked up, this machine is off the net, and no address is to blame."""
    if all(answer.why == NO_NET for answer in answers.values()):
        return {url: msgspec.structs.replace(answer, kind=OPEN, lasts=False) for url, answer in answers.items()}
    return answers


def _host(url: str) -> str:
    try:
        return (urlsplit(url).hostname or "").lower()
    except ValueError:
        return ""


def _problems(wanted: Iterable[Address], answers: Mapping[str, Answer]) -> Iterable[Diagnostic]:
    for address in wanted:
        answer = answers.get(address.url.partition("#")[0])
        if answer is None:
            continue
        for place in address.places:
            if found := _problem(address.url, answer, place):
                yield found
        if address.unarchived is not None and answer.kind in {FINE, MOVED}:
            yield _warning(
                "archive-missing",
                f"“{_shown(address.url)}” has no copy in an archive yet.",
                address.unarchived,
                "Save it in a web archive while it can still be read, and add “archived:” with the address of the copy.",
            )


def _problem(url: str, answer: Answer, place: Place) -> Diagnostic | None:
    if answer.kind == FINE:
        return None
    if answer.kind == DEAD:
        hint = "Write where it stands now, or link to a copy in an archive."
        return _warning("link-outside-dead", f"“{_shown(url)}” can no longer be read: {answer.why}.", place, hint)
    if answer.kind == MOVED:
        return _warning("link-outside-moved", f"“{_shown(url)}” has moved for good.", place, f"Write its new address: {answer.to}")
    return _warning(
        "link-outside-unknown", f"“{_shown(url)}” could not be checked: {answer.why}.", place, "Open it yourself, or check again later."
    )


def _warning(code: str, message: str, place: Place, hint: str) -> Diagnostic:
    return Diagnostic(code, message, place, help=hint, severity=WARNING)


def _shown(url: str) -> str:
    return url if len(url) <= 120 else f"{url[:119]}…"
