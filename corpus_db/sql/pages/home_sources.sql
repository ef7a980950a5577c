-- The :most largest sites, publishers and sections.
WITH counted(field, value, articles) AS (
  SELECT 'site', site, count(*) FROM articles WHERE site IS NOT NULL GROUP BY site
  UNION ALL
  SELECT 'publisher', publisher, count(*) FROM articles WHERE publisher IS NOT NULL GROUP BY publisher
  UNION ALL
  SELECT 'section', section, count(*) FROM articles WHERE section IS NOT NULL GROUP BY section
),
placed AS (SELECT *, row_number() OVER (PARTITION BY field ORDER BY articles DESC, value) AS place FROM counted)
SELECT field, value, articles FROM placed WHERE place <= :most ORDER BY field, place;
