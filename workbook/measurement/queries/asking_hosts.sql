-- The hosts whose pages most of the pictures, styles and scripts were asked for from: the first that
-- is no network is one's own. One picture alone may be shown by any website.
SELECT {referrer} AS name
FROM ({sample})
WHERE regexp_matches(lower(target), '[.]({files})([?].*)?$')
GROUP BY 1
HAVING name <> '' AND count(*) >= {fewest} AND count(DISTINCT split_part(target, '?', 1)) > 1
ORDER BY count(*) DESC, name
LIMIT 50
