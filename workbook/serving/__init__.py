"""The guided app: pages served by Voila, each with a kernel of its own."""
