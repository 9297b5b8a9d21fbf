"""Whether somebody looks at the answer, or a program reads it."""


def prefers_html(accept: str) -> bool:
    """`text/html` is asked for by name, and JSON is not asked for more. Programs' `*/*` gets JSON."""
    weights = dict(_weighted(part) for part in accept.split(","))
    json = max((weight for kind, weight in weights.items() if kind.endswith("json")), default=0.0)
    html = weights.get("text/html", 0.0)
    return html > 0 and html >= json


def _weighted(part: str) -> tuple[str, float]:
    kind, *parameters = (piece.strip().lower() for piece in part.split(";"))
    given = next((parameter[2:] for parameter in parameters if parameter.startswith("q=")), "1")
    try:
        return kind, float(given)
    except ValueError:
        return kind, 0.0
