-- title: More like this
-- description: Articles that share text or subject with one article, nearest first, with the longest passage they share.
-- param key: articles.key of the article

SELECT o.key, coalesce(o.title, o.title_estimated) AS title, o.site, o.published, s.relation, s.score,
  substr(a.body, s.start + 1, s."end" - s.start) AS shared
FROM articles a JOIN similar s ON s.article_id = a.id JOIN articles o ON o.id = s.other_id
WHERE a.key = :key
ORDER BY s.score DESC, o.id;
