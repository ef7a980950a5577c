-- The sentences of article :id, in order.
SELECT id, start, "end" FROM sentence_bounds WHERE article_id = :id ORDER BY start LIMIT :most;
