"""Our own site, for the browser: one page of each kind stands for all of them."""

from pathlib import Path

ROOT = Path(__file__).parents[2]
BASE = "/press/backstory/"

KINDS = {
    "home": "index.html",
    "explainers": "explainers/index.html",
    "explainer": "explainers/*/index.html",
    "statements": "explainers/*/statements/index.html",
    "actors": "actors/index.html",
    "actor": "actors/*/index.html",
    "unnamed source": "actors/senior-state-official/index.html",
    "timeline": "events/index.html",
    "event": "events/*/index.html",
    "quotes": "quotes/index.html",
    "sources": "sources/index.html",
    "source": "sources/*/index.html",
    "changes": "changes/index.html",
    "topics": "topics/index.html",
    "topic": "topics/*/index.html",
    "page": "method/index.html",
    "chapter": "guide/quotes/index.html",
    "search": "search/index.html",
    "frame": "embed/quotes/*/*/index.html",
    "404": "404.html",
}
PAGES = [kind for kind in KINDS if kind != "frame"]
"""What readers come to by themselves: a frame stands on somebody else's page."""

UNSCRIPTED = [kind for kind in PAGES if kind != "search"]
"""What needs no script at all. The search page has a policy of its own, and puts the cursor where one types: test_finding."""

VIEWS = [(width, scheme) for width in (1280, 390) for scheme in ("light", "dark")]
BOTH_FACES = "[...document.fonts].filter(face => face.status === 'loaded').length >= 2"
