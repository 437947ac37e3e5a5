"""Scaffolds: `just new field-type colour` writes the row of files a new kind needs, with a test that fails."""
