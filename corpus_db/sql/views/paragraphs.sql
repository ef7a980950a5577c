-- Paragraphs with their text, cut from articles.body.
CREATE VIEW paragraphs AS
SELECT
  p.id, -- in reading order
  p.article_id, -- the article
  p.position, -- from 1
  p.kind, -- heading, text, summary, question, answer or credit
  p.start, -- first character in articles.body
  substr(a.body, p.start + 1, p."end" - p.start) AS text -- the paragraph
FROM paragraph_bounds p JOIN articles a ON a.id = p.article_id;
