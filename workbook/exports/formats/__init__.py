"""One module for each format; a module that is added here is found by itself."""
