"""Our own rules about the code: what no common linter knows of this project."""
