-- Paragraphs and sentences lie inside their article, in order, and do not overlap. Those of one article are numbered one
-- by one, by id as by position: so the one before is found by its id (a third of the time that lag() takes).
SELECT 'paragraph ' || p.id || CASE
    WHEN p.position <> 1 AND b.id IS NULL THEN ', at position ' || p.position || ', does not follow the one before by id'
    ELSE ' begins at ' || p.start || ', the one before ends at ' || coalesce(b."end", 0) END
FROM paragraph_bounds p
LEFT JOIN paragraph_bounds b ON b.id = p.id - 1 AND b.article_id = p.article_id AND b.position = p.position - 1
WHERE CASE WHEN p.position = 1 THEN p.start < 0 ELSE b.id IS NULL OR p.start < b."end" END
UNION ALL
SELECT 'sentence ' || s.id || CASE
    WHEN s.position <> 1 AND b.id IS NULL THEN ', at position ' || s.position || ', does not follow the one before by id'
    ELSE ' begins at ' || s.start || ', the one before ends at ' || coalesce(b."end", 0) END
FROM sentence_bounds s
LEFT JOIN sentence_bounds b ON b.id = s.id - 1 AND b.article_id = s.article_id AND b.position = s.position - 1
WHERE CASE WHEN s.position = 1 THEN s.start < 0 ELSE b.id IS NULL OR s.start < b."end" END
UNION ALL
SELECT 'article ' || article_id || ' has ' || count(*) || ' first paragraphs' FROM paragraph_bounds
WHERE position = 1 GROUP BY article_id HAVING count(*) > 1
UNION ALL
SELECT 'article ' || article_id || ' has ' || count(*) || ' first sentences' FROM sentence_bounds
WHERE position = 1 GROUP BY article_id HAVING count(*) > 1
UNION ALL
SELECT 'paragraph ' || p.id || ' ends behind its article' FROM paragraph_bounds p JOIN articles a ON a.id = p.article_id
WHERE p."end" > a.chars
UNION ALL
SELECT 'sentence ' || s.id || ' lies outside its paragraph' FROM sentence_bounds s JOIN paragraph_bounds p ON p.id = s.paragraph_id
WHERE s.start < p.start OR s."end" > p."end";
