"""Analyses: one module per table, pure functions of text."""
