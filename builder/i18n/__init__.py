"""The words of dates and of the interface, and Unicode scripts."""
