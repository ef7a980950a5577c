-- The tables, in the order in which a reader meets them. The comment above a table and the comment behind a column are
-- its rows in `descriptions`: there is no other copy. Offsets count characters, from 0, ends excluded. Empty is NULL.

-- Input documents: one row per file, archive member or record that became an article.
CREATE TABLE sources (
  id INTEGER PRIMARY KEY, -- in input order; what an update brings comes last
  path TEXT NOT NULL, -- path of the file, relative to the folder that was built
  member TEXT, -- name or number inside the file; NULL: the file is the document
  format TEXT NOT NULL, -- reader that took it: text, markdown, html, json, csv, xml, warc, mhtml, docx, rtf, xlsx, xls, epub, pdf, odt
  encoding TEXT NOT NULL, -- encoding the bytes were decoded from
  sha256 TEXT AS (lower(hex(digest))), -- digest of the bytes as found
  bytes INTEGER NOT NULL, -- size as found
  chars INTEGER NOT NULL, -- length of the decoded text
  digest BLOB NOT NULL, -- sha256, in bytes
  raw TEXT -- the decoded text, exact; NULL when built with --no-raw or --only search
) STRICT;

-- What may become of a stretch of a source: each role and reason that this file has, once.
CREATE TABLE span_kinds (
  id INTEGER PRIMARY KEY, -- in the order in which they are first met
  role TEXT NOT NULL CHECK (role IN ('title', 'field', 'body', 'summary', 'duplicate', 'chrome', 'markup', 'space')), -- what it is
  reason TEXT -- which field, or the rule that took it out; NULL where the role says it all
) STRICT;

-- Where the spans of a source begin, each to the next, the last to the end of the source; the view `spans` shows them whole.
CREATE TABLE span_starts (
  source_id INTEGER NOT NULL REFERENCES sources(id), -- the source
  start INTEGER NOT NULL, -- first character in sources.raw
  kind_id INTEGER NOT NULL REFERENCES span_kinds(id), -- what became of it
  PRIMARY KEY (source_id, start)
) STRICT, WITHOUT ROWID;

-- Inputs that gave no article, with the reason and the remedy.
CREATE TABLE rejects (
  path TEXT NOT NULL, -- path of the file, relative to the folder that was built
  member TEXT, -- name or number inside the file; NULL: the file itself
  stage TEXT NOT NULL, -- step that gave up: find, decode, read, clean
  reason TEXT NOT NULL, -- short fixed phrase, to count by
  detail TEXT -- what exactly, and the remedy
) STRICT;

-- Articles, cleaned: the table to search and to read.
CREATE TABLE articles (
  id INTEGER PRIMARY KEY, -- in input order, what an update brings last; the same number is the rowid in articles_fts
  key TEXT NOT NULL UNIQUE, -- the record's own id, or the path: stays the same from build to build
  source_id INTEGER NOT NULL REFERENCES sources(id), -- where it comes from
  title TEXT, -- as the source states it; NULL: it states none
  title_estimated TEXT AS (substr(body, title_start + 1, title_end - title_start)), -- first sentence, where no title is stated
  author TEXT, -- as stated
  editor TEXT, -- responsible editor, as stated
  publisher TEXT, -- who published it first, as stated (来源)
  site TEXT, -- host of the page, or the record's site
  url TEXT, -- address of the page, as stated
  section TEXT, -- section or breadcrumb, as stated
  published TEXT, -- ISO 8601, as precise as the source states it; UTC+8 where it names no zone
  published_precision TEXT, -- second, minute, day, month or year
  published_estimated TEXT, -- what the page's address or else the text implies where nothing is stated
  estimate_basis TEXT, -- the words, or the part of the address, that the estimate rests on
  reference_year INTEGER, -- year the text speaks from: by its own dates, else the publication date
  year INTEGER, -- year of published, else of published_estimated
  views INTEGER, -- page views, as stated
  summary TEXT, -- lead or abstract, as stated
  body TEXT NOT NULL, -- paragraphs, one line feed between them; nothing changed but NFC and zero-width characters
  keywords TEXT, -- JSON array of the words that set the article apart from the others
  chars INTEGER NOT NULL, -- length of body
  words INTEGER NOT NULL, -- words in body, punctuation not counted
  paragraphs INTEGER NOT NULL, -- paragraphs in body
  reprint_of INTEGER REFERENCES articles(id), -- the earlier article that this one repeats; NULL: none
  extra TEXT, -- JSON object: everything else the source states
  title_start INTEGER, -- where title_estimated begins in body; NULL: there is none
  title_end INTEGER -- character after the last of title_estimated
) STRICT;

-- Where the paragraphs of an article begin and end; the view `paragraphs` shows their text.
CREATE TABLE paragraph_bounds (
  id INTEGER PRIMARY KEY, -- in reading order within an article
  article_id INTEGER NOT NULL REFERENCES articles(id), -- the article
  position INTEGER NOT NULL, -- from 1
  kind TEXT NOT NULL CHECK (kind IN ('heading', 'text', 'summary', 'question', 'answer', 'credit')), -- what it is
  start INTEGER NOT NULL, -- first character in articles.body
  "end" INTEGER NOT NULL -- character after the last
) STRICT;

-- Where the sentences of an article begin and end; the view `sentences` shows their text.
CREATE TABLE sentence_bounds (
  id INTEGER PRIMARY KEY, -- in reading order within an article
  article_id INTEGER NOT NULL REFERENCES articles(id), -- the article
  paragraph_id INTEGER NOT NULL REFERENCES paragraph_bounds(id), -- the paragraph
  position INTEGER NOT NULL, -- from 1 in the article
  start INTEGER NOT NULL, -- first character in articles.body
  "end" INTEGER NOT NULL, -- character after the last
  cuts BLOB -- in hex() a digit for each character: its word, counted from 1 to F and again from 1; 0: in no word (punctuation, space, the last half byte); NULL: built with --no-tokens
) STRICT;

-- Full-text index: words and character pairs of folded text; ORDER BY rank is the right order. The first column costs two
-- bytes less for each article of a token than the others, so the largest comes first (a fifth off the index).
CREATE VIRTUAL TABLE articles_fts USING fts5(
  body_bigrams, -- character pairs of the body
  body, -- words of the body, but for lone function characters (的, 在, 他)
  title, -- words of the title, likewise
  title_bigrams, -- character pairs of the title
  content = '', -- contentless: the text stands in articles
  tokenize = "ascii tokenchars '!#$%&()*+,-./:;<=>?@[\]^_{|}~'" -- the tokens are made by the builder: only a space parts them
);

-- Folding of single characters, so that plain SQL can search as the plugin does.
CREATE TABLE folds (
  char TEXT PRIMARY KEY, -- character as typed: traditional, full width, upper case …
  folded TEXT NOT NULL, -- what the index holds in its place
  occurs INTEGER NOT NULL DEFAULT 1 CHECK (occurs IN (0, 1)) -- 1: the character occurs in the articles of this file
) STRICT, WITHOUT ROWID;

-- Kinds of characters, so that plain SQL can part a question into the tokens that the index holds.
CREATE TABLE char_kinds (
  first INTEGER PRIMARY KEY, -- first code point of the range
  last INTEGER NOT NULL, -- last code point of the range
  kind TEXT NOT NULL -- H Han and the like, D digit, A a to z, L other letter, S space, N line feed, '.' ',' '_' themselves; no row: a symbol
) STRICT;

-- Names that the segmenter was taught from the builder's own lexicon: with them, questions are cut as the text was.
CREATE TABLE lexicon_words (
  word TEXT PRIMARY KEY -- the name or alias, folded
) STRICT, WITHOUT ROWID;

-- Distinct words of the corpus.
CREATE TABLE terms (
  term TEXT PRIMARY KEY, -- the word, folded
  pos TEXT, -- part of speech by the dictionary (ICTCLAS tag); NULL: not in it
  occurrences INTEGER NOT NULL, -- times it occurs in titles and bodies
  articles INTEGER NOT NULL, -- articles it occurs in
  first_year INTEGER, -- earliest year of an article with it
  last_year INTEGER, -- latest year
  dispersion REAL -- deviation of proportions (Gries 2008): 0 spread evenly over the articles, 1 all in one
) STRICT, WITHOUT ROWID;

-- Words by year.
CREATE TABLE term_years (
  term TEXT NOT NULL, -- the word, folded
  year INTEGER NOT NULL, -- articles.year
  occurrences INTEGER NOT NULL, -- times it occurs in the articles of that year
  articles INTEGER NOT NULL, -- articles of that year it occurs in
  PRIMARY KEY (term, year)
) STRICT, WITHOUT ROWID;

-- Words by site.
CREATE TABLE term_sites (
  term TEXT NOT NULL, -- the word, folded
  site TEXT NOT NULL, -- articles.site
  occurrences INTEGER NOT NULL, -- times it occurs in the articles of that site
  articles INTEGER NOT NULL, -- articles of that site it occurs in
  PRIMARY KEY (term, site)
) STRICT, WITHOUT ROWID;

-- Persons, organisations, products, places and events that the articles name.
CREATE TABLE entities (
  id INTEGER PRIMARY KEY, -- by mentions, most first; names that an update brings come last
  name TEXT NOT NULL, -- the fullest or most frequent form
  kind TEXT NOT NULL CHECK (kind IN ('person', 'organisation', 'product', 'place', 'event')), -- what it is
  aliases TEXT, -- JSON array of its other forms; NULL: none
  mentions INTEGER NOT NULL, -- times it is named
  articles INTEGER NOT NULL, -- articles that name it
  UNIQUE (name, kind)
) STRICT;

-- Where the entities are named.
CREATE TABLE mentions (
  entity_id INTEGER NOT NULL REFERENCES entities(id), -- who or what
  article_id INTEGER NOT NULL REFERENCES articles(id), -- the article
  sentence_id INTEGER REFERENCES sentence_bounds(id), -- the sentence
  start INTEGER NOT NULL, -- first character in articles.body
  raw TEXT NOT NULL, -- the words as they stand
  PRIMARY KEY (article_id, start, entity_id)
) STRICT, WITHOUT ROWID;

-- Names and titles as they are typed in Latin letters, to be offered where a search in such letters finds nothing.
CREATE TABLE pinyin (
  form TEXT NOT NULL, -- pinyin without tones (mayun), or the initials of its syllables (my)
  name TEXT NOT NULL, -- person, organisation or product, or the beginning of a title or of a part of one
  occurrences INTEGER NOT NULL, -- articles that name it and titles that have it
  PRIMARY KEY (form, name)
) STRICT, WITHOUT ROWID;

-- Numbers with a meaning: money, shares, counts, durations, measures.
CREATE TABLE figures (
  id INTEGER PRIMARY KEY, -- in reading order within an article
  article_id INTEGER NOT NULL REFERENCES articles(id), -- the article
  sentence_id INTEGER REFERENCES sentence_bounds(id), -- the sentence
  start INTEGER NOT NULL, -- first character in articles.body
  raw TEXT NOT NULL, -- the words as they stand
  value REAL NOT NULL, -- in base units: 41.9亿元 is 4190000000
  value_max REAL, -- upper end of a range; NULL: not a range
  unit TEXT, -- 元, %, 倍, 件 …; NULL: none
  kind TEXT NOT NULL CHECK (kind IN ('money', 'percent', 'multiple', 'count', 'duration', 'measure')), -- what it measures
  currency TEXT, -- ISO 4217; only for money; NULL: no money, or not said of which (罚款50万)
  qualifier TEXT, -- 约, 超过, 近, 多, 左右, 以上 …; NULL: none
  noun TEXT -- what is counted, where it follows; NULL: not said
) STRICT;

-- Time expressions, resolved to days.
CREATE TABLE dates (
  id INTEGER PRIMARY KEY, -- in reading order within an article
  article_id INTEGER NOT NULL REFERENCES articles(id), -- the article
  sentence_id INTEGER REFERENCES sentence_bounds(id), -- the sentence
  start INTEGER NOT NULL, -- first character in articles.body
  raw TEXT NOT NULL, -- the words as they stand
  start_date TEXT NOT NULL, -- first day, ISO 8601
  end_date TEXT NOT NULL, -- last day, ISO 8601, included
  precision TEXT NOT NULL CHECK (precision IN ('day', 'month', 'quarter', 'half', 'year', 'decade')), -- what the text names
  basis TEXT NOT NULL CHECK (basis IN ('explicit', 'published', 'previous', 'text')) -- resolved by itself, by the publication date, by the last date named, or by the year the text implies
) STRICT;

-- Quotations and who said them.
CREATE TABLE quotes (
  id INTEGER PRIMARY KEY, -- in reading order within an article
  article_id INTEGER NOT NULL REFERENCES articles(id), -- the article
  sentence_id INTEGER REFERENCES sentence_bounds(id), -- the sentence
  start INTEGER NOT NULL, -- first character of the quoted text in articles.body
  speaker TEXT, -- as named in the text; NULL: not said
  entity_id INTEGER REFERENCES entities(id), -- the speaker as an entity; NULL: none known
  verb TEXT, -- 说, 表示, 认为 …; NULL: a colon alone
  text TEXT NOT NULL, -- the quoted words
  direct INTEGER NOT NULL CHECK (direct IN (0, 1)) -- 1: between quotation marks
) STRICT;

-- Pairs of articles that share text or subject; each pair stands both ways.
CREATE TABLE similar (
  article_id INTEGER NOT NULL REFERENCES articles(id), -- the article
  other_id INTEGER NOT NULL REFERENCES articles(id), -- the one like it
  score REAL NOT NULL, -- 0 nothing in common, 1 the same
  relation TEXT NOT NULL CHECK (relation IN ('same', 'reprint', 'overlap', 'related')), -- how they are alike
  start INTEGER, -- longest passage they share: first character in the body of article_id; NULL: only short ones
  "end" INTEGER, -- character after the last
  other_start INTEGER, -- where it begins in the body of other_id
  PRIMARY KEY (article_id, other_id)
) STRICT, WITHOUT ROWID;

-- Characters of the corpus and how common they are: search ranks its best candidates by the characters they share with a
-- question.
CREATE TABLE char_stats (
  char TEXT PRIMARY KEY, -- the character, folded; letters and digits only
  share REAL NOT NULL -- part of the articles that have it, 0 to 1
) STRICT, WITHOUT ROWID;

-- Tokens of articles_fts too common to tell articles apart: zh_query_any leaves them out. Empty below 2,000 articles, where
-- every token can be asked for.
CREATE TABLE common_tokens (
  token TEXT PRIMARY KEY, -- word or pair of characters, folded
  share REAL NOT NULL -- part of the articles that have it, .05 to 1
) STRICT, WITHOUT ROWID;

-- Facts about this file: title, licence, versions, digests.
CREATE TABLE about (
  key TEXT PRIMARY KEY, -- name of the fact
  value TEXT -- its value
) STRICT, WITHOUT ROWID;

-- What every table and column means.
CREATE TABLE descriptions (
  table_name TEXT NOT NULL, -- table or view
  column_name TEXT NOT NULL, -- column; '' for the table itself
  description TEXT NOT NULL, -- its meaning, unit, and when it is NULL
  PRIMARY KEY (table_name, column_name)
) STRICT, WITHOUT ROWID;
