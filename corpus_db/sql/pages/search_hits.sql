-- What else is shown of the articles with :keys (a JSON array).
SELECT a.key, a.id, a.publisher, a.section, a.year, a.reprint_of, a.title IS NULL AS untitled
FROM json_each(:keys) j CROSS JOIN articles a ON a.key = j.value;
