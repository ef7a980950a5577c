-- Named parts of the corpus, for the parameter `subcorpus` of the queries. The file's owner may replace this view by one of
-- the same columns, with a SELECT for each name over any condition on articles.
CREATE VIEW subcorpora AS
SELECT
  'originals' AS name, -- what the part is called: originals, reprints, dated, undated
  id AS article_id -- an article of it
FROM articles WHERE reprint_of IS NULL
UNION ALL SELECT 'reprints', id FROM articles WHERE reprint_of IS NOT NULL
UNION ALL SELECT 'dated', id FROM articles WHERE published IS NOT NULL
UNION ALL SELECT 'undated', id FROM articles WHERE published IS NULL;
