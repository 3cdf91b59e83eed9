"""Which problems keep a site from being published."""

from builder.diagnostics import ERROR, WARNING, Diagnostic, Location, stop_build

WARNED, WRONG = (Diagnostic("some-code", "Some words.", Location("a.md", 1, 1), severity=severity) for severity in (WARNING, ERROR))


def test_errors_stop_a_build_and_warnings_do_where_it_is_strict():
    assert [stop_build(found) for found in ((), (WARNED,), (WARNED, WRONG))] == [False, False, True]
    assert [stop_build(found, strict=True) for found in ((), (WARNED,), (WRONG,))] == [False, True, True]
