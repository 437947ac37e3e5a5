"""HTTP: routes that call one verb each, and what all requests share."""
