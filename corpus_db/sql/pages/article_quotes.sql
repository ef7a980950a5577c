-- The quotations of article :id.
SELECT id, sentence_id, start, start + length(text) AS "end", text, speaker, entity_id, verb, direct
FROM quotes WHERE article_id = :id ORDER BY start LIMIT :most;
