-- Settings of a new index. Pages of which four, as nearly as can be, fill one of the file's.
INSERT INTO articles_fts (articles_fts, rank) VALUES ('pgsz', 4070);
-- Weights of the columns, so that plain ORDER BY rank is the right order: one word tells as much as two pairs, and a title
-- says in few words what the body says in many.
INSERT INTO articles_fts (articles_fts, rank) VALUES ('rank', 'bm25(1, 2, 6, 3)');
