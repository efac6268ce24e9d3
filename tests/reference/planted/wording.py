"""Sentences for extracts: plain ones, ones with wording to look at twice, ones written from the child's side.

Each of the second kind holds one phrase, given with its concern; no other sentence holds any. All are invented.
"""

from __future__ import annotations

BLAMES = "Blames the child"

# (phrase in small letters, its concern, the sentence)
LOOK_TWICE: list[tuple[str, str, str]] = [
    ("puts themselves at risk", BLAMES, "[CHILD] puts themselves at risk in the evenings."),
    ("placing themselves at risk", BLAMES, "Staff said that [CHILD] is placing themselves at risk."),
    ("put themselves at risk", BLAMES, "On both nights [CHILD] had put themselves at risk."),
    ("involved in cse", BLAMES, "It is thought that [CHILD] is involved in CSE."),
    ("involved in child criminal exploitation", BLAMES, "[CHILD] is involved in child criminal exploitation."),
    ("keeps going missing", BLAMES, "[CHILD] keeps going missing from home."),
    ("continues to go missing", BLAMES, "Despite the agreement [CHILD] continues to go missing."),
    ("sexually active", "Implies consent", "[CHILD] said that they are sexually active."),
    ("in a relationship with", "Normalises the harm", "[CHILD] is in a relationship with a man of 24."),
    ("lifestyle choices", "Implies choice", "The meeting talked about lifestyle choices."),
    ("promiscuous", "Disbelieves or minimises", "A neighbour called [CHILD] promiscuous."),
    ("streetwise", "Adultifies", "[CHILD] comes across as streetwise."),
    ("hard to engage", "Non-engagement", "[CHILD] has been hard to engage."),
    ("refused to engage", "Non-engagement", "[CHILD] refused to engage with the worker."),
    ("attention seeking", "Criminalises or minimises", "The school sees this as attention seeking."),
    ("absconded", "Criminalises or minimises", "[CHILD] absconded on Friday evening."),
    ("gang affiliated", "Contested label", "Police say that [CHILD] is gang affiliated."),
]
PHRASES = tuple(phrase for phrase, _, _ in LOOK_TWICE)
BLAMING_PHRASES = tuple(phrase for phrase, concern, _ in LOOK_TWICE if concern == BLAMES)
BLAMING_SENTENCES = [sentence for _, concern, sentence in LOOK_TWICE if concern == BLAMES]
OTHER_SENTENCES = [sentence for _, concern, sentence in LOOK_TWICE if concern != BLAMES]

CHILD_CENTRED = [
    "[CHILD] is being harmed by adults outside the family and is not responsible for it.",
    "The worker listened to what [CHILD] wants to happen.",
    "[CHILD] was criminally exploited by others who took advantage of their age.",
    "The plan makes the places where [CHILD] spends the day safer.",
    "[CHILD] was groomed online; the adults who did this hold the power.",
]
REASONS = [
    "School raised a concern about new phones and cash.",
    "Police found [CHILD] at an address in another town.",
    "A neighbour rang about shouting in the stairwell.",
    "Mother reported that [CHILD] had not come home by midnight.",
    "[CHILD] told a teacher that somebody had hit them at the bus station.",
    "A message with a threat was seen on the phone.",
    "Hospital staff saw bruises after an assault in the park.",
    "The youth club noticed that [CHILD] was frightened of two adults.",
    "A knife was found near the school gate.",
    "Pictures had been shared between pupils.",
    "Train staff stopped [CHILD] late in the evening.",
    "Grandmother is worried about visitors to the flat.",
    "There was an earlier contact in the spring.",
    "[CHILD] has moved school twice.",
    "A friend of [CHILD] was hurt the same week.",
    "The referral came from the out of hours team.",
]
CLOSINGS = [
    "The manager agreed the decision on Tuesday.",
    "A letter was sent to the family.",
    "The worker visited twice.",
    "School will let the front door know if anything changes.",
    "The return interview was shared with the police.",
    "Mother and the worker talked about the evenings.",
    "The assessment was completed within the time.",
    "Health and school gave their views.",
    "The strategy of the family was written down.",
    "A safety plan was shared with the school.",
    "The decision was recorded on the same day.",
    "The worker spoke to [CHILD] alone.",
]
SUMMARIES = ["Assault in the park", "Phones and cash", "Pictures shared", "Knife near school", "Found in another town"]
PLANS = ["Visit each week", "Meeting with school", "Map of places", "Letter to the family"]
