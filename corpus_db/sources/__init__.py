"""Readers: one module per format, each `Item` → `Source`: raw text, and what each part of it is."""
