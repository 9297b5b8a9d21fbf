"""JSON routes: parse, call a handler, answer."""
