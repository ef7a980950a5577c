-- Settings of articles_fts while it is filled: no merging before the end (2.7 times faster than the defaults). The size of
-- its hash is the caller's, in bytes.
INSERT INTO articles_fts (articles_fts, rank) VALUES ('automerge', 0);
INSERT INTO articles_fts (articles_fts, rank) VALUES ('hashsize', :hash);
