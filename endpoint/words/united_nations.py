"""What the UN's taxonomy of the Sustainable Development Goals adds."""

from __future__ import annotations

from ontology.text import Text

WORDS: dict[str, Text] = {
    "un-wording": Text("FN:s formulering", "Wording of the UN"),
    "un-wording-text": Text(
        "Ordagrant ur FN:s taxonomi, som inte finns på svenska. Rubriken på sidan är en kort titel av Miljögrafens "
        "redaktion.",
        "Word for word from the UN's taxonomy, which does not exist in Swedish. The heading of the page is a short "
        "title by Miljögrafen's editors.",
    ),
    "un-other-languages": Text("På andra språk ({number})", "In other languages ({number})"),
    "un-in-doubt-text": Text(
        "FN:s taxonomi ger flera formuleringar på samma språk, och säger inte vilken som gäller. Här står alla.",
        "The UN's taxonomy gives several wordings in the same language, and does not say which one holds. All of "
        "them stand here.",
    ),
    "un-matches": Text("Även känt som", "Also known as"),
    "un-subjects": Text("Ämnesord hos andra", "Subject headings elsewhere"),
    "un-indicators-text": Text(
        "De indikatorer som FN:s taxonomi har under delmålet. Koderna är taxonomins; i ramverket kan de stå för annat.",
        "The indicators that the UN's taxonomy has under the target. The codes are those of the taxonomy; in the "
        "framework they can stand for something else.",
    ),
    "un-code-only-there": Text(
        "listas inte i någon version av ramverket här: {codes}", "listed in no version of the framework here: {codes}"
    ),
    "un-taxonomy": Text("I FN:s taxonomi", "In the UN's taxonomy"),
    "un-code-missing": Text(
        "Koden {code} finns i ramverket, men inte i FN:s taxonomi av den {day}.",
        "The code {code} is in the framework, but not in the UN's taxonomy of {day}.",
    ),
    "un-code-of-another": Text(
        "Koden {code} står i FN:s taxonomi för något annat:",
        "The code {code} stands for something else in the UN's taxonomy:",
    ),
    "un-codes": Text("Kod i taxonomin", "Code in the taxonomy"),
    "un-tier": Text("Klass hos FN", "Tier with the UN"),
    "un-custodians": Text("Ansvarig organisation", "Custodian agency"),
    "un-validity": Text("Gäller", "Validity"),
    "un-validity-text": Text(
        "Så stod det i FN:s taxonomi när den senast ändrades, den {day}.",
        "So it stood in the UN's taxonomy when it was last changed, on {day}.",
    ),
    "un-listed": Text("I ramverket", "In the framework"),
    "un-same-code-only": Text("samma kod, men något annat", "the same code, but something else"),
    "un-not-listed": Text("Ingen listad indikator här motsvarar den.", "No listed indicator here corresponds to it."),
    "un-series-text": Text(
        "Serierna finns i FN:s databas över de globala indikatorerna. Här är de beskrivna, utan värden.",
        "The series are in the UN's database of the SDG indicators. They are described here, without values.",
    ),
    "un-no-series": Text(
        "FN:s taxonomi har ingen serie för indikatorn.", "The UN's taxonomy has no series of the indicator."
    ),
    "un-edition": Text("Utgåva av databasen", "Edition of the database"),
}

LANGUAGES: dict[str, Text] = {
    "ar": Text("arabiska", "Arabic"),
    "en": Text("engelska", "English"),
    "es": Text("spanska", "Spanish"),
    "fr": Text("franska", "French"),
    "ru": Text("ryska", "Russian"),
    "zh": Text("kinesiska", "Chinese"),
}
"""The official languages of the United Nations, by their tags."""
