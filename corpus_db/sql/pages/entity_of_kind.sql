-- The name :name of the kind :kind, which the two tell apart from any other.
SELECT id FROM entities WHERE name = :name AND kind = :kind;
