-- What turns an index that FTS5 has filled into a finished one: one segment, and the defaults back in place for whoever
-- adds to the file later.
INSERT INTO articles_fts (articles_fts) VALUES ('optimize');
INSERT INTO articles_fts (articles_fts, rank) VALUES ('hashsize', 1048576);
INSERT INTO articles_fts (articles_fts, rank) VALUES ('automerge', 4);
