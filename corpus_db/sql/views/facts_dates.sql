-- Time expressions with their sentence and article, to filter and facet.
CREATE VIEW facts_dates AS
SELECT
  d.start_date AS start_date, -- dates.start_date
  d.end_date AS end_date, -- dates.end_date
  d.raw AS raw, -- dates.raw
  d.precision AS precision, -- dates.precision
  d.basis AS basis, -- dates.basis
  (SELECT substr(a.body, s.start + 1, s."end" - s.start) FROM sentence_bounds s WHERE s.id = d.sentence_id)
    AS sentence, -- the sentence it stands in
  coalesce(a.title, a.title_estimated) AS title, -- of the article, as stated, else its first sentence
  a.key AS key, -- articles.key
  a.site AS site, -- articles.site
  a.published AS published, -- articles.published
  a.year AS year, -- articles.year
  d.article_id AS article_id -- articles.id
FROM dates d JOIN articles a ON a.id = d.article_id;
