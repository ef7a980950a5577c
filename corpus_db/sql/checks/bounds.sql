-- Paragraphs and sentences lie inside their article, in order, and do not overlap.
SELECT 'paragraph ' || id || ' begins at ' || start || ', the one before ends at ' || before FROM (
  SELECT id, start, lag("end", 1, 0) OVER (PARTITION BY article_id ORDER BY position) AS before FROM paragraph_bounds
) WHERE start < before
UNION ALL
SELECT 'sentence ' || id || ' begins at ' || start || ', the one before ends at ' || before FROM (
  SELECT id, start, lag("end", 1, 0) OVER (PARTITION BY article_id ORDER BY position) AS before FROM sentence_bounds
) WHERE start < before
UNION ALL
SELECT 'paragraph ' || p.id || ' ends behind its article' FROM paragraph_bounds p JOIN articles a ON a.id = p.article_id
WHERE p."end" > a.chars
UNION ALL
SELECT 'sentence ' || s.id || ' lies outside its paragraph' FROM sentence_bounds s JOIN paragraph_bounds p ON p.id = s.paragraph_id
WHERE s.start < p.start OR s."end" > p."end";
