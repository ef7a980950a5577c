"""Text → the full-text index of a whole build: FTS5's own format, written by array operations, past FTS5."""
