"""The names that 12 Step Meeting List exports for types, in lower case, and Meeting Guide's code of each.

The same codes serve all its programmes, the names differ. A name that is not here is left out, like a code that is no
kind of ours.
"""

CODES = {
    "11th step meditation": "11", "12 steps & 12 traditions": "12x12", "as bill sees it": "ABSI",
    "atheist / agnostic": "A", "babysitting available": "BA", "beginner": "BE", "beginners": "BE", "big book": "B",
    "child-friendly": "CF", "closed": "C", "daily reflections": "DR", "danish": "DA", "discussion": "D",
    "dual diagnosis": "DD", "english": "EN", "finnish": "FI", "french": "FR", "gay": "G", "german": "DE",
    "grapevine": "GR", "greek": "EL", "hebrew": "HE", "hindi": "HI", "hungarian": "HU", "indigenous": "NDG",
    "italian": "ITA", "japanese": "JA", "korean": "KOR", "lesbian": "L", "lgbtq": "LGBTQ", "literature": "LIT",
    "lithuanian": "LT", "living sober": "LS", "location temporarily closed": "TC", "meditation": "MED", "men": "M",
    "native american": "N", "newcomer": "BE", "newcomers": "BE", "non-binary": "NB", "norwegian": "NO",
    "online": "ONL", "online (only)": "ONL", "online meeting": "ONL", "open": "O", "outdoor": "OUT",
    "outdoor meeting": "OUT", "people of color": "POC", "persian": "FA", "polish": "POL", "portuguese": "POR",
    "professionals": "P", "proof of attendance": "POA", "punjabi": "PUN", "russian": "RUS", "secular": "A",
    "seniors": "SEN", "sign language": "ASL", "spanish": "S", "speaker": "SP", "step meeting": "ST",
    "step study": "ST", "swedish": "SV", "topic discussion": "D", "tradition": "TR", "tradition study": "TR",
    "transgender": "T", "ukrainian": "UK", "wheelchair access": "X", "wheelchair accessible": "X", "women": "W",
    "young people": "Y",
}  # fmt: skip
