-- What the file says of itself.
SELECT key, value FROM about WHERE value IS NOT NULL ORDER BY key LIMIT 100;
