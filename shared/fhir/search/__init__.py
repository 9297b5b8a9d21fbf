"""From a query to a page: `parameters` reads it, `query` is what it means, `cursor` carries it on."""
