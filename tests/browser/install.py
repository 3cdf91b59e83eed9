"""See to it that there is what the browser tests need: Chromium with fonts, and axe-core and the Nu HTML checker with the Java that it runs on.

`make test` runs this; it does nothing where all is there.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
PACKAGES = ("chromium",)
FONTS = ("fontconfig", "fonts-liberation")
HERE = Path(__file__).parent
CHECKERS = HERE.parents[1] / ".venv/.npm"
"""Where axe-core and the Nu checker are put: made anew when `npm/` has changed."""
AXE = CHECKERS / "node_modules/axe-core/axe.min.js"
NU = CHECKERS / "node_modules/vnu-jar/build/dist/vnu.jar"


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


def has_fonts() -> bool:
    """Return whether there are the faces that pages are looked at in; where no program lists the fonts, as on a Mac, the system has its own."""
    listed = shutil.which("fc-list")
    if listed is None:
        return not shutil.which("apt-get")
    return (
        "Liberation"
        in subprocess.run([listed, ":", "family"], stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False).stdout
    )


def succeeds(command: Sequence[str]) -> bool:
    try:
        return subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, check=False, timeout=60).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False


def java() -> str | None:
    """Return the path of a Java that starts, or None. Some systems have a `java` that only tells how to get one."""
    path = shutil.which("java")
    return path if path and succeeds([path, "-version"]) else None


def checkers_are_there() -> bool:
    lock = CHECKERS / "package-lock.json"
    return AXE.is_file() and NU.is_file() and lock.is_file() and lock.read_bytes() == (HERE / "npm/package-lock.json").read_bytes()


def install_checkers() -> bool:
    """Install axe-core and the Nu checker at the versions of `npm/package-lock.json`, whose digests npm compares."""
    if not shutil.which("npm") and not install_with_apt("npm", "npm"):
        return False
    print("Installing axe-core and the Nu HTML checker for the browser tests.", flush=True)
    CHECKERS.mkdir(parents=True, exist_ok=True)
    (CHECKERS / "package-lock.json").unlink(missing_ok=True)
    shutil.copy(HERE / "npm/package.json", CHECKERS)
    lock = HERE / "npm/package-lock.json"
    shutil.copy(lock, CHECKERS / "package-lock.json")
    done = run(["npm", "ci", "--prefix", str(CHECKERS), "--ignore-scripts", "--no-audit", "--no-fund"])
    if not done:
        (CHECKERS / "package-lock.json").unlink()
    return done


def install_with_apt(name: str, *packages: str) -> bool:
    """Try Debian's own packages, as root or where sudo asks no password."""
    if not shutil.which("apt-get"):
        return False
    if os.geteuid() == 0:
        as_root = ["env", "DEBIAN_FRONTEND=noninteractive"]
    elif succeeds(["sudo", "-n", "true"]):
        as_root = ["sudo", "-n", "env", "DEBIAN_FRONTEND=noninteractive"]
    else:
        return False
    print(f"Installing {name} for the browser tests.", flush=True)
    return all(
        run([*as_root, "apt-get", "-qq", *arguments]) for arguments in (["update"], ["install", "-y", "--no-install-recommends", *packages])
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


def tell(what: str) -> None:
    print(f"The browser tests need {what}", file=sys.stderr)


def main() -> int:
    missing = 0
    if not (
        installed()
        or playwrights_own()
        or (install_with_apt("Chromium", *PACKAGES) and installed())
        or (install_with_playwright() and playwrights_own())
    ):
        tell(
            "Chromium, and it could not be installed. Install Chromium or Google Chrome, then repeat: "
            "one on the PATH is found; BACKSTORY_CHROMIUM=/path/to/it names one elsewhere."
        )
        missing = 1
    # Also where a browser is there already: one that came without fonts shows pages in a face of its own. The tests hold with any.
    if not (has_fonts() or (install_with_apt("fonts", *FONTS) and has_fonts())):
        print("The fonts of fonts-liberation could not be installed: the browser tests run with those that are there.", file=sys.stderr)
    if not (java() or (install_with_apt("Java", "default-jre-headless") and java())):
        tell("Java (17 or newer) to check the HTML, and it could not be installed. Install one, then repeat.")
        missing = 1
    if not (checkers_are_there() or (install_checkers() and checkers_are_there())):
        tell(
            "axe-core and the Nu HTML checker, and npm could not install them. Install Node.js with npm, see that it reaches its registry, then repeat."
        )
        missing = 1
    return missing


if __name__ == "__main__":
    sys.exit(main())
