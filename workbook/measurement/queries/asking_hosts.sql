-- The host whose pages most of the pictures, styles and scripts were asked for from: one's own.
SELECT {referrer} AS name
FROM ({sample})
WHERE regexp_matches(lower(target), '[.]({files})([?].*)?$')
GROUP BY 1
HAVING name <> ''
ORDER BY count(*) DESC, name
LIMIT 1
