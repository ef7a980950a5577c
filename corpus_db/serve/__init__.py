"""A corpus file on the web: plugins for Datasette and sqlite-utils, pages of our own, feeds, and what programs ask for."""
