"""The live preview: a site that is always built, in memory, and a server that shows it.

files ──watching──▶ workshop ──Snapshot──▶ server ──▶ browsers
                    (the road of every build, with a memory)
"""
