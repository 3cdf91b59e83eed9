"""The live preview: a server of snapshots that are kept in memory, and the script that keeps a browser's page up to date."""
