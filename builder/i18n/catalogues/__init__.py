"""Language catalogues and the tools that make them; the tools are not installed.

Translators write two files for a language. `<tag>.po` has the words of the interface, for any gettext tool; English is the source,
so `en.po` has only the English. `<tag>.toml` has the wording of dates, which needs cases and rules that gettext lacks.
Data of Unicode's CLDR (names of months and weekdays, digit grouping, plural rules, text direction) comes
from Babel. `make languages` compiles all three into `<tag>.json`, the only file that the program reads, so that it loads neither Babel nor gettext files.
"""
