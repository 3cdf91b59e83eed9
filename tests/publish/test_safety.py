"""What never leaves the machine, and what a host would refuse, by whole publishes. The parts are tested in tests/unit."""

import io

from PIL import Image

from builder import cli
from builder.publish import limits
from tests.unit.content.test_image_metadata import picture
from tests.unit.content.test_secrets import SECRETS

# --- secrets ------------------------------------------------


def test_a_secret_in_the_content_stops_everything(site, tmp_path):
    site.targets(f"live: {{to: folder, path: {tmp_path}/live}}")
    with (site.root / "content/pages/about.md").open("a") as page:
        page.write(f"\n\nOur key is {SECRETS['an AWS access key'][0]}.\n")
    done = site.publish()
    assert done.code == cli.PROBLEMS
    assert "site/about/index.html:" in done.err
    assert "an AWS access key" in done.err
    assert SECRETS["an AWS access key"][0] not in done.err
    assert not (tmp_path / "live").exists()
    assert site.publish("--json").told["leaks"]


def test_drafts_their_pictures_and_what_lies_about_are_not_published(site, tmp_path):
    site.targets(f"live: {{to: folder, path: {tmp_path}/live}}")
    content = site.root / "content"
    (content / "explainers/secret").mkdir()
    (content / "explainers/secret/index.md").write_text("---\ntitle: Not yet\nstatus: draft\n---\nText. ![A scoop](scoop.png)\n")
    (content / "explainers/secret/scoop.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    for name in (".env", "notes.txt~", ".DS_Store", "#notes#"):
        (content / "static" / name).parent.mkdir(exist_ok=True)
        (content / "static" / name).write_text("private")
    cli.main(["build", "--root", str(site.root), "--drafts", "--jobs", "1"])
    assert (site.root / "site/explainers/secret/scoop.png").exists()
    (site.root / "site/left-by-hand.html").write_text("private")
    assert site.publish().code == cli.FINE
    published = {path.relative_to(tmp_path / "live").as_posix() for path in (tmp_path / "live").rglob("*") if path.is_file()}
    assert not [path for path in published if "secret" in path or "private" in (tmp_path / "live" / path).read_text("latin-1")]
    assert "left-by-hand.html" not in published


def test_a_warning_stops_publishing_unless_told(site, tmp_path):
    site.targets(f"live: {{to: folder, path: {tmp_path}/live}}")
    (site.root / "content/nowhere.md").write_text("unused")
    done = site.publish()
    assert (done.code, (tmp_path / "live").exists()) == (cli.PROBLEMS, False)
    assert "--no-strict" in done.err
    assert site.publish("--no-strict").code == cli.FINE


def test_the_target_must_be_named_where_there_are_several(site, tmp_path):
    assert site.publish().code == cli.USAGE
    site.targets(f"live: {{to: folder, path: {tmp_path}/a}}\nbox: {{to: folder, path: {tmp_path}/b}}")
    done = site.publish()
    assert (done.code, "backstory publish live" in done.err) == (cli.USAGE, True)
    done = site.publish("lve")
    assert (done.code, "“live”" in done.err) == (cli.USAGE, True)


# --- pictures ------------------------------------------------


def test_the_site_has_pictures_without_their_place(site):
    folder = site.root / "content/static/pictures"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "boat.JPG").write_bytes(picture("JPEG", orientation=6))
    assert cli.main(["build", "--root", str(site.root), "--jobs", "1"]) == cli.FINE
    assert b"Spy Camera" not in (site.root / "site/pictures/boat.JPG").read_bytes()
    assert Image.open(io.BytesIO((site.root / "site/pictures/boat.JPG").read_bytes())).getexif()[0x0112] == 6


# --- hosts ------------------------------------------------


def test_what_a_host_would_refuse_is_told_before_anything_is_sent(site):
    (site.root / "content/static").mkdir(exist_ok=True)
    (site.root / "content/static/a#b.txt").write_text("words")
    before = site.files()
    for host, code, words in (
        ("netlify", cli.PROBLEMS, "a#b.txt has “#” in its name"),
        ("github-pages", cli.FINE, "github-pages would take this site."),
    ):
        assert cli.main(["check", "--root", str(site.root), "--host", host]) == code
        assert words in site.capsys.readouterr().out
    assert site.files() == before


def test_a_limit_stops_before_anything_is_sent(site, tmp_path, monkeypatch):
    monkeypatch.setitem(limits.LIMITS, "cloudflare", limits.HostLimits("Cloudflare Pages", files=10))
    site.targets(f"live: {{to: folder, path: {tmp_path}/live, for: cloudflare}}")
    done = site.publish()
    assert done.code == cli.PROBLEMS
    assert "Cloudflare Pages takes 10" in done.err
    assert not (tmp_path / "live").exists()


def test_hosts_are_told_of_headers_and_old_addresses(site, tmp_path):
    page = site.root / "content/pages/about.md"
    page.write_text(page.read_text().replace("---\n", "---\naliases: [/old/über-us/]\n", 1))
    for host, code in (("cloudflare", "301"), ("netlify", "301!")):
        site.targets(f"live: {{to: folder, path: {tmp_path}/{host}, for: {host}}}")
        assert site.publish().code == cli.FINE, site.publish().err
        told = (tmp_path / host / "_headers").read_text()
        assert "script-src 'self'" in told
        assert "unsafe" not in told
        assert (tmp_path / host / "_redirects").read_text().endswith(f" /about/ {code}\n")
    (site.root / "content/static/_headers").write_text("/*\n  X-Mine: yes\n")
    assert site.publish().code == cli.FINE
    assert (tmp_path / "netlify/_headers").read_text() == "/*\n  X-Mine: yes\n"
