"""A search as SQL. The text depends on the query's shape alone, so PostgreSQL prepares each shape once."""

from collections.abc import Sequence
from functools import lru_cache

from shared.fhir.search.query import Period, Query

Shape = tuple[int, int, int, int, tuple[tuple[tuple[bool, bool, bool], ...], ...]]

_NOW = "(SELECT r.version, r.tokens, r.last_updated, r.body) e"
# A resource changed since then is as its last version was that the moment saw, if there was one.
_THEN = """(
    SELECT r.version, r.tokens, r.last_updated, r.body WHERE fhir_seen(r.xid, %(moment)s::pg_snapshot)
    UNION ALL (
        SELECT v.version, v.tokens, v.last_updated, v.body FROM fhir_version v
        WHERE v.id = r.id AND v.type = r.type AND NOT fhir_seen(r.xid, %(moment)s::pg_snapshot)
            AND fhir_seen(v.xid, %(moment)s::pg_snapshot)
        ORDER BY v.version DESC LIMIT 1)
) e"""
_MATCHES = """
    FROM (SELECT * FROM fhir_resource f WHERE f.provider = %(provider)s AND f.type = %(type)s AND NOT f.hidden
        {selection}) r
    CROSS JOIN LATERAL {as_of}
    WHERE true {filters}"""
_PAGE = """
WITH candidate AS MATERIALIZED (
    SELECT r.id, r.client, e.tokens, e.body {matches}
    ORDER BY r.id LIMIT %(limit)s + 1
), page AS MATERIALIZED (SELECT * FROM candidate ORDER BY id LIMIT %(limit)s
), noted AS ({noted}
)
SELECT 0 AS kind, pg_current_snapshot()::text AS id, (SELECT count(*) FROM candidate)::text AS client,
    NULL::bytea AS body
UNION ALL
SELECT 1, id::text, client::text, body FROM page
{linked}"""
_COUNT = """
WITH page AS MATERIALIZED (SELECT r.client {matches}
), noted AS ({noted})
SELECT count(*) FROM page
"""
_NOTED = """
    INSERT INTO audit (at, actor, provider, action, subject, client, request_id)
    SELECT now(), %(actor)s, %(provider)s, 'search', %(subject)s, w.client, %(request)s
    FROM (SELECT DISTINCT client FROM page UNION ALL SELECT NULL WHERE NOT EXISTS (SELECT FROM page)) w"""
_NOTED_ONCE = """
    INSERT INTO audit (at, actor, provider, action, subject, client, request_id)
    SELECT now(), %(actor)s, %(provider)s, 'search', %(subject)s, NULL, %(request)s"""
# What a resource leads to is about the same person: one look at theirs finds it all, and nobody else's is ever shown.
_LINKED = """UNION ALL
SELECT {kind}, r.id::text, r.client::text, e.body
FROM page p
CROSS JOIN LATERAL (SELECT * FROM fhir_resource f
    WHERE f.client = p.client AND f.provider = %(provider)s AND f.type = %(target{n})s AND NOT f.hidden
        AND %(link{n})s || f.id::text = ANY (p.tokens) OFFSET 0) r
CROSS JOIN LATERAL {as_of}
"""


@lru_cache(maxsize=256)
def page(shape: Shape, links: int, then: bool) -> str:
    """Rows (kind, id, client, body). Kind 0: moment, number of candidates; 1: a match; 2…: what each link leads to."""
    as_of = _THEN if then else _NOW
    linked = "".join(_LINKED.format(n=n, kind=n + 2, as_of=as_of) for n in range(links))
    return _PAGE.format(matches=_matches(shape, then), noted=_NOTED, linked=linked)


@lru_cache(maxsize=256)
def count(shape: Shape, about_people: bool) -> str:
    """How many match. Noted for each of them only where the search names people: a count of all tells of none."""
    return _COUNT.format(matches=_matches(shape, then=False), noted=_NOTED if about_people else _NOTED_ONCE)


def shape_of(query: Query) -> Shape:
    updated = tuple(tuple(_form(period) for period in alternatives) for alternatives in query.updated)
    return len(query.ids), len(query.clients), len(query.subjects), len(query.tokens), updated


def _form(period: Period) -> tuple[bool, bool, bool]:
    return period.start is not None, period.end is not None, period.outside


def _matches(shape: Shape, then: bool) -> str:
    ids, clients, subjects, tokens, updated = shape
    selection = [f"AND f.id = ANY(%(id{n})s)" for n in range(ids)]
    selection += [f"AND f.client = ANY(%(client{n})s)" for n in range(clients)]
    selection += [f"AND f.subject = ANY(%(subject{n})s)" for n in range(subjects)]
    # A fence: with a person given, PostgreSQL must not walk all resources in the order of the page instead.
    selection += ["OFFSET 0"] if clients or subjects else []
    filters = [f"AND e.tokens && %(token{n})s::text[]" for n in range(tokens)]
    filters += [f"AND ({_updated(n, forms)})" for n, forms in enumerate(updated)]
    filters += ["AND r.id > %(after)s"] if then else []
    return _MATCHES.format(selection=" ".join(selection), as_of=_THEN if then else _NOW, filters=" ".join(filters))


def _updated(n: int, forms: Sequence[tuple[bool, bool, bool]]) -> str:
    return " OR ".join(_within(f"{n}_{m}", *form) for m, form in enumerate(forms)) or "false"


def _within(name: str, start: bool, end: bool, outside: bool) -> str:
    limits = [f"e.last_updated >= %(start{name})s"] if start else []
    limits += [f"e.last_updated < %(end{name})s"] if end else []
    return f"{'NOT ' if outside else ''}({' AND '.join(limits)})"
