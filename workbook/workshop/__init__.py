"""A workshop: a room with an agenda, whoever takes part in it, and what they tell each other.

``agenda`` and ``prompts`` say what is done and asked, ``events`` and ``state`` what has happened
so far, ``desk`` is the facilitator's side of the store and ``seat`` a participant's, ``board``
shows who is where, ``spread`` how far answers lie apart, and ``report`` what is left afterwards.
"""
