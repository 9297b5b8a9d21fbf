"""Hand-out 1, for clients and for family and friends alike: it speaks of people, not of the reader's own use."""

from services.referrals.handouts.blocks import Handout, Heading, NewPage, Note, Points, Text

HANDOUT = Handout(
    number=1,
    title="What is mutual aid?",
    lead="Mutual aid means people who share a problem and help each other with it.",
    blocks=(
        Text(
            "A mutual aid group is a group of people who meet, most often once a week. "
            "They know the same kind of problem from their own lives. It may be drink, drugs or gambling. "
            "Some groups are for people who have the problem. "
            "Other groups are for family and friends, who need help of their own."
        ),
        Text("Nobody there is paid. People tell how they cope, and they listen to each other."),
        Heading("What most groups have in common"),
        Points(
            (
                "You can come as you are. Most groups do not ask you to book.",
                "It is free. Some groups pass a pot around, and you can let it go by.",
                "First names are enough.",
                "All who come are asked to keep to themselves what they hear.",
                "You can just sit and listen.",
                "You can leave when you like, and you can come back.",
            )
        ),
        NewPage(),
        Heading("How groups differ"),
        Text("There is more than one kind. If one does not suit you, another one may."),
        Points(
            (
                "12-step groups, such as AA, NA and Al-Anon, follow twelve steps, one at a time. "
                "They speak of a higher power. Each person decides what that means to them. "
                "Some people ask a member with more time in the group to guide them. This is a sponsor.",
                "SMART Recovery teaches skills: how to stay keen, deal with urges, handle feelings and find a balance. "
                "A trained person leads the meeting. There is no talk of a higher power.",
                "Other groups are run by local people. They may be for women, for young people, "
                "or for people of one faith or none. Some are for people who also live with a mental health problem.",
                "Some groups meet in a room and some meet online.",
            )
        ),
        Heading("Open and closed meetings"),
        Text(
            "Anybody may come to an open meeting. A closed meeting is only for people who share the problem. "
            "A family group is for family and friends. If you are not sure, ask us or ask the group. "
            "If you are under 18, pick a group for young people. We can tell you where there is one."
        ),
        Note(
            "Mutual aid goes with other help",
            "It does not take the place of a doctor, of medicine or of your keyworker. "
            "Somebody who drinks a lot each day can get very ill if they stop all at once. "
            "It is safer to talk to the service or a doctor first. If life is in danger, call 999. "
            "For other health advice, call 111. To talk at any hour, call Samaritans free on 116 123.",
        ),
    ),
)
