"""The expression language: one typed tree, read in Python, SQL and TypeScript alike."""
