"""How a build grows with the site: cold builds of ours alone, by stage, of a corpus as it is and of one where an actor is in every explainer.

    python -m tests.bench.growth 1000 5000 20000

Prints a row a stage and a column a corpus, in milliseconds for each explainer, and the peak of memory; `--warm` also builds once more after an edited body,
`--images` from nothing with an image drawn for each explainer and a picture that each tenth leads with.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.bench import corpus
from tests.bench.pictures import give_images


def built(root, output, *arguments):
    """Build once, and return the profile; memory is that of the first process and of the largest that it started."""
    command = [sys.executable, "-m", "builder", "build", "--root", root, "--output", output, "--profile", "--json", *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(done.stderr[-2000:])
    return json.loads(done.stdout)["profile"]


def measured(number, folder, *, everywhere, warm, images):
    """Return what a cold build took, and one after an edit; all of it stays in the folder."""
    root, output = folder / str(number) / "site-folder", folder / str(number) / "out"
    # In a process of its own: what this one holds would count as memory of the builds that it starts.
    command = [sys.executable, "-m", "tests.bench.corpus", str(number), root, "--dialect", "backstory"]
    subprocess.run([*command, *(["--everywhere"] if everywhere else [])], check=True)
    found = {"cold": built(root, output)}
    if warm:
        explainer = min((root / "content/explainers").iterdir())
        explainer.write_text(explainer.read_text("utf-8") + "\nA sentence more.\n", "utf-8")
        found["body"] = built(root, output)
    if images:
        give_images(root)
        found["cold, images on"] = built(root, folder / str(number) / "with-images", "--no-cache")
    return found


def column(number, profile):
    """Return the cells of one build by row."""
    cells = {stage["stage"]: f"{stage['seconds'] * 1000 / number:.2f}" for stage in profile["stages"]}
    processor = sum(stage["cpu_seconds"] for stage in profile["stages"])
    return cells | {
        "**whole**": f"{profile['seconds'] * 1000 / number:.2f}",
        "processor": f"{processor * 1000 / number:.2f}",
        "whole, s": f"{profile['seconds']:.1f}",
        "memory, first process, MB": f"{profile['memory_mb']['own']:.0f}",
        "memory, largest started, MB": f"{profile['memory_mb']['largest_started']:.0f}",
    }


def main():
    parser = argparse.ArgumentParser(prog="python -m tests.bench.growth", description=__doc__.partition("\n")[0])
    parser.add_argument("numbers", type=int, nargs="+", metavar="N")
    parser.add_argument("--everywhere", action="store_true", help="only the corpus where one actor is in every explainer")
    parser.add_argument("--warm", action="store_true", help="build once more after an edited body")
    parser.add_argument("--images", action="store_true", help="build from nothing once more with images on")
    asked = parser.parse_args()
    if min(asked.numbers) < corpus.FEWEST:
        parser.error(f"a corpus has at least {corpus.FEWEST} explainers")
    columns = {}
    # Nothing is deleted before the end: some disks make folders ever more slowly for minutes after many were.
    with tempfile.TemporaryDirectory(prefix="backstory-growth-") as folder:
        for number in asked.numbers:
            for kind, profile in measured(number, Path(folder), everywhere=asked.everywhere, warm=asked.warm, images=asked.images).items():
                columns[f"{number} {kind}"] = column(number, profile)
                print(f"{number} {kind}: {profile['seconds']:.1f} s", file=sys.stderr, flush=True)
    rows = list(dict.fromkeys(row for cells in columns.values() for row in cells))
    print("| ms for each explainer | " + " | ".join(columns) + " |")
    print("|---" * (len(columns) + 1) + "|")
    for row in rows:
        print(f"| {row} | " + " | ".join(cells.get(row, "") for cells in columns.values()) + " |")


if __name__ == "__main__":
    main()
