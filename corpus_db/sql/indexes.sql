-- Made after the tables are filled: what facets, article pages and the queries look up by.

CREATE INDEX articles_site ON articles (site) WHERE site IS NOT NULL;
CREATE INDEX articles_publisher ON articles (publisher) WHERE publisher IS NOT NULL;
CREATE INDEX articles_section ON articles (section) WHERE section IS NOT NULL;
CREATE INDEX articles_counts ON articles (year, site, publisher, words, reprint_of);
CREATE INDEX articles_reprint_of ON articles (reprint_of) WHERE reprint_of IS NOT NULL;
CREATE INDEX paragraph_bounds_article ON paragraph_bounds (article_id);
CREATE INDEX sentence_bounds_article ON sentence_bounds (article_id, start);
CREATE INDEX mentions_entity ON mentions (entity_id, article_id, start);
CREATE INDEX figures_article ON figures (article_id, start);
CREATE INDEX figures_kind ON figures (kind, value);
CREATE INDEX dates_article ON dates (article_id, start);
CREATE INDEX dates_day ON dates (start_date);
CREATE INDEX quotes_article ON quotes (article_id, start);
CREATE INDEX quotes_speaker ON quotes (speaker);
CREATE INDEX folds_occurring ON folds (folded) WHERE occurs;
