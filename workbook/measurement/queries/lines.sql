-- The lines of a file as one column. Lines that are no text, or too long, are passed over.
(
  SELECT line
  FROM read_csv(
    {path}, delim = chr(1), quote = '', escape = '', header = false, auto_detect = false,
    columns = {{'line': 'VARCHAR'}}, strict_mode = false, compression = 'none',
    max_line_size = {longest}, ignore_errors = true
  )
  WHERE {wanted}
)
