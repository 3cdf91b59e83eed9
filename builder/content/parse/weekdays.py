"""The author's own words in the front matter."""

from builder.content import markup, schema
from builder.content.fields import Reader, Values


def check_weekdays(reader: Reader, values: Values, record: str) -> None:
    """Report weekdays in the author's own words that are not those of the dates beside them."""
    for node in filter(None, map(values.get, schema.OWN_WORDS[record])):
        for _, _, message in markup.wrong_weekdays(node.value, reader.near):
            reader.error(
                "weekday-wrong", message, node, "Mend the weekday or the date; where a date of another year is meant, write the year."
            )
