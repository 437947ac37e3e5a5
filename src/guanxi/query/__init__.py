"""The one read path: conditions, paths over links, search, sorting, paging, measures."""
