"""The platform's own tables, brought up to date: one line of revisions for `guanxi`, one for workspaces."""
