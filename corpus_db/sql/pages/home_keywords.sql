-- The keywords of most articles, among the first :first articles.
SELECT j.value AS keyword, count(*) AS articles
FROM (SELECT keywords FROM articles ORDER BY id LIMIT :first) a,
  json_each(CASE WHEN json_valid(a.keywords) THEN a.keywords ELSE '[]' END) j
GROUP BY j.value ORDER BY articles DESC, keyword LIMIT :most;
