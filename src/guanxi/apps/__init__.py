"""Applications: folders of YAML that bring objects, roles, views and navigation."""
