-- How many lines the engine looks at.
SELECT count(*) FROM {lines}
