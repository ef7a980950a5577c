-- The paragraphs of article :id, in order.
SELECT id, kind, start, "end" FROM paragraph_bounds WHERE article_id = :id ORDER BY start LIMIT :most;
