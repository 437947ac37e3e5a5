"""Files: content kept beside the database, what is known of it, and which fields of records hold it."""
