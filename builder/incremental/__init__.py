"""What is kept from one build for the next one, and how it is known to hold still. Losing it costs time, and nothing else."""
