"""The shapes and the vocabulary: what is allowed, and what the terms mean."""

from __future__ import annotations

from rdflib import URIRef

from ontology.namespaces import OWL, RDF, RDFS
from ontology.text import Text

WORDS: dict[str, Text] = {
    "shapes-of": Text("Former: {what}", "Shapes: {what}"),
    "shapes-target": Text("Gäller saker av klassen", "For things of the class"),
    "shapes-text": Text(
        "Det som utgåvan har prövats mot. Ett fel stoppar en utgåva, en varning gör det inte.",
        "What the release was checked against. A violation stops a release, a warning does not.",
    ),
    "shapes-demands": Text("Krav, i ordning", "Demands, in order"),
    "shapes-property": Text("Egenskap", "Property"),
    "shapes-number": Text("Antal", "Number"),
    "shapes-values": Text("Värden", "Values"),
    "shapes-demand": Text("Krav", "Demand"),
    "exactly": Text("exakt {number}", "exactly {number}"),
    "between": Text("{least} till {most}", "{least} to {most}"),
    "at-least": Text("minst {number}", "at least {number}"),
    "at-most": Text("högst {number}", "at most {number}"),
    "any-number": Text("hur många som helst", "any number"),
    "severity-violation": Text("fel", "violation"),
    "severity-warning": Text("varning", "warning"),
    "severity-info": Text("anmärkning", "remark"),
    # the page of the vocabulary
    "vocabulary": Text("Vokabulär", "Vocabulary"),
    "vocabulary-short": Text("Vad termerna och begreppen betyder.", "What the terms and the concepts mean."),
    "vocabulary-version": Text("version {version}", "version {version}"),
    "vocabulary-files": Text("Hela vokabulären som data:", "The whole vocabulary as data:"),
    "vocabulary-context": Text("Kontexten för JSON-LD", "The context of JSON-LD"),
    "vocabulary-place": Text("På sin plats i vokabulären", "At its place in the vocabulary"),
    "vocabulary-whole": Text("Hela vokabulären på en sida", "The whole vocabulary on one page"),
    "vocabulary-sparql": Text("Så frågar du med termerna", "To ask with the terms"),
    "vocabulary-direction": Text(
        "En egenskap går åt ett håll: från saken i vars tabell den står till sitt värde. Den som frågar ett mål efter "
        "mg:indicatorOf får inget svar, för det är indikatorn som har den. Åt andra hållet skrivs ^mg:indicatorOf.",
        "A property goes one way: from the thing in whose table it stands to its value. Whoever asks an objective for "
        "its mg:indicatorOf gets no answer, for it is the indicator that has it. The other way is ^mg:indicatorOf.",
    ),
    "vocabulary-who-states": Text(
        "Vem som anger en uppgift står i dess namngivna graf: GRAPH ?graph {{ ?objective mg:followedUpBy ?actor }} "
        "?graph dcterms:source ?source. Från en sak leder mg:statedIn till alla rader om den, var och en med sin "
        "källa och säkerhet: den har ofta flera, så ett svar med dem upprepar saken; skriv SELECT DISTINCT.",
        "Who states a single statement stands in its named graph: GRAPH ?graph {{ ?objective mg:followedUpBy ?actor }} "
        "?graph dcterms:source ?source. From a thing, mg:statedIn leads to all rows about it, each with its source "
        "and confidence: it often has several, so an answer with them repeats the thing; write SELECT DISTINCT.",
    ),
    "vocabulary-prefixes": Text(
        "Prefixen på sidan, att börja en fråga med", "The prefixes of the page, to begin a query with"
    ),
    "vocabulary-diagram": Text("Klasserna och hur de hänger ihop", "The classes and how they relate"),
    "vocabulary-diagram-text": Text(
        "En pil går från en klass till en annan som dess saker kan leda till; varje ruta leder till klassen. Det som "
        "bilden visar, och genom vilka egenskaper, står i listan under den. Att varje sak anges i rader, och varje rad "
        "i en källa, är inte ritat.",
        "An arrow goes from a class to another that its things can lead to; each box leads to its class. What the "
        "picture shows, and through which properties, stands in the list below it. That each thing is stated in rows, "
        "and each row in a source, is not drawn.",
    ),
    "vocabulary-diagram-list": Text("Bilden som lista", "The picture as a list"),
    "classes-of": Text("Klasser: {what}", "Classes: {what}"),
    "properties-of": Text("Egenskaper: {what}", "Properties: {what}"),
    "things-of-class.one": Text("sak i utgåvan", "thing in the release"),
    "things-of-class.many": Text("saker i utgåvan", "things in the release"),
    "uses.one": Text("uppgift i utgåvan", "statement in the release"),
    "uses.many": Text("uppgifter i utgåvan", "statements in the release"),
    "having": Text("Saker som har den", "Things that have it"),
    "the-term": Text("Termen", "The term"),
    "the-shape": Text("Formen", "The shape"),
    "the-list": Text("Alla", "All of them"),
    "subclass-of": Text("underklass till", "subclass of"),
    "concept-of": Text("begrepp ur", "a concept of"),
    "text-in": Text("text på", "text in"),
    "language-sv": Text("svenska", "Swedish"),
    "language-en": Text("engelska", "English"),
    "or": Text("eller", "or"),
    "range-any": Text("en IRI eller ett värde", "an IRI or a value"),
    "range-iri": Text("en IRI", "an IRI"),
    "exactly-in-each": Text("exakt 1 per språk", "exactly 1 in each language"),
    "once-in-each": Text("högst 1 per språk", "at most 1 in each language"),
    "advised": Text("bör finnas", "should be there"),
    "advised-in-both": Text("bör finnas på båda språken", "should be there in both languages"),
    "example-from-release": Text("Exempel ur utgåvan", "Example from the release"),
    "example-page": Text("Exemplet som sida", "The example as a page"),
    "example-in-short": Text(
        "Långa texter är avkortade (…); den längsta har {number} tecken. Sidan har dem i sin helhet.",
        "Long texts are cut short (…); the longest has {number} characters. The page has them whole.",
    ),
    "no-example": Text(
        "Inget exempel: utgåvan rymmer ingen sak av klassen.", "No example: the release holds no thing of the class."
    ),
    "vocabulary-properties-text": Text(
        "Miljögrafens egna egenskaper, i vokabulärens ordning. Hur många värden en egenskap ska ha beror på klassen, "
        "och står där.",
        "The properties of Miljögrafen, in the order of the vocabulary. How many values a property must have depends "
        "on the class, and stands there.",
    ),
    "leads-from": Text("Från", "From"),
    "leads-to": Text("Till", "To"),
    "of-scheme": Text("ur schemat", "of the scheme"),
    "in-shapes-of": Text("I formen för", "In the shape of"),
    "schemes": Text("Begreppsscheman", "Concept schemes"),
    "scheme-elsewhere": Text(
        "Schemats begrepp är saker med egna uppgifter.",
        "The concepts of the scheme are things with statements of their own.",
    ),
    "structures": Text("Datamängdernas strukturer", "Structures of data sets"),
    "structures-text": Text(
        "Vad observationerna i en datamängd anger: strukturerna, de egenskaper som är lika i en serie, och delarna i "
        "ordning.",
        "What the observations of a data set state: the structures, the properties that a series keeps fixed, and the "
        "parts in order.",
    ),
    "consists-of": Text("Av", "Of"),
    "borrowed": Text("Lånade termer", "Borrowed terms"),
    "borrowed-text": Text(
        "Termer ur andras vokabulärer, med vad de betyder här.",
        "Terms of the vocabularies of others, with what they mean here.",
    ),
    "status-stable": Text("stabil", "stable"),
    "status-testing": Text("på prov", "testing"),
    "vocabulary-changes": Text("Ändringar i vokabulären", "Changes of the vocabulary"),
    "vocabulary-changes-text": Text(
        "De senaste först. Nya scheman kom med sina begrepp, där inget annat sägs.",
        "The latest first. New schemes came with their concepts, where nothing else is said.",
    ),
    "change-date": Text("Dag", "Date"),
    "change-what": Text("Vad", "What"),
    "change-terms": Text("Termer", "Terms"),
    "change-added": Text("nya", "added"),
    "change-changed": Text("ändrade", "changed"),
    "change-deprecated": Text("avrådda", "deprecated"),
    "change-removed": Text("borttagna", "removed"),
}

BUILT_IN: dict[URIRef, Text] = {
    RDF.type: Text("typ", "type"),
    RDFS.label: Text("namn", "name"),
    RDFS.comment: Text("kommentar", "comment"),
    RDFS.seeAlso: Text("se även", "see also"),
    RDFS.isDefinedBy: Text("definieras av", "is defined by"),
    RDFS.domain: Text("står på", "domain"),
    RDFS.range: Text("har värde av", "range"),
    RDFS.subClassOf: Text("underklass till", "subclass of"),
    RDFS.subPropertyOf: Text("underegenskap till", "subproperty of"),
    OWL.Ontology: Text("Ontologi", "Ontology"),
    OWL.Class: Text("Klass", "Class"),
    OWL.ObjectProperty: Text("Egenskap som leder till en sak", "Property that leads to a thing"),
    OWL.DatatypeProperty: Text("Egenskap som har ett värde", "Property that has a value"),
    OWL.AnnotationProperty: Text("Egenskap som beskriver", "Property that describes"),
    OWL.versionInfo: Text("version", "version"),
}
"""What the terms are called that every vocabulary is built of: it borrows them, and says nothing of them itself."""
