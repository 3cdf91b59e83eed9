"""What stands beside a quotation."""

from builder.checks.beside_quotations import beside

TEXT = "Other.\n\nShe said\n“no”\nand left.\n\nMore."


def test_it_is_of_the_same_paragraph_in_one_line():
    start = TEXT.index("“")
    assert beside(TEXT, start, start + 4, 80) == ("She said ", " and left.")


def test_it_is_no_longer_than_asked_for():
    start = TEXT.index("“")
    assert beside(TEXT, start, start + 4, 5) == ("said ", " and ")
