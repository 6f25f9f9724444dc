"""A clause with subject, tense, verb and the rest, and how each of the four languages orders its parts."""

from __future__ import annotations

from dataclasses import dataclass, field

from starter_text.noun_phrase import starts_with_vowel
from starter_text.words import Conjugation, Texts, Verb, in_four

NOTHING = in_four("", "", "", "")
ENGLISH_BE = ("am", "are", "is", "are", "are")
GERMAN_BE = ("bin", "bist", "ist", "sind", "sind")
FRENCH_BE = ("suis", "es", "est", "sommes", "sont")
SPANISH_ESTAR = ("estoy", "estás", "está", "estamos", "están")
SPANISH_SER = ("soy", "eres", "es", "somos", "son")
_GERMAN_HAVE = ("habe", "hast", "hat", "haben", "haben")
_FRENCH_HAVE = ("ai", "as", "a", "avons", "ont")
_GERMAN_SELF = ("mich", "dich", "sich", "uns", "sich")
_FRENCH_SELF = ("me", "te", "se", "nous", "se")
_SPANISH_SELF = ("me", "te", "se", "nos", "se")
_MODALS = {
    "will": (
        ("werde", "wirst", "wird", "werden", "werden"),
        ("vais", "vas", "va", "allons", "vont"),
        ("voy a", "vas a", "va a", "vamos a", "van a"),
    ),
    "must": (
        ("muss", "musst", "muss", "müssen", "müssen"),
        ("dois", "dois", "doit", "devons", "doivent"),
        ("debo", "debes", "debe", "debemos", "deben"),
    ),
    "can": (
        ("kann", "kannst", "kann", "können", "können"),
        ("peux", "peux", "peut", "pouvons", "peuvent"),
        ("puedo", "puedes", "puede", "podemos", "pueden"),
    ),
    "want to": (
        ("will", "willst", "will", "wollen", "wollen"),
        ("veux", "veux", "veut", "voulons", "veulent"),
        ("quiero", "quieres", "quiere", "queremos", "quieren"),
    ),
    "would like to": (
        ("möchte", "möchtest", "möchte", "möchten", "möchten"),
        ("voudrais", "voudrais", "voudrait", "voudrions", "voudraient"),
        ("quisiera", "quisieras", "quisiera", "quisiéramos", "quisieran"),
    ),
}
_DO = {"past": "did", "want to": "do", "plain": "do", "habit": "do"}
QUESTION_WORDS = {
    "when": in_four("when", "wann", "quand", "cuándo"),
    "why": in_four("why", "warum", "pourquoi", "por qué"),
    "where": in_four("where", "wo", "où", "dónde"),
}


@dataclass(frozen=True)
class Subject:
    """Who does it: words, person (0 I, 1 you, 2 he, 3 we, 4 they), gender in French and Spanish, number."""

    texts: Texts
    person: int
    feminine: bool
    feminine_es: bool
    plural: bool


@dataclass(frozen=True)
class Clause:
    """A clause before it is put into words.

    `kind` is statement, question, or the question word. `receiver` and `companion` follow the object.
    """

    subject: Subject
    tense: str
    verb: Verb
    kind: str = "statement"
    is_negative: bool = False
    object: Texts = field(default_factory=lambda: NOTHING)
    receiver: Texts = field(default_factory=lambda: NOTHING)
    companion: Texts = field(default_factory=lambda: NOTHING)
    place: Texts = field(default_factory=lambda: NOTHING)
    time: Texts = field(default_factory=lambda: NOTHING)
    receiver_person: int = 2

    @property
    def is_question(self) -> bool:
        return self.kind != "statement"

    @property
    def asked(self) -> Texts:
        """The question word in the four languages, empty when there is none."""
        return QUESTION_WORDS.get(self.kind, NOTHING)

    def texts(self) -> Texts:
        """Return the clause in the four languages, without capital and final mark."""
        return in_four(english(self), german(self), french(self), spanish(self))

    def dependent(self) -> Texts:
        """Return the clause as it stands after "because" or "that": the German verb is at the end."""
        return self.texts() | {"de": german(self, is_dependent=True)}


def spaced(*words: str) -> str:
    """Join the words that are not empty."""
    return " ".join(word for word in words if word)


def elided(word: str, rest: str) -> str:
    """Join je, ne, me, te, se, de or que to what follows: "j'ai", "ne vais"."""
    return f"{word[:-1]}'{rest}" if starts_with_vowel(rest) else f"{word} {rest}"


def french_join(subject: str, rest: str) -> str:
    """Return subject and verb; "je" before a vowel becomes "j'"."""
    return elided(subject, rest) if subject == "je" else f"{subject} {rest}"


def _tail(clause: Clause, language: str) -> str:
    parts = (clause.object, clause.receiver, clause.companion, clause.place, clause.time)
    return spaced(*(part[language] for part in parts))


def english(clause: Clause) -> str:
    """Return the clause in English."""
    return spaced(clause.asked["en"], _english_core(clause), _tail(clause, "en"))


def _english_core(clause: Clause) -> str:
    who, person, verb, tense = clause.subject.texts["en"], clause.subject.person, clause.verb.en, clause.tense
    if tense == "now":
        be = ENGLISH_BE[person]
        if clause.is_question:
            return f"{be} {who} {verb.ing}"
        return f"{who} {be} {'not ' if clause.is_negative else ''}{verb.ing}"
    if tense not in _DO:
        first, _, rest = tense.partition(" ")
        no = {"can": "cannot"}.get(first, f"{first} not") if clause.is_negative else first
        head = f"{first} {who}" if clause.is_question else f"{who} {no}"
        return spaced(head, rest, verb.base)
    base = f"want to {verb.base}" if tense == "want to" else verb.base
    do = "does" if person == 2 and _DO[tense] == "do" else _DO[tense]
    if clause.is_question:
        return f"{do} {who} {base}"
    if clause.is_negative:
        return f"{who} {do} not {base}"
    if tense == "past":
        return f"{who} {verb.past}"
    if tense == "want to":
        return f"{who} {'wants' if person == 2 else 'want'} to {verb.base}"
    return f"{who} {verb.third if person == 2 else verb.base}"


def _finite(clause: Clause, verb: Conjugation, have: tuple[str, ...], be: tuple[str, ...]) -> tuple[str, str]:
    """Return the verb that agrees with the subject, and the participle or infinitive after it."""
    person = clause.subject.person
    if clause.tense == "past":
        return (be if verb.moves else have)[person], verb.past[0]
    if clause.tense in _MODALS:
        return _MODALS[clause.tense][0 if be is GERMAN_BE else 1][person], verb.infinitive
    return verb.present[person], ""


def german(clause: Clause, is_dependent: bool = False) -> str:
    """Return the clause in German; a dependent one has its verb at the end."""
    who, verb = clause.subject.texts["de"], clause.verb.de
    finite, last = _finite(clause, verb, _GERMAN_HAVE, GERMAN_BE)
    no = "nicht" if clause.is_negative else ""
    what, companion, place = clause.object["de"], clause.companion["de"], clause.place["de"]
    self_word = _GERMAN_SELF[clause.subject.person] if verb.reflexive else ""
    middle = spaced(clause.time["de"], clause.receiver["de"], what, no, companion, place)
    if is_dependent:
        return spaced(who, self_word, middle, last or verb.prefix + finite, finite if last else "")
    last = last or verb.prefix
    if clause.is_question:
        return spaced(clause.asked["de"], finite, who, self_word, middle, last)
    return spaced(who, finite, self_word, middle, last)


def french(clause: Clause) -> str:
    """Return the clause in French; a question begins with "est-ce que"."""
    subject, verb = clause.subject, clause.verb.fr
    finite, last = _finite(clause, verb, _FRENCH_HAVE, FRENCH_BE)
    if clause.tense == "past" and verb.moves:
        last += ("e" if subject.feminine else "") + ("s" if subject.plural or subject.person == 3 else "")
        last = last.replace("ss", "s")
    if verb.reflexive:
        word = _FRENCH_SELF[subject.person]
        if clause.tense in _MODALS:
            last = f"{word} {last}" if word == "nous" else elided(word, last)
        else:
            finite = f"{word} {finite}" if word == "nous" else elided(word, finite)
    core = spaced(f"{elided('ne', finite)} pas" if clause.is_negative else finite, last)
    text = spaced(french_join(subject.texts["fr"], core), _tail(clause, "fr"))
    if clause.is_question:
        return spaced(clause.asked["fr"], elided("est-ce que", text))
    return text


def spanish(clause: Clause) -> str:
    """Return the clause in Spanish, with "le" or "les" for a receiver."""
    person, verb = clause.subject.person, clause.verb.es
    self_word = _SPANISH_SELF[person] if verb.reflexive else ""
    if clause.receiver["es"]:
        self_word = "les" if clause.receiver_person == 4 else "le"
    if clause.tense == "past":
        core = verb.past[person]
    elif clause.tense in _MODALS:
        core = f"{_MODALS[clause.tense][2][person]} {verb.infinitive}"
        core, self_word = (core, self_word) if clause.receiver["es"] else (core + self_word, "")
    else:
        core = verb.present[person]
    no = "no" if clause.is_negative else ""
    return spaced(clause.asked["es"], clause.subject.texts["es"], no, self_word, core, _tail(clause, "es"))
