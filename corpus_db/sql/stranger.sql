-- Index for programs that know nothing of this one: words and pairs of words, each pair written as one word. The comment
-- inside is what stock Datasette and sqlite-utils look for, so that their search box on `articles` asks this table.
CREATE VIRTUAL TABLE articles_search USING fts5( /* content="articles" */
  title, -- words and word pairs of the title
  body, -- words and word pairs of the body
  content = '', -- contentless: the text stands in articles
  tokenize = "unicode61 remove_diacritics 0"
);
