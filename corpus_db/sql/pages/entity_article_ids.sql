-- All articles that name :id.
SELECT DISTINCT article_id AS id FROM mentions WHERE entity_id = :id;
