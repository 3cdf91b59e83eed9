"""Check whether the outside links of a site still lead anywhere; results are cached.

    check(addresses(site), root)  →  (Diagnostic("link-outside-dead", …), …)

Uses `http.client`: HTTP libraries bring pools, cookies, proxies and redirects of their own, all of which would have to be turned off here,
since every request must go to an IP address that was checked before (`client`).
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

from builder.diagnostics import WARNING, Diagnostic, Location
from builder.diagnostics.shortening import shorten
from builder.link_checker.client import DEAD, FINE, MOVED, NO_NET, UNKNOWN, Client, FetchedPage, LinkStatus, RequestLimits
from builder.link_checker.outside_links import Address, addresses
from builder.link_checker.result_cache import ResultCache
from builder.model import Site

__all__ = ["Address", "FetchedPage", "LinkStatus", "RequestLimits", "addresses", "check", "read"]

Progress = Callable[[str, int, int], None]


def check(
    what: Site | Iterable[Address],
    root: Path,
    *,
    fresh: bool = False,
    limits: RequestLimits | None = None,
    progress: Progress = lambda _stage, _done, _of: None,
    clock: Callable[[], float] = time.time,
) -> tuple[Diagnostic, ...]:
    """Request every outside address of a site, and return the problems, all as warnings.

    `what` is a checked site, or addresses with their locations. Results are cached in `.backstory/links.json` of the folder `root`; `fresh` ignores the cache.
    `progress` is called in this thread. An interruption ends the check, and what was learnt is kept.
    """
    limits = limits or RequestLimits()
    wanted = addresses(what) if isinstance(what, Site) else tuple(what)
    cache = ResultCache(root, clock)
    unique = dict.fromkeys(address.url.partition("#")[0] for address in wanted)
    known: dict[str, LinkStatus] = {} if fresh else {url: found for url in unique if (found := cache.recall(url)) is not None}
    unknown = [url for url in unique if url not in known]
    asked: dict[str, LinkStatus] = {}
    try:
        for url, answer in _ask(unknown, limits):
            asked[url] = answer
            progress("Asking", len(known) + len(asked), len(unique))
    finally:
        asked = _without_network_failures(asked)
        cache.keep(asked)
        cache.save()
    return tuple(_problems(wanted, {**known, **asked}))


def read(url: str, limits: RequestLimits | None = None) -> FetchedPage | LinkStatus:
    """Return the page at an address, asked as politely and safely as links are, or why it cannot be had."""
    return Client(limits or RequestLimits(), threading.Event()).read(url)


def _ask(urls: list[str], limits: RequestLimits) -> Iterator[tuple[str, LinkStatus]]:
    """Request addresses, several hosts at once and those of one host in turn; yield each result as it comes."""
    by_host: defaultdict[str, list[str]] = defaultdict(list)
    for url in urls:
        by_host[_host(url)].append(url)
    if not by_host:
        return
    stop = threading.Event()
    client = Client(limits, stop)
    answers: SimpleQueue[tuple[str, LinkStatus] | Exception] = SimpleQueue()

    def ask_all(group: list[str]) -> None:
        for url in group:
            if stop.is_set():
                return
            try:
                answers.put((url, client.ask(url)))
            except Exception as error:  # noqa: BLE001 - a bug of ours, raised where the results are read, which would else wait forever
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


def _without_network_failures(answers: dict[str, LinkStatus]) -> dict[str, LinkStatus]:
    """Return the results; if no host name at all could be looked up, this machine is offline and no address is to blame."""
    if all(answer.why == NO_NET for answer in answers.values()):
        return {url: msgspec.structs.replace(answer, kind=UNKNOWN, lasts=False) for url, answer in answers.items()}
    return answers


def _host(url: str) -> str:
    try:
        return (urlsplit(url).hostname or "").lower()
    except ValueError:
        return ""


def _problems(wanted: Iterable[Address], answers: Mapping[str, LinkStatus]) -> Iterable[Diagnostic]:
    for address in wanted:
        answer = answers.get(address.url.partition("#")[0])
        if answer is None:
            continue
        for location in address.locations:
            if found := _problem(address.url, answer, location):
                yield found
        if address.unarchived is not None and answer.kind in {FINE, MOVED}:
            yield _warning(
                "archive-missing",
                f"“{_shown(address.url)}” has no copy in an archive yet.",
                address.unarchived,
                "Save it in a web archive while it can still be read, and add “archived:” with the address of the copy.",
            )


def _problem(url: str, answer: LinkStatus, location: Location) -> Diagnostic | None:
    if answer.kind == FINE:
        return None
    if answer.kind == DEAD:
        hint = "Write its new address, or link to a copy in an archive."
        return _warning("link-outside-dead", f"“{_shown(url)}” can no longer be read: {answer.why}.", location, hint)
    if answer.kind == MOVED:
        return _warning("link-outside-moved", f"“{_shown(url)}” has moved for good.", location, f"Write its new address: {answer.to}")
    return _warning(
        "link-outside-unknown", f"“{_shown(url)}” could not be checked: {answer.why}.", location, "Open it yourself, or check again later."
    )


def _warning(code: str, message: str, location: Location, hint: str) -> Diagnostic:
    return Diagnostic(code, message, location, help=hint, severity=WARNING)


def _shown(url: str) -> str:
    return shorten(url, 120)
