"""Background work as rows: queue, worker, schedule."""
