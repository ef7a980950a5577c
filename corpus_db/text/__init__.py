"""Pure text primitives: folding, segmentation, bigrams, sentences. Nothing here knows of files or SQLite."""
