"""The commands: one module for each, with a function `run`; and what they share."""
