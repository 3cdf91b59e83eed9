"""What never leaves the machine, what a host would refuse, and how files are to be served."""

import gzip
import io
import itertools
import os
import struct

import brotli
import pytest
from PIL import Image

from builder import cli
from builder.content import image_metadata, secrets as leaks, settings
from builder.model import PublishTarget
from builder.output.plan import Fingerprint, Manifest
from builder.publish import headers, limits
from builder.publish.problems import PublishProblem
from builder.publish.transfer_plan import batches_to_send, compare, refuse_conflicts
from builder.publish.upload import ASSET, LIST, PAGE, Upload, UploadFile, find_leaks, gather, read_marker, sha256

# --- secrets ------------------------------------------------

# Put together here, so that nobody who looks for secrets finds these.
SECRETS = {
    "a private key": [
        "-----BEGIN OPENSSH PRIVATE" + " KEY-----",
        "-----BEGIN PRIVATE" + " KEY-----",
        "-----BEGIN PGP PRIVATE" + " KEY BLOCK-----",
    ],
    "an AWS access key": ["AKIA" + "IOSFODNN7EXAMPLE", "ASIA" + "IOSFODNN7EXAMPLE"],
    "an AWS secret key": [
        "aws_secret_access_key = " + "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
        '"SecretAccessKey": ' + '"wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"',
    ],
    "a GitHub token": [*(f"gh{kind}_" + "a1B2" * 9 for kind in "pousr"), "github" + "_pat_" + "a1B2c3D4e5" * 4],
    "a GitLab token": [f"gl{kind}-" + "a1B2c3D4e5" * 2 for kind in ("pat", "dt", "rt", "ptt", "ft")],
    "a Slack token": [f"xox{kind}-" + "1234567890-abcdef" for kind in "abeoprs"],
    "a Slack webhook": ["https://hooks.slack" + ".com/services/T0A1B2C3D/B0A1B2C3D/" + "a1B2c3D4" * 3],
    "a Stripe key": [kind + "a1B2c3D4" * 3 for kind in ("sk" + "_live_", "rk" + "_live_", "wh" + "sec_")],
    "a Google key": ["AIza" + "a1B2c3D" * 5],
    "a password in an address": [
        *(
            f"{scheme}://me:" + "hunter2@example.org/"
            for scheme in ("http", "HTTPS", "ftp", "ftps", "ssh", "postgres", "postgresql", "mysql", "mongodb", "rediss", "amqp")
        ),
        *(
            f"https://example.org/?a=1&{name}=" + "hunter2"
            for name in (
                "password",
                "passwd",
                "pwd",
                "secret",
                "api_key",
                "apikey",
                "access_token",
                "auth_token",
                "client_secret",
                "private_token",
                "x-amz-signature",
            )
        ),
        "https://example.org/?sv=1&sig=" + "aB1%2" * 9,
    ],
}


def test_every_kind_of_secret_is_tried():
    assert SECRETS.keys() == {what for what, _ in leaks.PATTERNS}


@pytest.mark.parametrize(
    "what, text", [pytest.param(what, text, id=f"{what}-{n}") for what, texts in SECRETS.items() for n, text in enumerate(texts)]
)
def test_a_secret_is_found_with_its_line_and_not_repeated(what, text):
    found = list(leaks.find(f"one\ntwo {text} three\n".encode()))
    assert [(leak.line, leak.what) for leak in found] == [(2, what)]
    assert text not in found[0].shown


@pytest.mark.parametrize(
    "text",
    [
        "The password is not told here: password=…",
        "https://example.org/a:b@c",
        "mailto:me@example.org",
        "https://example.org/?q=password",
        "BEGIN PUBLIC KEY",
        "AKIAthing and ghp_short",
        "/srv/ on its own, and https://example.org/srv/ada/x",
    ],
)
def test_what_is_no_secret_is_let_through(text):
    assert not list(leaks.find(text.encode(), private_folders=["/srv/ada"]))


def test_a_file_that_is_one_row_of_addresses_is_looked_through_at_once():
    row = b"http://a?b=" * 100_000
    assert not list(leaks.find(row))
    (leak,) = leaks.find(row + b"&api_key=abc123")
    assert leak.what == "a password in an address"


def test_a_folder_of_this_machine_is_found():
    assert [leak.what for leak in leaks.find(b"see /srv/ada/notes.txt", private_folders=["/srv/ada"])] == ["a folder of this machine"]
    assert not list(leaks.find(b"see /srv/adam/notes.txt", private_folders=["/srv/ada"]))


def test_a_folder_whose_name_is_no_utf_8_is_found_too():
    place = os.fsdecode(b"/srv/ad\xe4")
    found = list(leaks.find(b"see /srv/ad\xe4/notes.txt", private_folders=[place]))
    assert [leak.shown for leak in found] == ["/srv/ad\ufffd"]
    assert not list(leaks.find("see /srv/adä/notes.txt".encode(), private_folders=[place]))


def test_in_what_is_no_text_only_private_keys_are_looked_for():
    """By chance, bytes of pictures and films look like much else."""
    data = " ".join(secrets[0] for secrets in SECRETS.values()).encode() + b" /srv/ada/notes.txt"
    assert [leak.what for leak in leaks.find(data, private_folders=["/srv/ada"], text=False)] == ["a private key"]
    assert {leak.what for leak in leaks.find(data, private_folders=["/srv/ada"])} == {*SECRETS, "a folder of this machine"}


TEXTS = "a.html old.htm A.HTML a.css a.js a.mjs data/a.json a.jsonld a.geojson atom.xml robots.txt NOTES.TXT a.svg a.webmanifest a.csv a.tsv a.md a.ics a.ttl a.nt a.vtt"
TEXTS += " a.yaml a.yml a.log _headers _redirects CNAME"


@pytest.mark.parametrize("path", TEXTS.split())
def test_files_of_text_are_looked_through(path):
    (secret,) = SECRETS["a Google key"]
    files = {
        name: UploadFile(name, PAGE, len(secret), sha256(secret.encode()), secret.encode()) for name in (path, f"{path}.gz", "a.woff2")
    }
    assert [(found, leak.what) for found, leak in find_leaks(Upload(files, 0), [])] == [(path, "a Google key")]


PRIVATE = (
    ".env .htaccess #notes# ~$letter.docx notes.txt~ a.md.swp a.md.swo a.swx a.tmp A.BAK a.orig a.rej film.mp4.part film.mp4.crdownload"
)
PRIVATE += " a.md___jb_tmp___ a.md___jb_old___ Thumbs.db desktop.ini __MACOSX"


@pytest.mark.parametrize("name", [*PRIVATE.split(), "Icon\r"])
def test_hidden_files_and_what_editors_and_desktops_leave_lying_is_private(name):
    assert leaks.is_private(name)


@pytest.mark.parametrize("name", ["a.md", "icon", "icon.png", "_headers", "a~b.txt", "a#b.txt", "party", "tmp", "bak.html", "well-known"])
def test_other_files_are_not(name):
    assert not leaks.is_private(name)


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


@pytest.mark.parametrize(
    "target",
    [
        "{to: s3, bucket: news, aws_secret_access_key: x}",
        "{to: git, remote: 'https://example.org/x.git?token=hunter2'}",
        "{to: git, remote: 'https://hunter2hunter2hunter2@example.org/x.git'}",
        "{to: webdav, endpoint: 'https://example.org/x/?t=hunter2'}",
        "{to: azure, bucket: news, endpoint: 'https://example.org/x?sv=2020&sig=hunter2'}",
        *(
            f"{{to: rsync, host: x, path: /x, {key}: hunter2}}"
            for key in ("pass", "pwd", "auth", "key", "api_key", "my-pass", "sas", "passphrase")
        ),
        "{to: git, remote: 'https://me:hunter2@example.org/a.git'}",
        "{to: rsync, host: 'me:hunter2@example.org', path: /srv}",
        "{to: git, remote: 'me:hunter2@example.org:a.git'}",
        "{to: git, remote: 'https://example.org/a.git?private_token=hunter2'}",
        "{to: azure, bucket: news, account: a, endpoint: 'https://example.org/?sv=1&sig=hunter2AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA%3D'}",
    ],
)
def test_a_secret_in_the_settings_is_refused(target):
    _, problems = settings.read(f"title: X\npublish:\n  live: {target}\n".encode())
    assert [problem.code for problem in problems] == ["secret-in-settings"]
    assert "hunter2" not in leaks.masked(f"  live: {target}")
    assert "hunter2" not in problems[0].message + problems[0].help


@pytest.mark.parametrize(
    "target, code",
    [
        ("{to: foldr, path: x}", "value-unknown"),
        ("{to: folder}", "key-missing"),
        ("{path: x}", "key-missing"),
        ("{to: folder, path: x, bucket: y}", "key-unknown"),
        ("{to: rsync, host: '-oProxyCommand=x', path: y}", "value-wrong"),
        ("{to: git, remote: '--upload-pack=x'}", "value-wrong"),
        ("{to: git, remote: x, branch: 'a..b'}", "value-wrong"),
        ("{to: git, remote: x, cname: 'https://example.org/'}", "value-wrong"),
        ("{to: s3, bucket: 'news of today'}", "value-wrong"),
        ("{to: s3, bucket: news/explained}", "value-wrong"),
        ("x", "not-a-record"),
    ],
)
def test_a_wrong_target_is_told(target, code):
    chosen, problems = settings.read(f"title: X\npublish:\n  live: {target}\n".encode())
    assert code in {problem.code for problem in problems}
    assert not chosen.publish


@pytest.mark.parametrize("name", ["news", "news.example.org", "my_news-1", "$web"])
def test_a_bucket_may_have_the_names_that_stores_give(name):
    chosen, problems = settings.read(f"title: X\npublish:\n  live: {{to: azure, bucket: {name}}}\n".encode())
    assert not problems
    assert chosen.publish[0].bucket == name


def test_an_endpoint_that_cannot_be_is_told():
    _, problems = settings.read(b"title: X\npublish:\n  live: {to: s3, bucket: x, endpoint: 'http://127.0.0.1:137853'}\n")
    assert [problem.code for problem in problems] == ["url-wrong"]


def test_the_target_must_be_named_where_there_are_several(site, tmp_path):
    assert site.publish().code == cli.USAGE
    site.targets(f"live: {{to: folder, path: {tmp_path}/a}}\nbox: {{to: folder, path: {tmp_path}/b}}")
    done = site.publish()
    assert (done.code, "backstory publish live" in done.err) == (cli.USAGE, True)
    done = site.publish("lve")
    assert (done.code, "“live”" in done.err) == (cli.USAGE, True)


# --- pictures ------------------------------------------------


def picture(kind, *, orientation, **more):
    """A real picture, made by another program than ours, with GPS and the name of a camera."""
    image = Image.effect_mandelbrot((64, 48), (-2, -1.5, 1, 1.5), 40).convert("RGB")
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010F] = "Spy Camera"
    exif.get_ifd(0x8825).update({1: "N", 2: (52.0, 31.0, 12.0), 3: "E", 4: (13.0, 24.0, 36.0)})
    stream = io.BytesIO()
    image.save(stream, kind, exif=exif, **more)
    return stream.getvalue()


@pytest.mark.parametrize("kind, orientation", list(itertools.product(("JPEG", "PNG", "WEBP"), (1, 6))))
def test_a_picture_loses_its_place_and_not_one_pixel(kind, orientation):
    more = {"progressive": True, "comment": b"Spy"} if kind == "JPEG" else {"lossless": True} if kind == "WEBP" else {}
    data = picture(kind, orientation=orientation, **more)
    before = Image.open(io.BytesIO(data))
    assert before.getexif().get_ifd(0x8825)
    bare = image_metadata.bare(data)
    after = Image.open(io.BytesIO(bare))
    assert after.tobytes() == before.tobytes()
    assert dict(after.getexif()) == ({} if orientation == 1 else {0x0112: orientation})
    assert not after.getexif().get_ifd(0x8825)
    assert b"Spy" not in bare
    assert image_metadata.bare(bare) == bare


def test_a_picture_that_was_made_to_stall_does_not():
    def box(kind, content):
        return struct.pack(">I4s", len(content) + 8, kind) + content

    infe = box(b"infe", b"\2\0\0\0" + struct.pack(">HH4s", 1, 0, b"Exif") + b"\0")
    iinf = box(b"iinf", b"\0\0\0\0\0\1" + infe)
    for sizes, pieces in ((0x0000, b""), (0x4400, struct.pack(">II", 0, 1 << 20) * 65535)):
        items = (struct.pack(">HHH", 1, 0, 65535) + pieces) * (1 if pieces else 65535)
        iloc = box(b"iloc", b"\0\0\0\0" + struct.pack(">HH", sizes, 65535) + items)
        made = box(b"ftyp", b"avif\0\0\0\0") + box(b"meta", b"\0\0\0\0" + iinf + iloc) + b"x" * (1 << 20)
        assert image_metadata.bare(made) == made
    endless = box(b"iloc", b"\2\0\0\0" + struct.pack(">HI", 0x4400, (1 << 32) - 1))
    made = box(b"ftyp", b"avif\0\0\0\0") + box(b"meta", b"\0\0\0\0" + iinf + endless)
    assert image_metadata.bare(made) == made
    whole = picture("JPEG", orientation=1)
    filled = whole.removesuffix(b"\xff\xd9") + b"\xff" * (1 << 20)
    assert (
        image_metadata.bare(filled + b"\0\xff\xd9")
        == image_metadata.bare(whole).removesuffix(b"\xff\xd9") + b"\xff" * (1 << 20) + b"\0\xff\xd9"
    )
    assert image_metadata.bare(filled + b"\xd9") == image_metadata.bare(whole)


@pytest.mark.parametrize("orientation", [1, 6])
def test_an_avif_picture_loses_its_place_and_stays_the_way_up_that_it_is(orientation):
    data = picture("AVIF", orientation=orientation, xmp=b"<x:xmpmeta xmlns:x='adobe:ns:meta/'>Spy</x:xmpmeta>")
    before = Image.open(io.BytesIO(data))
    assert before.getexif().get_ifd(0x8825)
    bare = image_metadata.bare(data)
    after = Image.open(io.BytesIO(bare))
    assert after.size == before.size
    assert after.tobytes() == before.tobytes()
    assert not after.getexif().get_ifd(0x8825)
    assert b"Spy" not in bare
    assert len(bare) == len(data)
    assert image_metadata.bare(bare) == bare


def test_what_phones_hang_on_behind_a_picture_goes_too():
    data = picture("JPEG", orientation=1)
    assert image_metadata.bare(data + picture("JPEG", orientation=1)) == image_metadata.bare(data)


def test_a_picture_that_is_cut_off_tells_nothing_either():
    """Browsers show what there is of it."""
    for kind in ("JPEG", "PNG", "WEBP"):
        data = picture(kind, orientation=6)
        for end in range(0, len(data), 7):
            bare = image_metadata.bare(data[:end])
            assert b"Spy" not in bare
            assert image_metadata.bare(bare) == bare
    for end in range(0, len(avif := picture("AVIF", orientation=6)), 7):
        image_metadata.bare(avif[:end])
    assert image_metadata.bare(b"\xff\xd8\xff" + struct.pack(">BH", 0xE1, 1)) == b"\xff\xd8"
    assert image_metadata.bare(b"no picture") == b"no picture"


def test_bytes_between_the_segments_of_a_picture_hide_nothing():
    """Browsers pass over them."""
    data = picture("JPEG", orientation=6)
    end = 2 + struct.unpack_from(">H", data, 4)[0] + 2
    for stray in (b"\0", b"\0\xff\0", b"\xff", b"\xff\xe5\0\1", b"\xff\xd8", b"Spy\xff\xed\0\5Spy"):
        for at in (2, end):
            changed = data[:at] + stray + data[at:]
            bare = image_metadata.bare(changed)
            if changed[2:3] == b"\xff":  # else it is no JPEG to a browser
                assert b"Spy" not in bare
                assert Image.open(io.BytesIO(bare)).tobytes() == Image.open(io.BytesIO(data)).tobytes()


@pytest.mark.parametrize("kind, name", [("PNG", b"caBX"), ("PNG", b"zxIf"), ("WEBP", b"C2PA")])
def test_chunks_that_show_nothing_go(kind, name):
    data = picture(kind, orientation=1, **({"lossless": True} if kind == "WEBP" else {}))
    before = Image.open(io.BytesIO(data)).tobytes()
    if kind == "PNG":
        at = data.index(b"IDAT") - 4
        data = data[:at] + struct.pack(">I", 4) + name + b"Spy!" + struct.pack(">I", 0) + data[at:]
    else:
        data += name + struct.pack("<I", 4) + b"Spy!"
        data = data[:4] + struct.pack("<I", len(data) - 8) + data[8:]
    bare = image_metadata.bare(data)
    assert b"Spy" not in bare
    assert Image.open(io.BytesIO(bare)).tobytes() == before


def test_the_site_has_pictures_without_their_place(site):
    folder = site.root / "content/static/pictures"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "boat.JPG").write_bytes(picture("JPEG", orientation=6))
    assert cli.main(["build", "--root", str(site.root), "--jobs", "1"]) == cli.FINE
    assert b"Spy Camera" not in (site.root / "site/pictures/boat.JPG").read_bytes()
    assert Image.open(io.BytesIO((site.root / "site/pictures/boat.JPG").read_bytes())).getexif()[0x0112] == 6


# --- order ------------------------------------------------


def upload(**kinds):
    return Upload({path: UploadFile(path, kind, 1, path, b"") for path, kind in sorted(kinds.items())}, 0)


def test_the_order_is_assets_new_pages_pages_lists():
    files = upload(style=ASSET, fresh=PAGE, old=PAGE, index=LIST, feed=LIST, kept=PAGE)
    made = compare(files, {"old": False, "index": False, "kept": True, "gone": False, "theirs": False}, {"gone", "old"})
    assert made.deleted == ("gone",)
    assert made.existing == 4
    sent = [(name, paths) for name, paths in batches_to_send(files, made) if paths]
    assert sent == [("assets", ("style",)), ("new pages", ("feed", "fresh")), ("pages", ("old",)), ("lists and feeds", ("index",))]


@pytest.mark.parametrize(
    "path, kind, order",
    [
        *((f"{kind}/index.html", kind, LIST) for kind in ("home", "not-found", "list", "topic", "changes", "search")),
        *((f"{kind}/index.html", kind, PAGE) for kind in ("explainer", "actor", "event", "source", "page", "redirect")),
        ("sitemap.xml", "sitemap", LIST),
        ("data/quotes.csv", "all-records", LIST),
        ("explainers/ferry/card.png", "share-image", ASSET),
        ("images/boat-800.webp", "picture", ASSET),
        ("guide/boat.svg", "copy", ASSET),
        ("old.htm", "copy", PAGE),
        ("old.html", "copy", PAGE),
        ("pagefind/pagefind.js", "search-index", ASSET),
        # They name the files of the index, which must be there before them.
        ("pagefind/pagefind-entry.json", "search-entry", LIST),
    ],
)
def test_what_leads_to_others_comes_after_them(tmp_path, path, kind, order):
    (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / path).write_text("words")
    made = gather(tmp_path, Manifest("1", {}, {path: Fingerprint(kind, "", "", "")}), PublishTarget("x", "folder"), "")
    assert {file.path: file.kind for file in made.files.values()} == {path: order}


@pytest.mark.parametrize(
    "there, ours, found",
    [
        ({"a": True}, {"a"}, ((), (), ("a",), ())),
        ({"a": False}, {"a"}, ((), ("a",), (), ())),
        ({}, {"a", "gone"}, (("a",), (), (), ())),
        ({"a": True, "gone": False}, {"a", "gone"}, ((), (), ("a",), ("gone",))),
        ({"a": True, "theirs": False}, {"a"}, ((), (), ("a",), ())),
    ],
)
def test_what_becomes_of_each_file(there, ours, found):
    made = compare(upload(a=PAGE), there, ours)
    assert (made.new, made.changed, made.same, made.deleted) == found
    assert made.any is (found != ((), (), ("a",), ()))


def test_texts_that_are_long_enough_lie_packed_beside_themselves_where_that_is_wished(tmp_path):
    texts = {"long.html": "words" * 200, "short.html": "words", "film.mp4": "words" * 200}
    for path, text in texts.items():
        (tmp_path / path).write_text(text)
    made = Manifest("1", {}, {path: Fingerprint("copy", "", "", "") for path in texts})
    assert set(gather(tmp_path, made, PublishTarget("x", "folder"), "").files) == set(texts)
    packed = gather(tmp_path, made, PublishTarget("x", "folder", precompress=True, brotli=True), "").files
    assert set(packed) == {*texts, "long.html.gz", "long.html.br"}
    assert brotli.decompress(packed["long.html.br"].read()).decode() == texts["long.html"]
    assert packed["long.html.br"].kind == PAGE
    assert gzip.decompress(packed["long.html.gz"].read()).decode() == texts["long.html"]
    assert packed["long.html.gz"].kind == PAGE


@pytest.mark.parametrize("path", ["c/x", "a", "a/b/more", "d/e"])
def test_what_others_have_where_the_site_must_lie_stops_before_anything_is_sent(path):
    site = Upload({name: UploadFile(name, PAGE, 1, name, b"") for name in ("a/b", "c", "d/e/f")}, 0)
    refuse_conflicts(site, ["a/other", "other/a", "c2", "b"], "the server")
    with pytest.raises(PublishProblem, match=f"^{path} at the server was not put there by Backstory"):
        refuse_conflicts(site, ["a/other", path], "the server")


@pytest.mark.parametrize("data", [None, b"", b"[]", b"{}", b'{"files": 1}', b'{"files": {"a": 1}}', b"\xff"])
def test_what_is_no_list_of_ours_is_none(data):
    assert read_marker(data) is None


def test_the_list_at_a_target_comes_back_and_names_nothing_outside():
    site = Upload({"a": UploadFile("a", PAGE, 1, "digest", b"")}, 0)
    assert read_marker(site.marker(["gone"])) == {"a": "digest", "gone": ""}
    assert read_marker(b'{"files": {"../x": "1", "/etc/x": "2", "b/../../x": "3", "b/c": "4"}}') == {"b/c": "4"}


# --- hosts ------------------------------------------------

BIG = Upload({"a.bin": UploadFile("a.bin", ASSET, 1200 * limits.MB, "", b"")}, 0)
MANY = Upload({f"{n}": UploadFile(f"{n}", PAGE, 1, "", b"") for n in range(60_000)}, 0)
MOVED = Upload({"_redirects": UploadFile("_redirects", LIST, 200_000, sha256(b""), b"")}, 3000)


@pytest.mark.parametrize(
    "host, files, words",
    [
        ("github", BIG, "1,000.0 MB"),
        ("github", BIG, "no file over 100.0 MB"),
        ("gitlab", BIG, "1,000.0 MB"),
        ("gitlab", MOVED, "takes 1,000 redirects"),
        ("cloudflare", BIG, "no file over 25.0 MB"),
        ("cloudflare", MANY, "takes 20,000. A paid plan takes 100,000: with one, write “for: cloudflare-paid”"),
        ("cloudflare-paid", BIG, "no file over 25.0 MB"),
        ("cloudflare", MOVED, "takes 2,000 redirects"),
        ("cloudflare", MOVED, "reads 100,000"),
        ("netlify", MANY, "takes 54,000"),
    ],
)
def test_what_a_host_refuses_is_told_with_its_limit(host, files, words):
    assert any(words in told for told in limits.exceeded_limits(files, PublishTarget("x", "folder", served_by=host)))


def test_a_paid_plan_of_cloudflare_takes_more_files_and_reads_the_same(tmp_path):
    target = PublishTarget("x", "folder", served_by="cloudflare-paid")
    assert list(limits.exceeded_limits(MANY, target)) == []
    more = Upload({f"{n}": UploadFile(f"{n}", PAGE, 1, "", b"") for n in range(100_001)}, 0)
    assert list(limits.exceeded_limits(more, target)) == ["The site has 100,001 files; Cloudflare Pages (paid plan) takes 100,000."]
    free = PublishTarget("x", "folder", served_by="cloudflare")
    moved = (("/old/", "/new/"),)
    assert list(headers.host_files(target, "", moved, ["a.html"])) == list(headers.host_files(free, "", moved, ["a.html"]))


def test_a_limit_of_names_headers_and_redirects_is_told():
    def told(host, **files):
        made = Upload(
            {
                path.replace("0", "#"): UploadFile(path.replace("0", "#"), PAGE, len(data), sha256(data), data)
                for path, data in files.items()
            },
            0,
        )
        target = PublishTarget("x", "s3", bucket="b", prefix="desk/") if host == "s3" else PublishTarget("x", "folder", served_by=host)
        return list(limits.exceeded_limits(made, target))

    assert told("netlify", a0b=b"") == ["a#b has “#” in its name, which Netlify refuses. Rename the file."]
    assert told("s3", **{"x" * 1020: b""}) == [f"{'x' * 80}… has a name that is too long; Amazon S3 allows at most 1,024 bytes."]
    assert told("s3", **{"x" * 1019: b""}) == []
    assert told("cloudflare", _headers=b"/a\n  X: y\n" * 101) == ["_headers has 101 rules; Cloudflare Pages (free plan) reads 100."]
    assert "Line 2 of _headers has 2,003 characters" in told("cloudflare", _headers=b"/a\n X:" + b"y" * 2000)[0]
    assert "Line 1 of _redirects has 1,006 characters" in told("cloudflare", _redirects=b"/a /b " + b"c" * 1000)[0]


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


def test_github_is_known_by_the_address_of_the_repository():
    assert list(limits.exceeded_limits(BIG, PublishTarget("x", "git", remote="git@github.com:me/site.git")))
    assert not list(limits.exceeded_limits(BIG, PublishTarget("x", "folder")))


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


def test_redirects_keep_to_the_path_of_the_site(tmp_path):
    (tmp_path / "old").mkdir()
    (tmp_path / "old/index.html").write_text("moved")
    made = Manifest(
        "1", {}, {"old/index.html": Fingerprint("redirect", "redirect.html", "", "")}, redirects={"old/index.html": "explainers/a&b/"}
    )
    files = gather(tmp_path, made, PublishTarget("x", "folder", served_by="cloudflare"), "https://example.org/desk/")
    assert files.files["_redirects"].read() == b"/desk/old/ /desk/explainers/a&b/ 301\n"


@pytest.mark.parametrize("path", [".env", "a/.git/config", "notes.md~", "../x", "/etc/x", "a//b", "a.swp"])
def test_a_hidden_file_in_the_manifest_is_refused(tmp_path, path):
    with pytest.raises(PublishProblem, match="hidden"):
        gather(tmp_path, Manifest("1", {}, {path: Fingerprint("copy", "", "", "")}), PublishTarget("x", "folder"), "")


@pytest.mark.parametrize(
    "path, kind",
    [
        ("index.html", "text/html; charset=utf-8"),
        ("assets/a.css", "text/css; charset=utf-8"),
        ("atom.xml", "application/atom+xml; charset=utf-8"),
        ("sitemap.xml", "application/xml; charset=utf-8"),
        ("robots.txt", "text/plain; charset=utf-8"),
        ("a.svg", "image/svg+xml; charset=utf-8"),
        ("a.woff2", "font/woff2"),
        ("A.JPG", "image/jpeg"),
        ("data.json", "application/json"),
        ("topics/schools/feed.json", "application/feed+json"),
        ("data/entities.ftm.json", "application/x-ndjson"),
        ("explainers/ferry/annotations.jsonld", "application/ld+json"),
        ("events/events.ics", "text/calendar; charset=utf-8"),
        ("data/quotes.csv", "text/csv; charset=utf-8"),
        ("unknown", "application/octet-stream"),
    ],
)
def test_each_file_has_its_media_type(path, kind):
    assert headers.content_type(path) == kind
