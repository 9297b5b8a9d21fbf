"""Hand-out 3 in the wording for clients: what happens at a meeting, and what keeps people from going."""

from services.referrals.handouts.blocks import Handout, Heading, NewPage, Note, Points, Question, Text

HANDOUT = Handout(
    number=3,
    title="Going to meetings",
    lead="Most people feel nervous before their first meeting. It helps to know what will happen.",
    wording=("self",),
    blocks=(
        Heading("Before you go"),
        Points(
            (
                "If you are under 18, pick a group for young people. We can tell you where there is one.",
                "Pick a day when you have time and are not in a rush.",
                "Look up the way, and which door to use. Hand-out 6 has room for it.",
                "Ask somebody to go with you, if you would like that.",
                "Plan something nice for after the meeting.",
            )
        ),
        Heading("When you get there"),
        Points(
            (
                "Come ten minutes early. Often somebody is at the door to say hello.",
                "Say that you are new. You can also say nothing at all.",
                "Take a seat. There may be tea.",
                "Someone opens the meeting and says how it works.",
                "People talk, one at a time. If you are asked to talk, you can say: I would like to just listen today.",
                "After an hour or so it ends. Many people stay for a chat. You can stay, or you can go.",
            ),
            marks="numbers",
        ),
        NewPage(),
        Heading("What may be in the way"),
        Question(
            "It is far, and I have little time.",
            "Look for one that is near your home, your work or your bus. An hour a week is a start. "
            "If you cannot get out, you can try one online.",
            "time-and-travel",
        ),
        Question(
            "What does it cost?",
            "Nothing. If a pot goes around, you can pass it on. If the fare is hard to find, tell us.",
            "cost",
        ),
        Question(
            "It takes time from my partner and family.",
            "That is a fair worry. Tell them why you want to try it, and pick a time that is good for all of you. "
            "There are groups for them as well.",
            "partner-and-family-time",
        ),
        Question(
            "I am doing fine without it.",
            "That is good to hear. A group can be one more thing to lean on if a hard week comes. "
            "You could go once to see what it is like.",
            "doing-fine-without-it",
        ),
        Question(
            "I do not want to go alone.",
            "Many people feel that way. We can look for someone to go with you. "
            "A friend can come along to an open meeting.",
            "going-alone",
        ),
        Heading("After the meeting"),
        Text(
            "Give it a few tries. Groups are not the same each week. "
            "Write down what you thought of it in your journal, hand-out 10. Then we can talk about it, if you want to."
        ),
        Note(
            "Meetings online",
            "Find a place where nobody can hear you. You can turn off your camera and use only your first name. "
            "Think about who else uses your phone or computer.",
        ),
    ),
)
