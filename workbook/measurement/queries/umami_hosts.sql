-- The hosts of the pages that were seen: one's own.
SELECT lower(hostname) AS host
FROM given
WHERE hostname IS NOT NULL
GROUP BY 1
ORDER BY count(*) DESC
LIMIT 20
