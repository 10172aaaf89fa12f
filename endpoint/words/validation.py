"""The page that says what came of checking a release."""

from __future__ import annotations

from loaders.newest_periods import TABLES_ARE_OLDER, UPDATED_BEFORE
from ontology.text import Text

WORDS: dict[str, Text] = {
    "validation": Text("Kontroll", "Validation"),
    "validation-title": Text("Kontroll av utgåva {id}", "Validation of release {id}"),
    "validation-passed": Text(
        "Godkänd. Alla uppgifter har prövats mot utgåvans former och regler, och inget fel hittades.",
        "Passed. All statements were checked against the shapes and rules of the release, and no violation was found.",
    ),
    "validation-failed": Text(
        "Inte godkänd: {number} hittades. En sådan utgåva publiceras inte.",
        "Not passed: {number} found. Such a release is not published.",
    ),
    "validation-by": Text("Prövad med {engine}.", "Checked with {engine}."),
    "validation-what": Text(
        "Ett fel stoppar en utgåva. En varning är något att rätta. En anmärkning säger vad som saknas eller bör ses "
        "över, ofta för att ingen källa har lästs för det.",
        "A violation stops a release. A warning is something to mend. A remark says what is missing or worth a look, "
        "often because no source was read for it.",
    ),
    "validation-found": Text("Vad som hittades", "What was found"),
    "validation-nothing": Text("Inget hittades.", "Nothing was found."),
    "validation-and-more": Text("och {number} till, i filerna nedan", "and {number} more, in the files below"),
    "validation-shape": Text("Formen", "The shape"),
    "validation-rule": Text("Regel", "Rule"),
    "validation-rules": Text("Regler över flera saker", "Rules across things"),
    "validation-shapes": Text("Former som utgåvan prövades mot", "Shapes that the release was checked against"),
    "validation-all-shapes": Text("Alla former tillsammans:", "All the shapes together:"),
    "validation-things": Text("Saker", "Things"),
    "validation-demands": Text("Krav", "Demands"),
    "validation-left-out": Text("Rader som inte är med", "Rows that are left out"),
    "validation-left-out-text": Text(
        "De står i tabellerna, men en utgåva tar bara med det som någon har belägg för och rätt att visa.",
        "They stand in the tables, but a release takes in only what somebody has grounds for and may show.",
    ),
    "validation-files": Text("Hela rapporten", "The whole report"),
    "validation-of-thing": Text("Kontrollen har inget att anmärka.", "The validation has no remarks."),
    "validation-all": Text("Kontrollen av utgåvan", "The validation of the release"),
    "validation-short": Text("Godkänd i kontrollen.", "It passed its validation."),
    "violations.one": Text("fel", "violation"),
    "violations.many": Text("fel", "violations"),
    "warnings.one": Text("varning", "warning"),
    "warnings.many": Text("varningar", "warnings"),
    "remarks.one": Text("anmärkning", "remark"),
    "remarks.many": Text("anmärkningar", "remarks"),
}

REASONS: dict[str, Text] = {
    "the confidence is unsure": Text("uppgiften är osäker", "the statement is unsure"),
    "the licence of its data set is not stated": Text(
        "datamängdens licens är inte angiven", "the licence of its data set is not stated"
    ),
    TABLES_ARE_OLDER: Text(
        "tabellen indicator_updates.csv har en äldre period eller uppdatering av indikatorn: rätta raden där, eller ta "
        "bort den",
        TABLES_ARE_OLDER,
    ),
    UPDATED_BEFORE: Text(
        "enligt en annan källa uppdaterades indikatorn senast före det året",
        UPDATED_BEFORE,
    ),
}
"""Why a row is left out, as the build has it."""

OTHER_SHAPES: dict[str, Text] = {
    "catalogue": Text("Datakatalogen", "The data catalogue"),
    "examples": Text("Exempelfrågorna", "The example questions"),
    "void": Text("Beskrivningen av vad utgåvan rymmer (VoID)", "The description of what the release holds (VoID)"),
}
"""What shapes are for that are not for things of a kind, by the names of their files."""
