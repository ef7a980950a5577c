-- Articles by relevance: SELECT … FROM ranked WHERE found MATCH '…' ORDER BY rank.
CREATE VIEW ranked AS
SELECT
  f.rank AS rank, -- BM25 of the match, best (most negative) first; NULL where nothing was searched
  a.id, -- articles.id
  a.key, -- articles.key
  coalesce(a.title, a.title_estimated) AS title, -- as stated, else the first sentence
  a.publisher, -- articles.publisher
  a.site, -- articles.site
  a.published, -- articles.published
  a.year, -- articles.year
  a.section, -- articles.section
  a.keywords, -- articles.keywords
  f.articles_fts AS found -- the column to MATCH; its value says nothing
FROM articles_fts f JOIN articles a ON a.id = f.rowid;
