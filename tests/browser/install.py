"""See to it that there is a Chromium for the browser tests. `make test` runs this; it does nothing where there is one."""

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
PACKAGES = ("chromium", "fonts-liberation")


def installed() -> str | None:
    """Return the path of a browser that starts, or None. BACKSTORY_CHROMIUM names one that is not on the PATH."""
    for name in (os.environ.get("BACKSTORY_CHROMIUM", ""), *NAMES):
        path = shutil.which(name) if name else None
        # Some systems have a `chromium` that only tells how to get one.
        if path and succeeds([path, "--version"]):
            return path
    return None


def playwrights_own() -> str | None:
    """Return the path of the browser that `playwright install` has brought, or None."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).exists() else None


def succeeds(command: Sequence[str]) -> bool:
    try:
        return subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, check=False, timeout=60).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False


def install_with_apt() -> bool:
    """Try Debian's own package, as root or where sudo asks no password."""
    if not shutil.which("apt-get"):
        return False
    if os.geteuid() == 0:
        as_root = ["env", "DEBIAN_FRONTEND=noninteractive"]
    elif succeeds(["sudo", "-n", "true"]):
        as_root = ["sudo", "-n", "env", "DEBIAN_FRONTEND=noninteractive"]
    else:
        return False
    print("Installing Chromium for the browser tests.", flush=True)
    return all(
        run([*as_root, "apt-get", "-qq", *arguments]) for arguments in (["update"], ["install", "-y", "--no-install-recommends", *PACKAGES])
    )


def install_with_playwright() -> bool:
    """Try the browser that playwright brings itself."""
    print("Fetching playwright's Chromium for the browser tests.", flush=True)
    return run([sys.executable, "-m", "playwright", "install", "chromium"])


def run(command: Sequence[str]) -> bool:
    """Run a command and tell what it said only if it failed."""
    done = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
    if done.returncode:
        print(done.stdout, file=sys.stderr)
    return done.returncode == 0


def main() -> int:
    if installed() or playwrights_own():
        return 0
    if (install_with_apt() and installed()) or (install_with_playwright() and playwrights_own()):
        return 0
    print(
        "The browser tests need Chromium, and it could not be installed. Install Chromium or Google Chrome, then repeat: "
        "one on the PATH is found; BACKSTORY_CHROMIUM=/path/to/it names one elsewhere.",
        file=sys.stderr,
    )
    return 1


if __name__ == "__main__":
    sys.exit(main())
