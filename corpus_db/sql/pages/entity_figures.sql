-- The figures in the first :first sentences that name :id, money first, the largest first; a sentence that several
-- articles share, once. `day`: the only date that its sentence names, else the day of publication.
WITH named AS MATERIALIZED (
  SELECT DISTINCT article_id, sentence_id FROM mentions WHERE entity_id = :id AND sentence_id IS NOT NULL LIMIT :first
)
SELECT f.raw, f.value, f.unit, f.kind, f.noun, f.article_id, f.sentence_id, s.text AS sentence,
  coalesce(
    (SELECT CASE WHEN count(*) = 1 THEN min(d.start_date) END FROM dates d
     WHERE d.article_id = f.article_id AND d.sentence_id = f.sentence_id),
    (SELECT published FROM articles WHERE id = f.article_id)) AS day,
  count(DISTINCT f.article_id) AS articles, min(f.id) AS id -- the other columns are those of this figure
FROM named n CROSS JOIN figures f ON f.article_id = n.article_id AND f.sentence_id = n.sentence_id
  CROSS JOIN sentences s ON s.id = f.sentence_id
GROUP BY f.kind, f.value, f.raw, s.text
ORDER BY f.kind <> 'money', f.kind, f.value DESC, id LIMIT :most;
