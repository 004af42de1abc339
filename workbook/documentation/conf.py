"""How Sphinx builds: ``sphinx-build -W workbook/documentation build/documentation``."""

from __future__ import annotations

from workbook.documentation.rendering import find_site, read_project, read_repository

project = "Social media strategy workbook"
author = "the contributors"
release = version = str(read_project()["version"])
language = "en"

extensions = [
    "myst_parser",
    "sphinx.ext.autodoc",
    "sphinx.ext.napoleon",
    "workbook.documentation.rendering",
]
exclude_patterns = ["_*", "reference/_*"]
myst_enable_extensions = ["attrs_inline", "attrs_block", "colon_fence", "deflist"]
myst_heading_anchors = 3
autodoc_typehints = "signature"
autodoc_member_order = "bysource"
napoleon_google_docstring = True
napoleon_numpy_docstring = False
python_use_unqualified_type_names = True
add_module_names = False

html_theme = "furo"
html_title = project
html_baseurl = find_site(read_repository())
html_static_path = ["static"]
html_css_files = ["site.css"]
html_extra_path = ["../storage/plan.schema.json"]
html_copy_source = False
html_show_copyright = False
html_theme_options = {
    "source_repository": f"{read_repository()}/",
    "source_branch": "main",
    "source_directory": "workbook/documentation/",
    "footer_icons": [],
}
