-- The figures of article :id.
SELECT id, sentence_id, start, start + length(raw) AS "end", raw, value, value_max, unit, kind, currency, qualifier, noun
FROM figures WHERE article_id = :id ORDER BY start LIMIT :most;
