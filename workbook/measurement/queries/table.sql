-- The cells of a table with a header, as text.
CREATE VIEW cells AS
SELECT * FROM read_csv(
  {path}, header = true, auto_detect = false, delim = {separator}, quote = '"', escape = '"',
  columns = {columns}, strict_mode = false, compression = 'none', max_line_size = {longest},
  store_rejects = true, rejects_limit = 100000
)
