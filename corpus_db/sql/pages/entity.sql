-- One name, by :id, or by :name or another form of it.
SELECT id, name, kind, aliases, mentions, articles FROM entities
WHERE id = :id OR name = :name
  OR (:name IS NOT NULL AND aliases IS NOT NULL
      AND :name IN (SELECT value FROM json_each(CASE WHEN json_valid(aliases) THEN aliases ELSE '[]' END)))
ORDER BY name = :name DESC, mentions DESC, id LIMIT 1;
