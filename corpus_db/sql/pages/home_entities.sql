-- The :most best known names of each kind, among the :first most mentioned of all.
WITH placed AS (
  SELECT *, row_number() OVER (PARTITION BY kind ORDER BY mentions DESC, name) AS place
  FROM (SELECT id, name, kind, mentions, articles FROM entities ORDER BY mentions DESC, name LIMIT :first)
)
SELECT id, name, kind, mentions, articles FROM placed WHERE place <= :most ORDER BY kind, place;
