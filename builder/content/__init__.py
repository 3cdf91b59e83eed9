"""Content files: read from the disk (`reading`), and parsed into records and texts by the definition of the format (`schema`)."""
