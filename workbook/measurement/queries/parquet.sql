-- A file of Parquet as it is.
CREATE VIEW given AS SELECT * FROM read_parquet({path})
