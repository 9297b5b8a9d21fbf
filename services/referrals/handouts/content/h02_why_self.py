"""Hand-out 2 in the wording for clients."""

from services.referrals.handouts.blocks import Handout, Heading, Note, Points, Text

HANDOUT = Handout(
    number=2,
    title="Why is mutual aid important?",
    lead="Many people find that change is easier with others who know what it is like.",
    wording=("self",),
    blocks=(
        Heading("What people say they get from it"),
        Points(
            (
                "I am not the only one. Others have felt like this too.",
                "People get what I mean. They do not judge me.",
                "I hear what has worked for others, and I can try it.",
                "I see people who are doing well. It gives me hope.",
                "There is somebody to call on a bad day.",
                "I have made new friends and found new things to do.",
                "I can help someone else, and that feels good.",
            )
        ),
        Heading("It is there when we are not"),
        Text(
            "We see you for a short time each week or each month. Groups meet on most days, also in the evening "
            "and at weekends. They go on when your time with us is over. You can stay as long as it helps you."
        ),
        Heading("What we know"),
        Text(
            "People who go to a group and take part in it tend to do better than people who do not go. "
            "It seems to help most if you go often at first, get to know people, and have your treatment as well. "
            "It does not work in the same way for all. That is fine."
        ),
        Heading("What it may not be"),
        Text(
            "Groups are made of people, and people differ. You may not like the first one. "
            "Some find the talk of a higher power hard. Some want a leader who is trained. "
            "Some do not feel at home at once. Many people try two or three groups before one feels right."
        ),
        Note(
            "It is your choice",
            "You can try a group and then make up your mind. If now is not the time, you can come back to it later. "
            "Our help does not depend on it.",
        ),
    ),
)
