"""Whatever is asked for, the preview looks up a plain name or nothing, and redirects to itself."""

from urllib.parse import quote, urljoin, urlsplit

from hypothesis import HealthCheck, example, given, settings, strategies as st

from builder.preview import ranges, request_paths

PIECES = st.sampled_from(
    ["/", "\\", "%2f", "%5c", "..", ".", "%2e", "%252e", "%00", "a", "ä", "%C3%A4", "%ff", "%", "?", "#", ":", "@", "evil.example", "\t"]
)
TARGETS = st.one_of(
    st.lists(PIECES).map(lambda parts: ("/" + "".join(parts)).encode()), st.binary().map(lambda tail: b"/" + tail), st.binary()
)


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(TARGETS)
@example(b"//evil.example/")
@example(b"/\\evil.example/")
@example(b"/%2f%2fevil.example/")
def test_a_name_stays_inside_and_its_address_on_this_server(target):
    path, _ = request_paths.split(target)
    name = request_paths.name(path)
    if name is None:
        return
    assert not name.startswith("/")
    assert not {"", ".", ".."} & set(name.removesuffix("/").split("/")) or not name
    assert not any(part.startswith(".") for part in name.split("/"))
    assert not {"\\", "\0"} & set(name)
    address = request_paths.address(f"{name}/" if name else name)
    assert urlsplit(urljoin("http://localhost:8000/x/", address)).netloc == "localhost:8000"
    assert request_paths.name(request_paths.address(name).encode()) == name


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(
        st.text(st.characters(exclude_characters="/\\", exclude_categories=["C"]), min_size=1).filter(
            lambda part: not part.startswith(".")
        ),
        min_size=1,
        max_size=4,
    )
)
def test_every_file_of_a_site_is_found_by_its_address(parts):
    name = "/".join(parts)
    if len(quote(name)) < request_paths.MAX_TARGET_BYTES:
        assert request_paths.name(request_paths.address(name).encode()) == name


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(st.one_of(st.text(), st.from_regex(r"bytes=\d*-\d*", fullmatch=True)), st.integers(0, 50))
def test_a_range_is_within_the_file(header, size):
    try:
        part = ranges.wanted(header, "", '"x"', size)
    except ranges.NotSatisfiable:
        return
    assert part is None or 0 <= part[0] < part[1] <= size
