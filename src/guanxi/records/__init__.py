"""Records: the one write path, and what reading needs around the query compiler."""
