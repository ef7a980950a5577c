-- How the articles :ids (a JSON array) spread over sites, publishers, years, sections and, for those of :first_ids, keywords.
WITH found AS MATERIALIZED (
  SELECT a.site, a.publisher, a.year, a.section FROM json_each(:ids) j CROSS JOIN articles a ON a.id = j.value
),
counted(field, value, articles) AS (
  SELECT 'site', site, count(*) FROM found WHERE site IS NOT NULL GROUP BY site
  UNION ALL
  SELECT 'publisher', publisher, count(*) FROM found WHERE publisher IS NOT NULL GROUP BY publisher
  UNION ALL
  SELECT 'year', year, count(*) FROM found WHERE year IS NOT NULL GROUP BY year
  UNION ALL
  SELECT 'section', section, count(*) FROM found WHERE section IS NOT NULL GROUP BY section
  UNION ALL
  SELECT 'keyword', k.value, count(*)
  FROM json_each(:first_ids) j CROSS JOIN articles a ON a.id = j.value
    CROSS JOIN json_each(CASE WHEN json_valid(a.keywords) THEN a.keywords ELSE '[]' END) k
  GROUP BY k.value
),
placed AS (SELECT *, row_number() OVER (PARTITION BY field ORDER BY articles DESC, value) AS place FROM counted)
SELECT field, value, articles FROM placed WHERE place <= :most ORDER BY field, place;
