"""Plans that documents are made of in tests: finished, waiting, empty, blocked, very long."""

from __future__ import annotations

from datetime import date
from typing import Any

from workbook.exports.documents import Switches
from workbook.plan import Plan

TODAY = date(2027, 1, 15)
HOSTILE = "<script>alert(1)</script> | =cmd() *bold* \u202b שלום 漢字 😀"
IN_FULL = Switches(length="full")
STRANGE = "Bell\x07, null\x00, escape\x1b[31m, \u202eعربي\u202c, 漢字, 👩\u200d👧, \ufffe"
LAST = "the very last word"


def _goal(number: int, **more: Any) -> dict[str, Any]:
    return {
        "id": f"goal{number}",
        "wish": "More people in town ask us for a bathroom",
        "objective": "leads",
        "metric": "leads_per_month",
        "direction": "increase",
        "audience": "Families with an older house",
        "page": "The page about bathrooms",
        "baseline": 6,
        "target": 16,
        "due": "2027-07-31",
        "source": "A tally beside the phone",
        "reader": "the office manager",
        "review": "monthly",
        "indicator": "questions_received",
        "if_missed": "Look whether people reach the page at all, then change the place.",
        **more,
    }


START = {
    "route": "full",
    "name": "Example Plumbing",
    "sells": "We mend leaks and fit bathrooms for people in their own homes.",
    "customers": "people",
    "clients": "Families who own an older house and want it done properly.",
    "area": "Within ten miles of the town",
    "people": 4,
    "who": "The office manager, on Tuesday mornings",
    "has_website": "yes",
    "website": "www.example.com",
    "analytics": ["ga4"],
    "hours_per_week": 6,
    "has_accounts": "yes",
    "accounts": [
        {
            "id": "acc1",
            "platform": "facebook",
            "handle": "exampleplumbing",
            "last_posted": "month",
            "access": ["owner", "staff"],
            "opened_because": "People in town ask there for a plumber.",
        },
        {
            "id": "acc2",
            "platform": "x",
            "handle": "exampleplumbing",
            "last_posted": "longer",
            "access": ["left"],
            "opened_because": "unknown",
        },
    ],
}

DIAGNOSIS = {
    "reason_written": "some",
    "goal_dated": "yes",
    "miss_noticed": "no",
    "goal_words": "More people who ring us for a bathroom",
    "yardstick": "enquiries",
    "traced": ["none"],
    "offers": 3,
    "about_us": 4,
    "unanswered": 2,
    "replies": 9,
    "thanked": "month",
    "clients_there": 6,
    "followers": "clients",
    "hours_fixed": "yes",
    "hours_by_place": "no",
    "enquiry_source": "unknown",
    "rules": ["complaints"],
    "partners": ["print"],
    "same_offer": "yes",
    "earlier": [
        {
            "id": "20261016",
            "day": "2026-10-16",
            "evidence": {"reason_written": "none", "offers": 14, "unanswered": 7},
        }
    ],
}

GOALS = {
    "aim": "Enough bathroom jobs that we need no small repairs at the weekend.",
    "objectives": ["leads"],
    "whys": [
        {
            "id": "why1",
            "platform": "facebook",
            "reason": "Families in our town ask each other there for a plumber, and we answer.",
            "serves": "leads",
        },
        {"id": "why2", "platform": "x", "reason": "Everybody is there.", "serves": "nothing"},
    ],
    "decision": "use",
    "goals": [_goal(1)],
}

PLATFORM_FIT = {
    "hands": 1,
    "makes": ["text", "image"],
    "places": [
        {"id": "pl01", "platform": "facebook", "serves": "yes", "answers": "yes", "posts": 2},
        {"id": "pl02", "platform": "instagram", "serves": "no", "answers": "yes"},
    ],
    "first": "facebook",
    "first_because": "Families in our town ask each other there, and we answer.",
    "fates": [
        {"id": "acc1", "account": "acc1", "action": "keep"},
        {
            "id": "acc2",
            "account": "acc2",
            "action": "recover",
            "who": "The office manager",
            "due": "2027-02-26",
        },
    ],
}

VOICE = {
    "language": "english",
    "casual": 70,
    "funny": 30,
    "irreverent": 20,
    "enthusiastic": 45,
    "traits": [
        {"id": "tr01", "trait": "Plain", "but_not": "blunt", "shows": "We say what a job costs."},
        {"id": "tr02", "trait": "Calm", "but_not": "slow"},
    ],
    "moments": [
        {
            "id": "mo01",
            "situation": "complaint",
            "feels": "Let down, with a wet floor.",
            "shift": "Calmer and shorter. We use the name and say who comes when.",
            "jokes": "none",
        },
        {
            "id": "mo02",
            "situation": "praise",
            "feels": "Glad, and seen.",
            "shift": "Warm, by name.",
            "jokes": "light",
        },
    ],
    "rewrites": [
        {
            "id": "re01",
            "before": "Our valued customers are hereby informed that we will be closed.",
            "after": "We\u2019re closed this Monday. If it drips, ring us.",
        }
    ],
    "avoided": "solutions\nworld-class",
    "names": "the plumbers",
    "capitals": "BSP",
}

CONDUCT = {
    "countries": ["us", "eu"],
    "habits": ["staff_posts"],
    "speakers": "The owner\nThe office manager",
    "approval": "delicate",
    "approver": "The owner",
    "owner": "The office manager",
    "review": "2027-12-01",
    "pauser": "The owner, on the mobile phone",
    "deputy": "The office manager",
    "pauses": [
        {
            "id": "ps01",
            "tool": "Planned posts on Facebook",
            "button": "Open the planner, choose all, then move them to drafts.",
        }
    ],
    "data_contact": "office@example.com",
    "privacy_notice": "https://www.example.com/privacy",
    "notice_linked": "yes",
    "clauses": [
        {"id": "politics", "clause": "politics", "use": "out"},
        {
            "id": "mistakes",
            "clause": "mistakes",
            "use": "own",
            "text": "Take a picture, ring the owner, then write below what is right.",
        },
    ],
}

LINKING = {
    "services_page": "https://www.example.com/bathrooms",
    "contact_page": "https://www.example.com/contact",
    "contact_tested_on": "2027-01-08",
    "list_page": "none",
    "legal_pages": ["privacy"],
    "trade": "Plumber",
    "phone": "+44 1632 960123",
    "street": "12 Mill Lane",
    "town": "Norwich",
    "profiles": [
        {
            "id": "acc1",
            "platform": "facebook",
            "linked": "yes",
            "links_back": "no",
            "bio": "We fit bathrooms for families in Norwich. Ask for a price.",
            "bio_says": ["who", "for_whom", "next"],
            "shows": ["route"],
        }
    ],
}

COMPLAINTS = {
    "hours": [
        {
            "id": "hr01",
            "days": ["monday", "tuesday", "wednesday", "thursday", "friday"],
            "opens": "08:00",
            "closes": "17:30",
        }
    ],
    "zone": "Europe/London",
    "closed": [{"id": "cl01", "first": "2027-12-24", "last": "2028-01-02", "what": "Christmas"}],
    "weekend": "duty",
    "weekend_who": "Whoever has the emergency telephone",
    "first_s2": 4,
    "urgent": "open",
    "page_owner": "The office manager",
    "service_lead": "The master plumber",
    "approver": "The owner",
    "backup": "The office manager",
    "business_owner": "The owner",
    "lawyer": "The legal line of the insurer",
    "safety_contact": "The owner, and the emergency number",
    "holding_line": "We have seen what happened and are looking into it.",
    "channel": "messenger",
    "put_right": "A new appointment within two days.",
    "initials": "AB",
    "stop": "own",
    "stop_words": "Two answers, then a telephone call, then silence.",
    "house_rules": "Threats, hate and adverts. Everything else stays.",
    "hours_published": "yes",
    "review_sites": ["google", "trustpilot"],
}

AUDIENCE = {
    "groups": [
        {
            "id": "own1",
            "name": "Owners of older houses",
            "buyers": "people",
            "share": 70,
            "country": "United States",
            "ages": ["50-64", "65+"],
            "community": ["Suburban"],
        },
        {
            "id": "fam1",
            "name": "Families who move in",
            "buyers": "people",
            "share": 30,
            "country": "United States",
            "ages": ["30-49"],
        },
    ],
    "tallies": [
        {
            "id": "use1",
            "question": "use",
            "asked": 14,
            "counts": [["facebook", 11], ["youtube", 10], ["nextdoor", 4]],
            "asked_on": "2026-12-18",
        },
        {
            "id": "fnd1",
            "question": "found",
            "asked": 14,
            "counts": [["facebook", 3], ["google_business", 6], ["other", 5]],
            "asked_on": "2026-12-18",
        },
    ],
    "peers_asked": 8,
    "peers": [["linkedin", 6], ["facebook", 3]],
}

MEASUREMENT = {
    "contact_ways": ["form_thanks", "phone"],
    "thanks_page": "https://www.example.com/thank-you",
    "tally": "yes",
    "banner": "banner",
    "campaign": "2027-01_bathrooms",
    "reader": "The office manager",
    "reading_day": "first",
    "next_reading": "2027-02-01",
    "hour_cost": "30",
    "spend": "0",
    "lead_worth": "90",
    "numbers": [
        {
            "id": "num1",
            "platform": "facebook",
            "first": "2026-10-01",
            "last": "2026-12-31",
            "visits": 240,
            "services": 96,
            "contact": 31,
            "used": 9,
            "leads": 7,
            "referrals": 1,
            "hours": 26,
        },
        {
            "id": "num2",
            "platform": "linkedin",
            "first": "2026-10-01",
            "last": "2026-12-31",
            "visits": 38,
            "services": 12,
            "contact": 4,
            "used": 1,
            "leads": 1,
            "referrals": 5,
            "hours": 18,
        },
        {
            "id": "num3",
            "platform": "x",
            "first": "2026-10-01",
            "last": "2026-12-31",
            "visits": 22,
            "services": 2,
            "leads": 0,
            "referrals": 0,
            "hours": 14.5,
        },
    ],
}

MIX = {
    "promotion_most": 20,
    "talk_least": 40,
    "missed": "I would no longer know how to keep a pipe from freezing.",
    "asked_counter": "Can I turn off the water myself?\nHow long does a boiler last?",
    "asked_phone": "What does a call at night cost?",
    "topics": [
        {
            "id": "tp01",
            "asked": "Can I turn off the water myself?",
            "where": "counter",
            "says": "Yes. Turn the stopcock under the sink to the right.",
            "proof": "The stopcock in our own kitchen",
        },
        {"id": "tp02", "asked": "What does a call at night cost?", "where": "phone"},
    ],
    "across_counter": "Put a bucket under it and sleep.\nThat is an hour\u2019s work.\n"
    "You can do that yourself.",
    "not_ours": "Customers at home, unless they said yes\nThe staff party",
    "speaks": "Sam, from the office",
    "contacts": [
        {"id": "co01", "name": "The tiler next door", "act": "recommend", "about": "Two customers"},
        {"id": "co02", "name": "A customer of last week", "act": "thank"},
    ],
    "first_at": "08:30",
    "first_minutes": 15,
    "second_at": "16:00",
    "weeks": [
        {
            "id": "wk01",
            "week": "first",
            "day": "monday",
            "move": "post",
            "topic": "tp01",
            "text": "Can I turn off the water myself? Yes.",
            "minutes": 30,
            "proof": "The stopcock in our own kitchen",
            "passed_on": "yes",
        },
        {
            "id": "wk02",
            "week": "first",
            "day": "thursday",
            "move": "recommend",
            "contact": "co01",
            "minutes": 5,
        },
        {
            "id": "wk03",
            "week": "second",
            "day": "monday",
            "move": "post",
            "topic": "tp02",
            "minutes": 20,
            "passed_on": "unknown",
        },
    ],
    "corrections": [{"id": "0123456789ab", "said": {"kind": "helpful"}}],
}

TIME = {
    "owner": "The office manager",
    "substitute": "The master plumber",
    "blocks": [
        {
            "id": "bl01",
            "task": "make",
            "purpose": "clients",
            "platform": "facebook",
            "day": "tuesday",
            "at": "09:00",
            "minutes": 60,
        },
        {
            "id": "bl02",
            "task": "answer",
            "purpose": "service",
            "day": "workdays",
            "at": "08:30",
            "minutes": 15,
        },
        {
            "id": "bl03",
            "task": "answer",
            "purpose": "partners",
            "day": "workdays",
            "at": "16:00",
            "minutes": 15,
            "who": "The owner",
        },
        {
            "id": "bl04",
            "task": "plan",
            "purpose": "all",
            "day": "friday",
            "at": "09:00",
            "minutes": 75,
        },
        {
            "id": "bl05",
            "task": "report",
            "purpose": "all",
            "day": "monday",
            "at": "09:00",
            "minutes": 60,
            "often": "monthly",
        },
    ],
}

INTEGRATION = {
    "occasions": [
        {
            "id": "oc01",
            "name": "Flyer for the spring fair",
            "sort": "print",
            "offer": "Bathroom check",
            "words": "Bathroom check for £49, until 30 April",
            "first": "2027-03-01",
            "last": "2027-04-30",
            "channels": ["print", "counter"],
            "hand_over": "The office gives the flyers to the fitters on 26 February.",
        },
        {
            "id": "oc02",
            "name": "Spring fair",
            "sort": "event",
            "offer": "Bathroom check",
            "words": "Bathroom check for £49, until 30 April",
            "first": "2027-03-01",
            "last": "2027-04-30",
            "channels": ["social", "website", "counter", "phone"],
            "before": "Two posts: what we bring along, and who stands there",
            "during": "A picture from the stall each weekend",
            "after": "Thank the visitors, and answer what was asked most",
            "hand_over": "The stall tells the office each evening what was asked.",
            "phone": "The office manager",
            "promise": "An answer within 4 open hours",
        },
        {
            "id": "oc03",
            "name": "Advert in the town paper",
            "sort": "advert",
            "first": "2027-05-06",
            "channels": ["adverts"],
        },
    ],
    "supports": [
        {"id": "su01", "goal": "goal1", "activity": "The stall at the spring fair"},
    ],
    "actions": [
        {
            "id": "ac01",
            "what": "Order the flyers for the fair",
            "goal": "goal1",
            "who": "The office manager",
            "hours": 2,
            "due": "2027-02-05",
            "done": "no",
        },
        {
            "id": "ac02",
            "what": "Show the people at the phone the offer, and what the post says",
            "goal": "goal1",
            "who": "The owner",
            "hours": 0.5,
            "due": "2027-02-26",
            "done": "no",
        },
        {
            "id": "ac03",
            "what": "Put the link to the page about bathrooms on Facebook",
            "about": "linking.profiles.acc1.links_back",
            "who": "The office manager",
            "hours": 1,
            "due": "2027-01-29",
            "done": "no",
        },
        {
            "id": "ac04",
            "what": "Ask the printer for a price",
            "who": "The office manager",
            "hours": 0.5,
            "due": "2027-01-12",
            "done": "yes",
        },
    ],
}

REVIEW = {
    "day": "2027-01-08",
    "first": "2026-10-01",
    "last": "2026-12-31",
    "readings": [
        {
            "id": "rd01",
            "goal": "goal1",
            "count": 33,
            "year_earlier": 21,
            "happened": "A fair in November, and a week of frost",
        }
    ],
    "decisions": [
        {
            "id": "dc01",
            "choice": "keep",
            "what": "Answer questions within a day",
            "reason": "People thank us for it.",
        },
        {
            "id": "dc02",
            "choice": "change",
            "what": "Show prices on the page about bathrooms",
            "reason": "It is what people ask first.",
            "goal": "goal1",
            "baseline": 11,
        },
    ],
    "next_name": "First 90 days, to 31 December",
}

ACCOUNTS = {
    "inventory": [
        {
            "id": "acc1",
            "owner": "The office manager",
            "second": "The owner",
            "people": "The apprentice: may post",
            "login": "role",
            "login_address": "info@example.com",
            "password_place": "Bitwarden, entry \u201cFacebook\u201d",
            "shared": "no",
            "second_factor": "app",
            "second_holder": "The owner",
            "recovery": "The office phone",
            "purpose": "New clients from the town",
            "last_post": "2027-01-11",
            "last_reply": "2027-01-13",
            "impostor": "no",
        },
        {
            "id": "acc2",
            "owner": "The owner",
            "second": "unknown",
            "login": "gone",
            "password_place": "unknown",
            "second_factor": "none",
            "last_post": "2023-05-02",
            "notes": "Opened by a helper who left.",
        },
    ],
}

REST = {
    "audience": AUDIENCE,
    "platform_fit": PLATFORM_FIT,
    "voice": VOICE,
    "conduct": CONDUCT,
    "complaints": COMPLAINTS,
    "linking": LINKING,
    "mix": MIX,
    "time": TIME,
    "accounts": ACCOUNTS,
    "measurement": MEASUREMENT,
    "integration": INTEGRATION,
    "review": REVIEW,
}
"""The steps after the goals, as a finished plan has them."""


def make_finished() -> Plan:
    """A plan in which every decision is made."""
    return Plan.model_validate({"start": START, "diagnosis": DIAGNOSIS, "goals": GOALS, **REST})


def make_waiting() -> Plan:
    """A plan without social media for now."""
    goals = {
        **GOALS,
        "decision": "not_now",
        "instead": "Phone ten past clients each month and ask how they are getting on.",
        "instead_until": "2027-06-30",
        "goals": [],
    }
    return Plan.model_validate({"start": START, "diagnosis": DIAGNOSIS, "goals": goals, **REST})


def make_blocked() -> Plan:
    """A plan in which a goal has no date and no number to reach."""
    goals = {**GOALS, "goals": [_goal(1, target=None, due=None)]}
    return Plan.model_validate({"start": START, "diagnosis": DIAGNOSIS, "goals": goals, **REST})


def _long(name: str) -> str:
    """20,000 characters that begin with hostile ones and end with words of their own."""
    end = f" {name}, {LAST}"
    body = f"{HOSTILE}\n\n{'A long story about pipes. ' * 900}"
    return body[: 20_000 - len(end)] + end


_LONG_COMPLAINTS = ("holding_line", "put_right", "stop_words", "house_rules")


def make_very_long() -> Plan:
    """A plan with answers as long as they may be, 200 accounts, 4 places and 6 goals."""
    account = START["accounts"][1]
    start = {
        **START,
        "name": f"{HOSTILE} & Sons {'of the long name ' * 12}".strip(),
        "sells": _long("sells"),
        "clients": _long("clients"),
        "accounts": [
            {**account, "id": f"acc{n}", "handle": f"account{n}", "opened_because": "x" * (n * 3)}
            for n in range(198)
        ]
        + [{**account, "id": "formula", "handle": "=cmd()", "opened_because": STRANGE}]
        + [{**account, "id": "last", "opened_because": _long("account")}],
    }
    whys = [
        {"id": f"why{n}", "platform": "facebook", "reason": _long(f"why{n}"), "serves": "leads"}
        for n in range(4)
    ]
    goals = [_goal(n, wish=_long(f"wish{n}"), if_missed=_long(f"miss{n}")) for n in range(2)]
    goals += [_goal(n) for n in range(2, 6)]
    clauses = [
        {"id": name, "clause": name, "use": "own", "text": _long(name)}
        for name in ("purpose", "respect", "rights")
    ]
    conduct = {**CONDUCT, "form": "sixteen", "speakers": _long("speakers"), "clauses": clauses}
    groups = [
        {**AUDIENCE["groups"][0], "id": f"grp{n}", "name": f"{n} {HOSTILE} {'group ' * 35}"}
        for n in range(5)
    ]
    parts = {
        "audience": {**AUDIENCE, "groups": groups},
        "start": start,
        "diagnosis": {**DIAGNOSIS, "goal_words": _long("hope")},
        "goals": {**GOALS, "aim": _long("aim"), "whys": whys, "goals": goals},
        "conduct": conduct,
        "complaints": {**COMPLAINTS, **{name: _long(name) for name in _LONG_COMPLAINTS}},
    }
    return Plan.model_validate(parts)


PLANS = {"finished": make_finished, "empty": Plan, "very_long": make_very_long}
