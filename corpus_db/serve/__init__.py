"""Thin plugins: Datasette and sqlite-utils."""
