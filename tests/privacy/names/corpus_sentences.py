"""Sentences as case files hold them, written for the tests; no word of them is from a file. {} is the identifier."""

from __future__ import annotations

PLAIN = (
    "A referral was received from Police following an incident in the park.",
    "Will the school need to complete a risk assessment? This may take some time.",
    "May have been present when the assault took place, but this is not clear.",
    "The young person is White British and speaks English at home.",
    "Concerns were raised about exploitation and the carrying of knives.",
    "The social worker hopes that the family will engage with Early Help.",
    "A strategy discussion was held on Monday and a Section 47 enquiry was agreed.",
    "He was reported missing in May 2023 and returned the next day.",
    "Hope is that the plan will be reviewed in summer; grace was asked for at the last meeting.",
    "She rose to the challenge and has had 95 per cent attendance.",
    "There were 14 missing episodes in 12 weeks, aged 15 at the time.",
    "The Multi Agency Safeguarding Hub shared information with Children's Services and CAMHS.",
    "Mum was worried about the older peers that he spends time with.",
    "Dad said that he will work with professionals. Father has moved out of the home.",
    "Youth Justice and the Exploitation Team are to mark this as high risk.",
    "The Child in Need plan was closed as needs can be met by universal services.",
    "A group of young people were seen in the street near the shops with a man in a white car.",
    "The Young Person was not seen alone. Street-based youth work may help in the long term.",
    "Grace period was given. Rose petals and a long letter were found in the day room.",
    "He said that he owed a debt of 250 pounds and that someone would price his head.",
    "Brother and sister were seen at home on 12/06/2023; both were well dressed and chatty.",
    "No further action: Child and Family Assessment completed, no role for social care.",
    "The Return Home Interview was refused. Parents to ring Police when he is late.",
    "Professionals agreed that a short piece of work on healthy relationships will follow in April.",
    "Contact was made with the Housing Officer and the GP. The GP had no concerns.",
)

ABOUT_SOMEBODY = {
    "": (
        "The referrer reported that {} had been seen with older peers.",
        "Home visit: {} was present and spoke about what had happened.",
        "It was noted by staff ({}) that this had happened before.",
        "School is worried about {}, who has been absent.",
        "A friend told staff that the group had gone to the house of {}.",
        "{} was spoken to at home.",
        'When asked, the reply was "{} would never do that".',
    ),
    "mum, Ms, brother and an unlisted name": (
        "Mum {} was worried about the phone calls.",
        "His brother {} was also stopped.",
        "Ms {} from school made the referral.",
        "The social worker, {}, will visit.",
    ),
    "case ID": ("See case {} for the earlier referral.", "Linked file: {}."),
    "date of birth": ("DOB {} as given by school.", "Born on {} in hospital."),
    "NHS number": ("The NHS number is {} as on the letter.",),
    "National Insurance number": ("The NI number is {} on the form.",),
    "postcode": ("The family lives in {} at present.",),
    "phone": ("Parents can be reached on {} in the evening.",),
    "e-mail": ("The report is to be sent to {} by Friday.",),
    "school": ("A teacher at {} made the referral.",),
    "street": ("The family has moved to {} with the children.",),
}
