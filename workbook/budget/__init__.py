"""The hours a plan needs in a week against those there are: by place and task, and in blocks."""
