"""The caches between builds, and how they are validated. Losing one costs time only."""
