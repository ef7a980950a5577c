-- Mentions of people, organisations, products, places and events, to filter and facet.
CREATE VIEW facts_names AS
SELECT
  e.name AS name, -- entities.name
  e.kind AS kind, -- entities.kind
  m.raw AS raw, -- mentions.raw
  (SELECT substr(a.body, s.start + 1, s."end" - s.start) FROM sentence_bounds s WHERE s.id = m.sentence_id)
    AS sentence, -- the sentence it stands in
  coalesce(a.title, a.title_estimated) AS title, -- of the article, as stated, else its first sentence
  a.key AS key, -- articles.key
  a.site AS site, -- articles.site
  a.published AS published, -- articles.published
  a.year AS year, -- articles.year
  m.article_id AS article_id -- articles.id
FROM mentions m JOIN entities e ON e.id = m.entity_id JOIN articles a ON a.id = m.article_id;
