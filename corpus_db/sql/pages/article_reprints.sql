-- The article that article :id repeats, and those that repeat it or the same one.
SELECT o.id, coalesce(o.title, o.title_estimated) AS title, o.title IS NULL AS untitled, o.site, o.published,
  o.reprint_of IS NULL AS original
FROM articles a JOIN articles o ON o.id = a.reprint_of OR o.reprint_of = a.id OR o.reprint_of = a.reprint_of
WHERE a.id = :id AND o.id <> :id ORDER BY original DESC, o.published, o.id LIMIT :most;
