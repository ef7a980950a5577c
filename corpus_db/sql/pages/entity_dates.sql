-- The dates in the first :first sentences that name :id, in order; a sentence that several articles share, once.
WITH named AS MATERIALIZED (
  SELECT DISTINCT article_id, sentence_id FROM mentions WHERE entity_id = :id AND sentence_id IS NOT NULL LIMIT :first
)
SELECT d.start_date, d.end_date, d.raw, d.article_id, d.sentence_id, s.text AS sentence,
  count(DISTINCT d.article_id) AS articles, min(d.id) AS id -- the other columns are those of this date
FROM named n CROSS JOIN dates d ON d.article_id = n.article_id AND d.sentence_id = n.sentence_id
  CROSS JOIN sentences s ON s.id = d.sentence_id
GROUP BY d.start_date, d.end_date, s.text
ORDER BY d.start_date, d.end_date, id LIMIT :most;
