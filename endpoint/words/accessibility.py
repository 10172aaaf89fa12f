"""The accessibility statement."""

from __future__ import annotations

from endpoint.accessibility import Auditor, Result, Why
from ontology.text import Text

WORDS: dict[str, Text] = {
    "accessibility": Text("Tillgänglighetsredogörelse", "Accessibility statement"),
    "accessibility-short": Text("Tillgänglighet", "Accessibility"),
    "accessibility-operator": Text("{operator} svarar för den här tjänsten.", "{operator} answers for this service."),
    "accessibility-unfilled": Text(
        "Den som driver tjänsten har inte fyllt i redogörelsen än. Det som saknas står som ej angivet.",
        "Whoever runs the service has not filled in the statement yet. What is missing is shown as not stated.",
    ),
    "accessibility-how": Text("Hur tillgänglig tjänsten är", "How accessible the service is"),
    "accessibility-no-audit": Text(
        "Ingen granskning är redovisad. Därför sägs här inget om hur väl tjänsten uppfyller några krav.",
        "No audit is reported. So nothing is said here of how well the service meets any requirements.",
    ),
    "accessibility-audit": Text("Granskningen", "The audit"),
    "accessibility-standard": Text("Granskad mot", "Audited against"),
    "accessibility-by": Text("Granskad av", "Audited by"),
    "accessibility-date": Text("Granskad den", "Audited on"),
    "accessibility-report": Text("Rapport", "Report"),
    "accessibility-failures": Text("Kända brister", "Known failures"),
    "accessibility-criterion": Text("krav {criterion}", "criterion {criterion}"),
    "accessibility-obstacle": Text("Om du möter ett hinder", "If you meet an obstacle"),
    "accessibility-obstacle-text": Text(
        "Berätta vad du försökte göra, på vilken sida, och med vilka hjälpmedel. Behöver du innehållet i en annan "
        "form, säg vilken.",
        "Tell what you tried to do, on which page, and with which aids. If you need the content in another form, say "
        "which.",
    ),
    "accessibility-email": Text("E-post", "Email"),
    "accessibility-phone": Text("Telefon", "Telephone"),
    "accessibility-page": Text("Webbsida", "Web page"),
    "accessibility-answer": Text("Svar inom", "Answer within"),
    "accessibility-supervision": Text("Tillsyn", "Supervision"),
    "accessibility-supervision-text": Text(
        "Är du inte nöjd med svaret kan du vända dig till den som har tillsyn:",
        "If the answer does not satisfy you, you can turn to whoever supervises:",
    ),
    "accessibility-updated": Text("Redogörelsen uppdaterades den", "The statement was updated on"),
    "accessibility-not-stated": Text("ej angivet", "not stated"),
    "days-to-answer.one": Text("dag", "day"),
    "days-to-answer.many": Text("dagar", "days"),
}

RESULTS: dict[Result, Text] = {
    Result.FULL: Text(
        "Enligt granskningen uppfyller tjänsten {standard}.", "According to the audit the service meets {standard}."
    ),
    Result.PARTIAL: Text(
        "Enligt granskningen uppfyller tjänsten {standard} delvis. Bristerna står nedan.",
        "According to the audit the service meets {standard} in part. What fails stands below.",
    ),
    Result.NONE: Text(
        "Enligt granskningen uppfyller tjänsten inte {standard}. Bristerna står nedan.",
        "According to the audit the service does not meet {standard}. What fails stands below.",
    ),
}
"""What an audit found."""

AUDITORS: dict[Auditor, Text] = {
    Auditor.SELF: Text("den som driver tjänsten", "whoever runs the service"),
    Auditor.THIRD_PARTY: Text("en utomstående", "a third party"),
}
"""Who looked."""

REASONS: dict[Why, Text] = {
    Why.NOT_YET_MENDED: Text("Ska rättas", "To be mended"),
    Why.DISPROPORTIONATE_BURDEN: Text("Oskäligt betungande att rätta", "A disproportionate burden to mend"),
    Why.OUTSIDE_THE_LAW: Text("Omfattas inte av lagen", "Outside the scope of the law"),
}
"""Why something that fails is as it is."""
