-- What turns filled tables into a finished file.

-- One segment, and the defaults back in place for whoever adds to the file later.
INSERT INTO articles_fts (articles_fts) VALUES ('optimize');
INSERT INTO articles_fts (articles_fts, rank) VALUES ('hashsize', 1048576);
INSERT INTO articles_fts (articles_fts, rank) VALUES ('automerge', 4);
-- Weights of body_bigrams, body, title_bigrams, title, so that plain ORDER BY rank is the right order.
INSERT INTO articles_fts (articles_fts, rank) VALUES ('rank', 'bm25(2.0, 1.0, 4.0, 2.0)');
