"""Telling a goal that only counts being seen from one that counts results, in people's words."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbook.checks.vanity import holds_two_measures, list_replacements, recognise
from workbook.discovery import read_toml
from workbook.steps.goals.answers import Objective
from workbook.steps.goals.measures import load_metrics, load_stages

WORDS = read_toml("checks/vanity.toml")

VANITY = {
    "followers": [
        "Get 5,000 followers",
        "5k followers",
        "10K folowers by summer",
        "more followers on Instagram",
        "grow our audience",
        "Grow our Instagram to 2.000",
        "hit 10k on TikTok",
        "ten thousand fans",
        "a thousand subscribers",
        "double our followers",
        "followers from 300 to 1,000",
        "1,000 followers so that more clients find us",
        "get 200 people to follow us",
        "build a big following",
        "We want 500+ LinkedIn connections",
        "1m YouTube subscribers",
        "get as many followers as our competitor",
        "be the account with the most followers in town",
        "reach 1000 followers",
        "1.5k followers on insta",
        "to have followers",
        "get from 420 to 1000 instagram followers before christmas",
        "More followers, more likes, more everything",
        "Have more followers than the other bakery",
        "gain 100 subscribers a month and go viral",
        "The goal is 3,000 fans by December",
        "Reach 2,500 followers on LinkedIn by Christmas",
        "We need way more fans on Facebook",
        "increase our follower base by 20 percent",
        "Become the most followed florist in the county",
        "grow the newsletter list to 1,000 subscribers",
        "a bigger audience for our podcast",
        "get to 5000 on Instagram",
        "Grow to 800 followers before the fair",
        "Have the biggest Facebook page in the region",
        "Gain subscribers on our channel",
        "Become popular on social media",
        "5,000 Followers!!!",
        "FOLLOWERS",
        "A thousand fans by Easter",
        "double our audience",
        "grow our Insta to 10k",
        "be number one on Instagram",
        "Triple our audience on Facebook",
        "Get our Insta to 2k",
        "become the number one on TikTok",
        "be the no 1 account on LinkedIn",
        "grow our audience to 5,000",
        "an audience of 10,000",
        "be the biggest on Instagram in our trade",
        "top account on Pinterest",
        "Insta at 3k by summer",
        "expand our audience",
        "hit 5000 on our Facebook page",
        "3 prizes to get more followers",
        "in 6 months 2,000 followers",
    ],
    "likes": [
        "more likes",
        "100 likes on every post",
        "Likes and comments",
        "more likes so that we get clients",
        "hearts",
        "Get at least 50 likes per photo",
        "to get more people to like our page",
        "300 reactions per post",
        "Lots of likes",
    ],
    "reach": [
        "go viral",
        "impressions",
        "reach 10000 people",
        "reach more people in our town",
        "Reach 10 000 people a month",
        "increase our reach",
        "50,000 views on our videos",
        "1 million impressions",
        "get our name out there",
        "more visibility",
        "10.000 Menschen reach of 10000",
        "Have a post go viral once a month",
        "1000 story views a day",
        "Get our brand in front of more people",
        "raise brand awareness",
        "10 k impressions per week",
        "double our reach by June",
        "to be more visible online",
        "20% more reach each quarter",
        "More people should see our posts",
        "Get a million views",
        "Raise our visibility in the town",
        "Have our video go viral",
        "reach 50k people with our spring campaign",
        "Reach 20,000 users in 3 months",
    ],
    "traffic": [
        "more traffic to the website",
        "2,000 page views a month",
        "increase website hits",
        "get 1000 visitors to our website",
        "Increase monthly website traffic by 30%",
        "More visitors on our website",
        "1,200 visitors to our website each month",
    ],
    "mentions": [
        "100 mentions a month",
        "create a buzz",
        "improve our share of voice",
        "our hashtag to trend",
        "Be talked about in the valley",
        "more shares",
        "50 shares per post",
        "get people to share our posts",
        "more comments under our photos",
        "get 30 comments a week",
        "more retweets",
        "double our reposts",
        "more people who share our posts",
    ],
    "posting": [
        "post every day",
        "3 posts a week",
        "two posts per week",
        "post 3 times a week",
        "posting consistently",
        "Publish two videos a week",
        "Be more active on Facebook",
        "tweet five times a day",
        "Publish one blog post every week",
        "be on TikTok every day",
        "Post on Instagram three times a week",
        "3 reels per week",
        "Keep up a regular posting schedule",
    ],
    "engagement": [
        "raise our engagement rate to 5 %",
        "better engagement",
        "Boost engagement across all channels",
        "Higher engagement rate than our competitors",
        "Improve interaction with our content",
    ],
    "advertising_value": [
        "advertising value of £20,000",
    ],
}

REAL = [
    "20 new clients who follow our advice",
    "reach 12 bookings a month",
    "followers who book",
    "12 bookings from our 5,000 followers",
    "turn 10 followers into clients",
    "Six new retainer clients by 30 June",
    "more clients through more followers",
    "not followers but bookings",
    "Instead of likes, 10 enquiries a month",
    "We would like 10 more customers",
    "sell 12 engagement rings",
    "fill rooms with sea views",
    "more foot traffic",
    "1,000 views of our services page",
    "30 % of our followers buy",
    "get followers to book",
    "make a good first impression",
    "8 quotes a week for bathroom jobs",
    "everyone who likes our work tells a friend",
    "fill the post of apprentice",
    "answer every question within four hours",
    "settle nine in ten complaints",
    "Follow up on every enquiry",
    "the following month brings 5 more orders",
    "reach new customers",
    "reach 200 customers",
    "15 reviews a quarter",
    "Fewer followers, more orders",
    "",
    "Stop chasing likes",
    "100 paying subscribers",
    "sales of £10k",
    "hire two apprentices",
    "20 visits to the services page each month from social media",
    "Raise 50 donations a month",
    "12 % more orders",
    "No more than 3 complaints a month",
    "Get 10 new volunteers from Facebook",
    "5k",
    "customers recommend us to their followers",
    "Ten bookings a week from people who saw our posts",
    "3 leads per week from 2 posts per week",
    "Our followers should buy more cake",
    "fewer than 5 complaints",
    "Be known as the best accountant in town",
    "that clients find the contact form",
    "More walk-ins from the hotel next door",
    "Two new contracts with builders from LinkedIn",
    "100 people come to the open day",
    "answer 90% of messages within a day",
    "interactions with customers lead to 4 sales a week",
    "Post office orders up by 10",
    "people who follow us order 20 cakes a week",
    "40 visitors a month who use the contact form",
    "grow revenue by 10% through a bigger following",
    "Sell out the 40 seats of the spring concert",
    "sell 200 tickets from posts that go viral",
    "Book out the Saturday workshop with 12 people",
    "Get five quote requests a month from the website",
    "Answer questions within two hours on weekdays",
    "Win two retainer clients per quarter from LinkedIn conversations",
    "Get ten parents to sign up for the trial lesson",
    "Fill 30 seats at the tasting each month",
    "Hire a second plumber by September",
    "Raise repeat purchases from 20 to 30 percent",
    "Have 4.5 stars from at least 40 reviews",
    "Cut phone calls about opening hours by half",
    "One new wholesale customer a month who found us on Instagram",
    "Collect 50 email enquiries for the spring tours",
    "More people from our street book a table for lunch",
    "£2,000 of online sales a month from Facebook",
    "Every like counts, but we want 8 bookings a week",
    "sell 15 gift vouchers from each post",
    "8 new members a month for the sports club",
    "Get suppliers to follow through on deliveries",
    "Two referrals a month from the estate agents we follow",
    "Let 90% of rooms with lake views in May",
    "Recruit 3 drivers",
    "Have our regulars come twice a week",
    "Get guests who liked the cake to come back",
    "More sign-ups to the evening course",
    "More donors, whether or not they follow us",
    "40 people at the open day",
    "Get 20 people a month to ask for a price",
    "Turn views into sales",
    "Reduce no-shows to 5 a month",
    "Two more weddings booked per month through Pinterest",
    "Ten companies ask for our price list each quarter",
    "Fifteen children enrolled in the summer course",
    "Answer every complaint the same day",
    "Sell 20 more cakes on Fridays",
    "Reach £5,000 monthly revenue from the online shop",
    "Three new maintenance contracts by December",
    "Get a steady stream of enquiries from local architects",
    "Have 60% of our trial customers become paying ones",
    "More customers from the new housing estate",
    "Cut the time to reply to 3 hours",
    "Five good applications for the apprenticeship",
    "8 in 10 guests recommend us",
    "Sell out the follow-up course",
    "100 boxes of vegetables a week",
    "Get more people through the door at lunch",
    "Have clients post reviews",
    "Find one distributor in Spain",
    "Double the number of test drives",
    "Keep 95% of members for another year",
    "hire 2 cooks by March, they follow us on LinkedIn",
    "Hire 3 nurses who follow us on Facebook",
    "Two apprentices by autumn, found on Instagram",
    "Sell 30 shares of our farm co-op",
    "Fill 12 audience seats with paying guests",
    "Book 5 weddings through our Insta",
    "10 students for the spring course, most follow us",
    "employ two drivers who know us from Facebook",
    "Sell 20 cakes a week to people who follow us",
    "Be the number one choice for weddings in town",
    "three interns by June from our LinkedIn page",
    "reduce no-shows to 3 a week, even if fewer follow us",
    "Sell 10 shares in the vineyard",
    "4 waiters before summer, they all use Instagram",
    "Find 6 tutors, the ones following us first",
    "12 families on the waiting list, they share our posts",
    "2 bakers who like our page",
    "20 pupils for the music school, their parents follow us",
    "lease 4 flats by May to people who follow us",
    "5 trainees by September through more posts",
    "10 attendees at each workshop, followers or not",
    "answer comments within 3 hours",
]


@pytest.mark.parametrize(
    ("kind", "text"), [(kind, text) for kind, texts in VANITY.items() for text in texts]
)
def test_vanity_goal_is_recognised(kind, text):
    """A goal that counts followers, likes, views or posts is recognised, however it is written."""
    vanity = recognise(text)
    assert vanity
    assert vanity.kind == kind
    assert vanity.reason
    assert vanity.replacements


@pytest.mark.parametrize("text", REAL)
def test_real_goal_is_left_alone(text):
    """A goal that counts people who ask, book, buy or come back is no vanity goal."""
    assert recognise(text) is None


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Get 5,000 followers", 5_000),
        ("5k followers", 5_000),
        ("1.5k followers on insta", 1_500),
        ("10K folowers by summer", 10_000),
        ("Reach 10 000 people a month", 10_000),
        ("Grow our Instagram to 2.000", 2_000),
        ("1m YouTube subscribers", 1_000_000),
        ("a million views", 1_000_000),
        ("ten thousand fans", 10_000),
        ("a hundred likes", 100),
        ("hit 10k on TikTok", 10_000),
        ("followers from 300 to 1,000", 1_000),
        ("raise our engagement rate to 5 %", 5),
        ("more likes", None),
    ],
)
def test_number_is_found(text, number):
    """The number that goes with it is read the way people write numbers."""
    assert recognise(text).number == number


@pytest.mark.parametrize("kind", WORDS["kinds"])
def test_kind_is_whole(kind):
    """Each kind has words to know it by, a reason, an early sign and objectives to offer."""
    about = WORDS["kinds"][kind]
    assert kind in {pattern["kind"] for pattern in WORDS["patterns"]}
    assert kind in VANITY
    assert about["reason"].endswith(".")
    assert about["instead"].endswith(".")
    assert about["indicator"] in load_metrics()
    assert set(about["objectives"]) <= set(WORDS["offers"])


def test_patterns_have_a_kind():
    """No words stand under a kind that is not explained."""
    assert {pattern["kind"] for pattern in WORDS["patterns"]} == set(WORDS["kinds"])


def test_what_is_offered_is_a_goal():
    """What is offered in place measures a result, serves its objective, and is no vanity goal."""
    offered = list_replacements()
    assert [r.objective for r in offered] == list(Objective)
    for replacement in offered:
        metric = load_metrics()[replacement.metric]
        assert load_stages()[metric.stage].goal
        assert replacement.objective in metric.objectives
        assert recognise(replacement.wish) is None
        assert recognise(replacement.label) is None
        assert not holds_two_measures(replacement.wish)


def test_best_fit_is_offered_first():
    """The first thing offered for followers is enquiries, for mentions reviews."""
    assert recognise("5k followers").replacements[0].metric == "leads_per_month"
    assert recognise("more mentions").replacements[0].metric == "reviews_per_quarter"


@settings(deadline=None)
@given(st.text(max_size=300))
def test_any_text_can_be_looked_at(text):
    """Whatever is typed, the answer is a kind there is, or none."""
    vanity = recognise(text)
    assert vanity is None or vanity.kind in WORDS["kinds"]
    assert isinstance(holds_two_measures(text), bool)


@settings(deadline=None)
@given(st.integers(2, 10_000_000), st.sampled_from(["", "k", "m"]), st.booleans())
def test_number_survives_any_spelling(number, unit, grouped):
    """Followers in any number are recognised with that number."""
    written = f"{number:,}" if grouped and not unit else str(number)
    vanity = recognise(f"Get {written}{unit} followers")
    assert vanity.number == number * {"": 1, "k": 1_000, "m": 1_000_000}[unit]


@pytest.mark.parametrize(
    "text", ["reach grow " * 50_000, "1 " * 100_000, "reach 5 reach 5 " * 9_000]
)
def test_endless_text_is_no_trouble(text):
    """Text of any length is looked at in next to no time."""
    began = time.perf_counter()
    recognise(text)
    holds_two_measures(text)
    assert time.perf_counter() - began < 2
