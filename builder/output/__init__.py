"""The published folder: what to write (`plan`), how it is written (`writer`, `swap`), and what only saves time (`mirror`, `previous`). The folder is always whole."""

from builder.output.folders import inner, overlaps_sources
from builder.output.intact import existing_files, read_intact
from builder.output.previous import prepare_base, previous_folder
from builder.output.swap import OutputProblem, delete_folder, exchange, is_inside, locked, sibling
from builder.output.writer import (
    NewFiles,
    apply,
    discard_staged,
    read_manifest,
    refuse_foreign_files,
    remove,
    stage,
)

__all__ = [
    "NewFiles",
    "OutputProblem",
    "apply",
    "delete_folder",
    "discard_staged",
    "exchange",
    "existing_files",
    "inner",
    "is_inside",
    "locked",
    "overlaps_sources",
    "prepare_base",
    "previous_folder",
    "read_intact",
    "read_manifest",
    "refuse_foreign_files",
    "remove",
    "sibling",
    "stage",
]
