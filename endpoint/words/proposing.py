"""The form for a proposed mapping, and the basket of them."""

from __future__ import annotations

from ontology.text import Text

WORDS: dict[str, Text] = {
    "propose": Text("Föreslå en koppling", "Propose a mapping"),
    "propose-lead": Text(
        "Skriv vad som hänger ihop och varför. Du får en fil att ge till redaktionen, som avgör.",
        "Write what belongs together, and why. You get a file to give to the editors, who decide.",
    ),
    "propose-keeps-nothing": Text(
        "Servern sparar ingenting. Korgen finns bara på den här sidan: ladda ner den innan du lämnar sidan. Du kan "
        "lägga in filen igen nästa gång.",
        "The server keeps nothing. The basket is on this page alone: download it before you leave the page. You can "
        "take the file in again next time.",
    ),
    "propose-is-no-more": Text(
        "Ett förslag är varken publicerat eller redaktionellt. Det står i ingen utgåva förrän redaktionen har granskat "
        "det, och då i redaktionens namn.",
        "A proposal is neither published nor editorial. It is in no release until the editors have reviewed it, and "
        "then in the name of the editors.",
    ),
    "propose-choose": Text("Välj vad som hänger ihop", "Choose what belongs together"),
    "propose-next": Text("Fortsätt", "Continue"),
    "propose-change-of": Text("Föreslå en ändring", "Propose a change"),
    "propose-other-pair": Text("Byt par", "Choose another pair"),
    "propose-registered": Text(
        "Paret är redan kopplat i den här utgåvan. Ditt förslag kan vara ett annat samband eller en bättre motivering.",
        "The pair is mapped in this release already. Your proposal can be another relation, or a better justification.",
    ),
    "propose-from": Text("Börja med det som den säger", "Begin with what it says"),
    "propose-faults": Text("Förslaget är inte klart", "The proposal is not complete"),
    "propose-file-faults": Text("Filen kan inte läsas in", "The file cannot be taken in"),
    "propose-file-mend": Text(
        "Rätta det som står här, i filen eller genom att ladda ner korgen på nytt.",
        "Mend what is named here, in the file or by downloading the basket anew.",
    ),
    "propose-line": Text("rad {line}", "line {line}"),
    "propose-column": Text("kolumn {column}", "column {column}"),
    "propose-preview": Text("Förhandsgranska", "Preview"),
    "propose-preview-text": Text(
        "Så blir förslaget. Lägg det i korgen om det stämmer, eller ändra i formuläret under.",
        "This is the proposal. Put it into the basket if it is right, or change it in the form below.",
    ),
    "propose-row": Text("Förslaget som en rad i filen (SSSOM)", "The proposal as a row of the file (SSSOM)"),
    "propose-add": Text("Lägg i korgen", "Put into the basket"),
    "propose-slot": Text("Kolumn", "Column"),
    "propose-value": Text("Värde", "Value"),
    "propose-empty": Text("tom", "empty"),
    "propose-basket": Text("Korgen", "The basket"),
    "propose-basket-empty": Text("Korgen är tom.", "The basket is empty."),
    "propose-download": Text("Ladda ner korgen (SSSOM)", "Download the basket (SSSOM)"),
    "propose-change": Text("Ändra", "Change"),
    "propose-remove": Text("Ta bort", "Remove"),
    "propose-take": Text("Lägg in en fil med förslag", "Take in a file of proposals"),
    "propose-take-text": Text(
        "En fil som du har laddat ner här, eller en egen i samma form (SSSOM TSV). Du kan också ändra i kopplingarna "
        "som finns: det du har ändrat blir förslag, och resten lämnas.",
        "A file that you downloaded here, or one of your own in the same form (SSSOM TSV). You can also edit the "
        "mappings that there are: what you have changed becomes proposals, and the rest is left.",
    ),
    "propose-there": Text("Kopplingarna som SSSOM", "The mappings as SSSOM"),
    "propose-file": Text("Fil", "File"),
    "propose-upload": Text("Lägg in", "Take in"),
    "propose-what-then": Text("Vad händer sedan?", "What happens then?"),
    "propose-send": Text("Skicka filen till redaktionen:", "Send the file to the editors:"),
    "propose-no-address": Text(
        "Ge filen till den som driver tjänsten: här är ingen e-postadress till redaktionen angiven.",
        "Give the file to whoever runs the service: no e-mail address of the editors is given here.",
    ),
    "propose-what-then-text": Text(
        "Redaktionen går igenom filen rad för rad och antar, avslår eller lägger åt sidan, alltid med ett skäl. Det "
        "som antas får en motivering på båda språken och något i utgåvan att vila på, och kommer med i nästa utgåva.",
        "The editors go through the file row by row and accept, reject or put aside, each time with a reason. What is "
        "accepted gets a justification in both languages and something in the release to rest on, and comes with the "
        "next release.",
    ),
    "propose-rights": Text(
        "Den som lämnar filen till redaktionen går med på att förslaget publiceras fritt (CC0 1.0). Skriv inga "
        "uppgifter om andra personer i den.",
        "Whoever gives the file to the editors agrees that the proposal is published free of conditions (CC0 1.0). "
        "Write nothing about other persons in it.",
    ),
    "field-choose": Text("Välj …", "Choose …"),
    "field-whole": Text("målet i sin helhet", "the goal as a whole"),
    "strength-none": Text("jag vet inte", "I do not know"),
    "hint-justification": Text(
        "Minst ett språk. En eller två meningar som någon annan kan pröva.",
        "At least one language. One or two sentences that somebody else can test.",
    ),
    "confidence-none": Text("jag anger ingen", "I give none"),
    "optional": Text("(frivilligt)", "(optional)"),
    "proposals-in-basket.one": Text("förslag", "proposal"),
    "proposals-in-basket.many": Text("förslag", "proposals"),
}

FIELDS: dict[str, Text] = {
    "subject": Text("Mål eller indikator i miljömålssystemet", "Goal or indicator of the system"),
    "object": Text("Globalt mål eller delmål", "Goal or target of the 2030 Agenda"),
    "relation": Text("Samband", "Relation"),
    "strength": Text("Styrka", "Strength"),
    "justification_sv": Text("Motivering på svenska", "Justification in Swedish"),
    "justification_en": Text("Motivering på engelska", "Justification in English"),
    "rests_on": Text("Vilar på", "Rests on"),
    "confidence": Text("Din tilltro till motiveringen", "Your confidence in the justification"),
    "page": Text("Källans webbadress", "Web address of a source"),
    "comment": Text("Till redaktionen", "To the editors"),
    "author": Text("Organisation eller namn", "Organisation or name"),
}
"""What the fields of a proposal are called."""

HINTS: dict[str, Text] = {
    "rests_on": Text(
        "Det i utgåvan som motiveringen stöder sig på. Du kan välja flera, eller inget.",
        "What in the release the justification is supported by. You can choose several, or none.",
    ),
    "page": Text("Om en källa säger det, eller stöder det.", "If a source says so, or supports it."),
    "comment": Text(
        "Till exempel var i källan det står. Publiceras inte.", "Such as where in the source it stands. Not published."
    ),
    "author": Text(
        "Så att redaktionen vet vem som har föreslagit. Publiceras inte.",
        "So that the editors know who proposed it. Not published.",
    ),
}
"""What is said beside a field."""

MEANINGS: dict[str, Text] = {
    "contributes-to": Text(
        "att nå miljömålet hjälper det globala målet", "reaching the objective helps the Sustainable Development Goal"
    ),
    "depends-on": Text(
        "miljömålet behöver att det globala målet nås",
        "the objective needs the Sustainable Development Goal to be reached",
    ),
    "measured-together": Text("samma storhet mäts på båda sidor", "the same quantity is measured on both sides"),
    "direct": Text("inget steg emellan", "no step between"),
    "indirect": Text("något måste hända emellan", "something has to happen in between"),
}
"""What the relations and strengths mean, each by its value."""

TOLD: dict[str, Text] = {
    "added": Text("Ligger i korgen:", "In the basket:"),
    "removed": Text("Borta ur korgen:", "Out of the basket:"),
    "taken-changed": Text(
        "Förslag som lades i korgen: {count}. Rader som är som i utgåvan, och inte blev förslag: {unchanged}.",
        "Proposals put into the basket: {count}. Rows that are as in the release, and became none: {unchanged}.",
    ),
    "taken": Text("Förslag som lades i korgen: {count}.", "Proposals put into the basket: {count}."),
}
"""What came of a step; after the first two comes the pair by its names."""
