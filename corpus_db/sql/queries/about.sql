-- title: About this file
-- description: What the file is, what it was made with, and how much it holds.

SELECT key, value FROM about
UNION ALL SELECT 'articles', count(*) FROM articles
UNION ALL SELECT 'words', sum(words) FROM articles
UNION ALL SELECT 'characters', sum(chars) FROM articles
UNION ALL SELECT 'sources', count(*) FROM sources
UNION ALL SELECT 'rejects', count(*) FROM rejects;
