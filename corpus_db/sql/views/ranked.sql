-- Articles by relevance: SELECT … FROM ranked WHERE found MATCH '…' ORDER BY rank.
CREATE VIEW ranked AS
SELECT
  f.rank AS rank, -- BM25 of the match, best (most negative) first; NULL where nothing was searched
  coalesce(a.title, a.title_estimated) AS title, -- as stated, else the first sentence
  a.body, -- articles.body; where something was searched, the page shows the part around it
  a.site, -- articles.site
  a.published, -- articles.published
  a.publisher, -- articles.publisher
  a.section, -- articles.section
  a.year, -- articles.year
  a.keywords, -- articles.keywords
  a.key, -- articles.key
  a.id, -- articles.id
  f.articles_fts AS found -- the column to MATCH; its value says nothing
FROM articles_fts f JOIN articles a ON a.id = f.rowid;
