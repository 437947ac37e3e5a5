"""Objects, fields and links of a workspace, and how they change."""
