"""What hosts refuse, told before anything is sent."""

import pytest

from builder.model import PublishTarget
from builder.publish import headers, limits
from builder.publish.upload import ASSET, LIST, PAGE, Upload, UploadFile, sha256

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


def test_github_is_known_by_the_address_of_the_repository():
    assert list(limits.exceeded_limits(BIG, PublishTarget("x", "git", remote="git@github.com:me/site.git")))
    assert not list(limits.exceeded_limits(BIG, PublishTarget("x", "folder")))


def sized(*sizes, redirects=0, moved=0):
    files = {f"{n}.bin": UploadFile(f"{n}.bin", ASSET, size, "", b"") for n, size in enumerate(sizes)}
    return Upload(files | {"_redirects": UploadFile("_redirects", LIST, moved, sha256(b""), b"")}, redirects)


@pytest.mark.parametrize(
    "host, most, more",
    [
        ("github", sized(*[100 * limits.MB] * 10), sized(*[100 * limits.MB] * 10, 1)),
        ("github", sized(100 * limits.MB), sized(100 * limits.MB + 1)),
        ("gitlab", sized(redirects=1000), sized(redirects=1001)),
        ("gitlab", sized(moved=64 * 1024), sized(moved=64 * 1024 + 1)),
        ("netlify", sized(*[1] * 53_999), sized(*[1] * 54_000)),
        ("cloudflare", sized(*[1] * 19_999), sized(*[1] * 20_000)),
    ],
    ids=["size", "size of a file", "redirects", "size of redirects", "files in a folder", "files"],
)
def test_what_reaches_a_limit_is_taken_and_what_exceeds_it_is_told_once(host, most, more):
    target = PublishTarget("x", "folder", served_by=host)
    assert list(limits.exceeded_limits(most, target)) == []
    assert len(list(limits.exceeded_limits(more, target))) == 1
