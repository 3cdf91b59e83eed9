"""The catalogues of all languages, and what makes them: for those who work on Backstory, not part of what is installed.

What people write of a language is two files. `<tag>.po` holds the words of the interface, for any tool that opens gettext files; English is the source,
so `en.po` has nothing but the English. `<tag>.toml` holds how dates are put into words, which takes cases and rules that gettext has not.
What Unicode's CLDR knows (names of months and weekdays, how numbers are grouped, which plural goes with which number, what is read from the right) comes
from Babel. `make languages` puts the three together into `<tag>.json`, the one file that the program reads, so that it loads neither Babel nor gettext files.
"""
