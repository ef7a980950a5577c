-- Mentions of the name :id by year of the article.
SELECT a.year, count(*) AS mentions
FROM mentions m CROSS JOIN articles a ON a.id = m.article_id
WHERE m.entity_id = :id AND a.year IS NOT NULL GROUP BY a.year ORDER BY a.year;
