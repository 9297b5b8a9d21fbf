"""Meeting Guide's types: which of our kinds each means. A type that is no kind of ours is left out, and counted."""

TYPES = {
    "11": "meditation", "12x12": "step", "A": "secular", "ABSI": "literature", "AM": "language-am",
    "ASL": "sign-language", "B": "literature", "BA": "childcare", "BE": "newcomer", "BI": "lgbtq",
    "BV-I": "visually-impaired", "C": "closed", "CF": "children-welcome", "D": "discussion", "D-HOH": "sign-language",
    "DA": "language-da", "DD": "co-occurring", "DE": "language-de", "DR": "literature", "EL": "language-el",
    "EN": "language-en", "FA": "language-fa", "FI": "language-fi", "FR": "language-fr", "G": "lgbtq",
    "GR": "literature", "HE": "language-he", "HI": "language-hi", "HR": "language-hr", "HU": "language-hu",
    "ITA": "language-it", "JA": "language-ja", "KOR": "language-ko", "L": "lgbtq", "LGBTQ": "lgbtq",
    "LIT": "literature", "LS": "literature", "LT": "language-lt", "M": "men", "MED": "meditation",
    "ML": "language-ml", "N": "culture", "NB": "lgbtq", "NDG": "culture", "NO": "language-no", "O": "open",
    "OUT": "outdoor", "P": "profession", "POA": "attendance-card", "POC": "culture", "POL": "language-pl",
    "POR": "language-pt", "PUN": "language-pa", "QSL": "sign-language", "RSL": "sign-language", "RUS": "language-ru",
    "S": "language-es", "SEN": "older-people", "SK": "language-sk", "SP": "speaker", "ST": "step",
    "SV": "language-sv", "T": "lgbtq", "TH": "language-th", "TL": "language-tl", "TR": "tradition",
    "UK": "language-uk", "W": "women", "X": "wheelchair", "Y": "young-people",
}  # fmt: skip
LOCATION_TEMPORARILY_CLOSED = "TC"
ONLINE = "ONL"  # not in the specification; the WordPress plugin that makes most feeds adds it
