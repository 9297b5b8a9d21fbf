"""Hand-out 2 in the wording for family and friends."""

from services.referrals.handouts.blocks import Handout, Heading, Note, Points, Text

HANDOUT = Handout(
    number=2,
    title="Why is mutual aid important?",
    lead="When someone close to you has a problem, you may want help too. A group can be a place just for you.",
    wording=("family",),
    blocks=(
        Heading("What family and friends say they get from it"),
        Points(
            (
                "I am not the only one. Other families live with this too.",
                "I can say what it is like at home, and nobody is shocked.",
                "I learned that I did not cause it.",
                "I found out what I can change, and what I cannot.",
                "I sleep better. I have time for myself again.",
                "I know what to do on a bad day, and who to call.",
                "I can love someone and still say no.",
            )
        ),
        Heading("It is about you"),
        Text(
            "You do not go to a group to mend somebody else. You go for yourself. "
            "When you feel stronger, things at home often get calmer too. "
            "You can go even if the person you care about gets no help, or does not want any."
        ),
        Heading("It is there when we are not"),
        Text(
            "We see you for a short time. Groups meet each week, some in the evening and some online. "
            "They go on when your time with us is over. You can stay as long as it helps you."
        ),
        Heading("What it may not be"),
        Text(
            "Groups are made of people, and people differ. You may not like the first one. "
            "Some find the talk of a higher power hard. Some want more advice, and some want less. "
            "Many people try two or three groups before one feels right."
        ),
        Note(
            "It is your choice",
            "You can try a group and then make up your mind. You do not have to tell anyone that you went. "
            "If now is not the time, you can come back to it later.",
        ),
    ),
)
