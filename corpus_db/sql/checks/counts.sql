-- Every article has its place in the index, its source, and the counts that its rows give.
SELECT 'article ' || id || ' is not in articles_fts' FROM articles
WHERE id NOT IN (SELECT id FROM articles_fts_docsize)
UNION ALL
SELECT 'articles_fts has a row ' || id || ' without an article' FROM articles_fts_docsize
WHERE id NOT IN (SELECT id FROM articles)
UNION ALL
SELECT 'source ' || id || ' has ' || n || ' articles' FROM (
  SELECT s.id, count(a.id) AS n FROM sources s LEFT JOIN articles a ON a.source_id = s.id GROUP BY s.id
) WHERE n <> 1
UNION ALL
SELECT 'article ' || a.id || ' states ' || a.paragraphs || ' paragraphs, it has ' || count(p.id)
FROM articles a LEFT JOIN paragraph_bounds p ON p.article_id = a.id
GROUP BY a.id HAVING a.paragraphs <> count(p.id)
UNION ALL
SELECT 'article ' || id || ' states ' || chars || ' characters, it has ' || length(body) FROM articles
WHERE chars <> length(body)
UNION ALL
SELECT 'about states ' || value || ' running words, terms add up to ' || CAST(n AS INTEGER)
FROM about, (SELECT total(occurrences) AS n FROM terms) WHERE key = 'running_words' AND CAST(value AS INTEGER) <> n;
