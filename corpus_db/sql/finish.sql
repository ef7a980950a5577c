-- What turns the index that was filled into a finished one.

-- One segment, and the defaults back in place for whoever adds to the file later.
INSERT INTO articles_fts (articles_fts) VALUES ('optimize');
INSERT INTO articles_fts (articles_fts, rank) VALUES ('hashsize', 1048576);
INSERT INTO articles_fts (articles_fts, rank) VALUES ('automerge', 4);
-- Weights of the columns, so that plain ORDER BY rank is the right order: one word tells as much as two pairs, and a title
-- says in few words what the body says in many.
INSERT INTO articles_fts (articles_fts, rank) VALUES ('rank', 'bm25(1, 2, 6, 3)');
