-- title: Reprints
-- description: Articles that repeat an earlier one, beside it, with what differs.

SELECT a.key, coalesce(a.title, a.title_estimated) AS title, a.site, a.published,
  o.key AS original_key, coalesce(o.title, o.title_estimated) AS original_title,
  o.site AS original_site, o.published AS original_published,
  s.relation, s.score, a.title IS NOT o.title AS other_title, a.chars - o.chars AS chars_more,
  s."end" - s.start AS longest_shared_chars
FROM articles a JOIN articles o ON o.id = a.reprint_of LEFT JOIN similar s ON s.article_id = a.id AND s.other_id = o.id
ORDER BY o.id, a.published, a.id;
