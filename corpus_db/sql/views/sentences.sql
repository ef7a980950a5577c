-- Sentences with their text, cut from articles.body.
CREATE VIEW sentences AS
SELECT
  s.id, -- in reading order
  s.article_id, -- the article
  s.paragraph_id, -- the paragraph
  s.position, -- from 1 in the article
  s.start, -- first character in articles.body
  substr(a.body, s.start + 1, s."end" - s.start) AS text -- the sentence, with its end mark
FROM sentence_bounds s JOIN articles a ON a.id = s.article_id;
