"""The process side of background work: which jobs there are, and a worker that does them."""
