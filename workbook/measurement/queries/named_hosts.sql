-- The hosts that a log itself names as asked for, the commonest first.
SELECT lower(split_part(host, ':', 1)) AS name
FROM ({sample})
WHERE host NOT IN ('', '-')
GROUP BY 1
ORDER BY count(*) DESC
LIMIT 20
