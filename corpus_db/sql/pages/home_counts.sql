-- What the corpus holds; the first part is read from the index articles_counts alone.
SELECT
  count(*) AS articles,
  sum(words) AS words,
  count(reprint_of) AS reprints,
  count(DISTINCT site) AS sites,
  count(DISTINCT publisher) AS publishers,
  (SELECT count(*) FROM entities) AS entities,
  (SELECT count(*) FROM figures) AS figures,
  (SELECT count(*) FROM dates) AS dates,
  (SELECT count(*) FROM quotes) AS quotes,
  (SELECT page_count FROM pragma_page_count()) * (SELECT page_size FROM pragma_page_size()) AS bytes
FROM articles;
