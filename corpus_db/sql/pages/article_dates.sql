-- The dates of article :id.
SELECT id, sentence_id, start, start + length(raw) AS "end", raw, start_date, end_date, precision, basis
FROM dates WHERE article_id = :id ORDER BY start LIMIT :most;
