-- Index for programs that know nothing of this one: words, and pairs of words written as one (text/stranger.py). The comment
-- inside is what stock Datasette and sqlite-utils look for, so that their search box on `articles` asks this table.
CREATE VIRTUAL TABLE articles_search USING fts5( /* content="articles" */
  title, -- words, word pairs and parts of words of the title
  body, -- words, word pairs and parts of words of the body
  content = '', -- contentless: the text stands in articles
  detail = none, -- no positions: a third of the size, and nothing here needs them
  tokenize = "ascii tokenchars '!#$%&()*+,-./:;<=>?@[\]^_{|}~'" -- only a space parts tokens, so that 1688.com is one
);
