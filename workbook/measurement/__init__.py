"""From links and files to what social media brought: visits, pages reached, people in touch."""
