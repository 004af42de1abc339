-- The first lines of a file.
SELECT line FROM {lines} LIMIT {most}
