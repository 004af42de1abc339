"""The PDF writer: a report as plain values, and the sheet that lays them out."""
