-- Every table, view and column is described, and nothing is described that is not there.
WITH here AS (
  SELECT m.name AS table_name, '' AS column_name FROM sqlite_master m
  WHERE m.type IN ('table', 'view') AND m.name NOT LIKE 'sqlite_%' AND m.name NOT GLOB '*_fts_*' AND m.name NOT GLOB '*_search_*'
  UNION ALL
  SELECT m.name, c.name FROM sqlite_master m JOIN pragma_table_xinfo(m.name) c
  WHERE c.hidden <> 1 AND m.type IN ('table', 'view') AND m.name NOT LIKE 'sqlite_%' AND m.name NOT GLOB '*_fts_*' AND m.name NOT GLOB '*_search_*'
)
SELECT 'no description of ' || table_name || ' ' || column_name FROM (
  SELECT table_name, column_name FROM here EXCEPT SELECT table_name, column_name FROM descriptions
)
UNION ALL
SELECT 'description of ' || table_name || ' ' || column_name || ', which does not exist' FROM (
  SELECT table_name, column_name FROM descriptions EXCEPT SELECT table_name, column_name FROM here
);
