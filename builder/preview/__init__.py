"""The live preview: a site kept built in memory, and a server that shows it.

files ──watching──▶ engine ──Snapshot──▶ server ──▶ browsers
"""
