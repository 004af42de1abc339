"""What a visitor sees: fields, forms, findings, the task list and the furniture of pages."""
