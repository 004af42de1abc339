-- Umami's table of events, with its own types.
CREATE TABLE given AS SELECT {columns} FROM cells
