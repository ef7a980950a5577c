-- Quotations with speaker and article, to filter and facet.
CREATE VIEW facts_quotes AS
SELECT
  coalesce(e.name, q.speaker) AS speaker, -- name of the speaker's entity, else as the text names the speaker; NULL: not said
  q.verb AS verb, -- quotes.verb
  q.text AS text, -- quotes.text
  q.direct AS direct, -- quotes.direct
  coalesce(a.title, a.title_estimated) AS title, -- of the article, as stated, else its first sentence
  a.key AS key, -- articles.key
  a.site AS site, -- articles.site
  a.published AS published, -- articles.published
  a.year AS year, -- articles.year
  q.article_id AS article_id -- articles.id
FROM quotes q JOIN articles a ON a.id = q.article_id LEFT JOIN entities e ON e.id = q.entity_id;
