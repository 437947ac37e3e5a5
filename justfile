# What developers type. `just` alone lists it.

default:
    @just --list --unsorted

# Start the product with its demo.
run *options:
    scripts/run {{options}}

# Every gate.
check *options:
    scripts/test {{options}}

# The quick gates, and the tests of one area: just quick records
quick area="":
    .venv/bin/ruff check
    .venv/bin/ruff format --check
    .venv/bin/lint-imports
    .venv/bin/python -m tools.lint
    .venv/bin/mypy
    .venv/bin/pytest -q tests/{{area}}

# Put the code into its form.
tidy:
    .venv/bin/ruff check --fix
    .venv/bin/ruff format

# A scaffold with a failing test: just new field-type colour
new kind name:
    .venv/bin/python -m tools.new {{kind}} {{name}}

# The web app with live reload, against a server on port 8000.
web:
    cd frontend && npx vite

# Run the quick gates at every commit.
hooks:
    .venv/bin/python -m tools.hooks

# Gather changes/ into CHANGELOG.md.
release version:
    .venv/bin/towncrier build --yes --version {{version}}
