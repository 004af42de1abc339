"""Words of the trade are explained below the heading of each screen that says them."""

from __future__ import annotations

from tests.exports.sample_plans import make_finished


def test_a_bench_explains_what_its_result_may_say(visit_page):
    """Pages of a website are looked at with words for machines, explained before they come."""
    browser = visit_page("linking", make_finished())
    browser.page.show("linking/look")
    page = browser.html()
    assert page.index("data-wb-screen") < page.index("<dt>JSON-LD</dt>")
    assert page.count("What these words mean") == 1


def test_a_screen_that_says_none_has_no_list(visit_page):
    """Nothing is folded away where there is nothing to explain."""
    browser = visit_page("accounts", make_finished())
    browser.page.show("accounts/inventory")
    assert "<dt>Log</dt>" not in browser.html()


def test_the_documents_explain_kinds_of_files(visit_page):
    """A page that belongs to no step explains its words of the trade as well."""
    browser = visit_page("finish", make_finished())
    browser.page.show("documents")
    assert "<dt>CSV</dt>" in browser.html()
