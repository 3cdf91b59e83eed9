"""`make fuzz`: each target in a process of its own, led by the coverage of our code, from a corpus of our own content.

What it finds is laid into `.fuzz/`, and the command that does it again is told. A find that is mended goes to `tests/fuzz/found/<target>/`,
which the tests try each time.
"""

import argparse
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
KEPT = ROOT / ".fuzz"
NAMES = ("document", "block", "body", "date", "quote")


def seeds(name):
    """Yield small beginnings for a target, from our own content."""
    for file in sorted((ROOT / "content").rglob("*")):
        if not file.is_file():
            continue
        data = file.read_bytes()
        front, _, text = data.removeprefix(b"---\n").partition(b"\n---\n")
        match name:
            case "document":
                yield bytes([len(file.parts) % 5]) + data[:4_000]
            case "block":
                yield front[:2_000]
            case "body":
                yield text[:2_000]
            case "quote":
                yield b" ".join(text.split()[3:8]) + b"\n" + text[:1_000]
            case "date":
                yield from (line.rpartition(b": ")[2] for line in front.split(b"\n") if line[-2:].isdigit())
    if name == "date":
        yield from (b"2022-01-XX", b"20XX", b"{2021,2022}", b"[..2022]", b"2022-21?/2023~", b"Y-17000", b"2022-01-01T10:00:00+01:00")


def run(name, arguments):
    """Become the fuzzer of one target; never returns."""
    import atheris

    with atheris.instrument_imports(include=["builder"]):
        from tests.fuzz.targets import TARGETS
    atheris.Setup([sys.argv[0], *arguments], TARGETS[name])
    atheris.Fuzz()


def fuzz(name, seconds):
    corpus = KEPT / "corpus" / name
    corpus.mkdir(parents=True, exist_ok=True)
    for number, data in enumerate(seeds(name)):
        (corpus / f"seed-{number}").write_bytes(data)
    found = KEPT / "found" / name
    found.mkdir(parents=True, exist_ok=True)
    command = [sys.executable, "-m", "tests.fuzz", "--one", name]
    limits = [f"-max_total_time={seconds}", "-timeout=10", "-rss_limit_mb=600", "-max_len=4000", "-verbosity=0", "-print_final_stats=0"]
    print(f"{name}: {seconds} s …", flush=True)
    done = subprocess.run([*command, str(corpus), *limits, f"-artifact_prefix={found}/"], cwd=ROOT, check=False)
    if done.returncode == 0:
        return True
    for file in sorted(found.iterdir()):
        print(
            f"{name} fails on {file.relative_to(ROOT)}. To see it again: {sys.executable} -m tests.fuzz --one {name} {file.relative_to(ROOT)}"
        )
    print(f"When it is mended, move the file to tests/fuzz/found/{name}/, where the tests try it each time.")
    return False


def main():
    asked = argparse.ArgumentParser(prog="python -m tests.fuzz")
    asked.add_argument("--seconds", type=int, default=60)
    asked.add_argument("--targets", default=" ".join(NAMES))
    asked.add_argument("--one", choices=NAMES)
    arguments, rest = asked.parse_known_args()
    if arguments.one:
        run(arguments.one, rest)
    results = [fuzz(name, arguments.seconds) for name in arguments.targets.split()]
    return 0 if all(results) else 1


if __name__ == "__main__":
    sys.exit(main())
