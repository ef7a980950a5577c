-- title: Reprints
-- description: Articles that repeat an earlier one, cluster by cluster (copies: how many repeat the same one), with what differs: how much they share in one piece, and what stands before and behind that piece in either (the last and first 200 characters of it).
-- param key: articles.key of one of them; empty: all
-- param version: the corpus version that a saved address was made with (see about); another one finds nothing; empty: any
-- shared_chars is the longest passage that both have, character for character after folding; NULL where they share only
-- short ones. Needs no tokens.

SELECT a.key, coalesce(a.title, a.title_estimated) AS title, a.site, a.published,
  o.key AS original_key, coalesce(o.title, o.title_estimated) AS original_title,
  o.site AS original_site, o.published AS original_published,
  s.relation, s.score, a.title IS NOT o.title AS other_title, a.chars - o.chars AS chars_more,
  s."end" - s.start AS shared_chars,
  nullif(substr(a.body, max(1, s.start - 199), min(200, s.start)), '') AS before,
  nullif(substr(o.body, max(1, s.other_start - 199), min(200, s.other_start)), '') AS original_before,
  nullif(substr(a.body, s."end" + 1, 200), '') AS behind,
  nullif(substr(o.body, s.other_start + s."end" - s.start + 1, 200), '') AS original_behind,
  (SELECT count(*) FROM articles c WHERE c.reprint_of = o.id) AS copies
FROM articles a CROSS JOIN articles o ON o.id = a.reprint_of
  LEFT JOIN similar s ON s.article_id = a.id AND s.other_id = o.id
WHERE a.reprint_of IS NOT NULL AND (coalesce(:key, '') = '' OR a.key = :key OR o.key = :key)
  AND (coalesce(:version, '') = '' OR :version = (SELECT value FROM about WHERE key = 'version'))
ORDER BY o.id, a.published, a.id
LIMIT 1000;
