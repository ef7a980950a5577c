-- Figures with their sentence and article, to filter and facet.
CREATE VIEW facts_figures AS
SELECT
  f.raw AS raw, -- figures.raw
  f.value AS value, -- figures.value
  f.value_max AS value_max, -- figures.value_max
  f.unit AS unit, -- figures.unit
  f.kind AS kind, -- figures.kind
  f.currency AS currency, -- figures.currency
  f.qualifier AS qualifier, -- figures.qualifier
  f.noun AS noun, -- figures.noun
  (SELECT substr(a.body, s.start + 1, s."end" - s.start) FROM sentence_bounds s WHERE s.id = f.sentence_id)
    AS sentence, -- the sentence it stands in
  coalesce(a.title, a.title_estimated) AS title, -- of the article, as stated, else its first sentence
  a.key AS key, -- articles.key
  a.site AS site, -- articles.site
  a.published AS published, -- articles.published
  a.year AS year, -- articles.year
  f.article_id AS article_id -- articles.id
FROM figures f JOIN articles a ON a.id = f.article_id;
