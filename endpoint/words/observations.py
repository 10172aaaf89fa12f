"""Data sets, series and observations."""

from __future__ import annotations

from ontology.text import Text

WORDS: dict[str, Text] = {
    "data-publisher": Text("Utgivare", "Publisher"),
    "data-origin": Text("Värdena kommer från", "The values come from"),
    "data-version": Text("Version", "Version"),
    "data-version-issued": Text("{version}, utgiven {issued}", "{version}, issued {issued}"),
    "data-version-unknown": Text("inte känd", "not known"),
    "data-attribution": Text("Ange som källa", "Name as the source"),
    "data-unit": Text("Enhet", "Unit"),
    "data-value": Text("Värde", "Value"),
    "data-area": Text("Område", "Area"),
    "data-year": Text("År", "Year"),
    "data-sector": Text("Sektor", "Sector"),
    "data-sex": Text("Kön", "Sex"),
    "data-latest": Text("Senaste värde", "Latest value"),
    "data-published": Text("Publiceras hos källan", "Published by the source"),
    "data-published-for": Text("värden för {year}", "values of {year}"),
    "data-described": Text("utgivarens beskrivning", "the publisher's description"),
    "data-preliminary": Text("Preliminärt", "Preliminarily"),
    "data-format": Text("Format", "Format"),
    "data-page": Text("Startsida", "Landing page"),
    "data-page-unknown": Text(
        "inte angiven i det som har lästs; den skrivs i tabellen external_dataset_pages.csv",
        "not stated in what was read; it is written in the table external_dataset_pages.csv",
    ),
    "data-api": Text("Gränssnitt", "Interface"),
    "data-known": Text("Att veta om värdena", "To know of the values"),
    "data-missing": Text("Vad som saknas", "What is missing"),
    "data-no-licence": Text(
        "Utgivarens licens är inte angiven i det som har lästs. Därför finns värdena i tabellen observations.csv men "
        "inte i utgåvan. De kommer med när licensen står i dataset_licences.csv.",
        "The publisher's licence is not stated in what was read. So the values are in the table observations.csv but "
        "not in the release. They will be when the licence stands in dataset_licences.csv.",
    ),
    "data-no-version": Text(
        "Källan säger inte vilken version värdena tillhör, eller när de gavs ut.",
        "The source does not say which version the values belong to, or when they were issued.",
    ),
    "data-recalculated": Text(
        "Utsläppen räknas om bakåt i tiden varje år. Jämför därför inte med värden ur en annan utgåva: varje version "
        "är en egen datamängd.",
        "Emissions are recalculated backwards every year. So do not compare with values of another release: each "
        "version is a data set of its own.",
    ),
    "data-nation-missing": Text(
        "Sveriges samlade territoriella utsläpp finns inte som egen serie i utgåvan: den seriens licens är inte "
        "angiven. Varken sektorernas eller länens summa är den serien. Länen blir tillsammans lägre än sektorerna alla "
        "år, och varför står inte i det som har lästs.",
        "The total territorial emissions of Sweden are not a series of their own in the release: the licence of that "
        "series is not stated. Neither the sum of the sectors nor that of the counties is that series. The counties "
        "are lower together than the sectors in every year, and why is not said in what was read.",
    ),
    "data-transport-abroad": Text(
        "Utrikes transporter är noll i källan till och med 2022 och har värden från 2023. Vad källan räknar dit står "
        "inte i det som har lästs; läs inte nollorna som att sådana utsläpp saknades.",
        "International transport is zero in the source until 2022 and has values from 2023. What the source counts as "
        "such is not said in what was read; do not read the zeros as the absence of such emissions.",
    ),
    "data-absent-years": Text(
        "Ett år utan värde är inte noll: källan ger inget värde för det.",
        "A year without a value is not zero: the source gives none for it.",
    ),
    "series-heading": Text("Dataserier", "Series of data"),
    "series-values": Text("Värden", "Values"),
    "series-by-year": Text("Värden år för år", "Values year by year"),
    "series-same-scale": Text(
        "Alla linjer har samma skala: {first}–{last}, från {lowest} till {highest}.",
        "All lines have the same scale: {first}–{last}, from {lowest} to {highest}.",
    ),
    "series-nation": Text("Riket", "The country"),
    "series-others": Text("Andra områden", "Other areas"),
    "series-compare": Text("Jämför", "Compare"),
    "series-nation-value": Text(
        "{year}: {value}. I hela riket: {nation}.", "{year}: {value}. In the whole country: {nation}."
    ),
    "series-nation-behind": Text("Den grå, streckade linjen är riket.", "The grey, dashed line is the country."),
    "series-nation-dwarfs": Text(
        "Riket är inte ritat: dess värden ligger så mycket längre från noll att områdenas linjer skulle ligga längs "
        "noll.",
        "The country is not drawn: its values are so much farther from zero that the lines of the areas would lie "
        "along zero.",
    ),
    "series-changed": Text("{change} procent från {first} till {last}", "{change} per cent from {first} to {last}"),
    "series-changed-over": Text(
        "{change} procent från {first} till {last}, det sista året som var slut",
        "{change} per cent from {first} to {last}, the last year that was over",
    ),
    "series-from-zero": Text(
        "Serien börjar på noll eller lägre, så förändringen kan inte anges i procent.",
        "The series begins at zero or below, so its change cannot be given in per cent.",
    ),
    "series-few-over": Text(
        "Ingen förändring anges: färre än två av åren var slut när källan hämtades.",
        "No change is given: fewer than two of the years were over when the source was fetched.",
    ),
    "series-chart": Text(
        "Linjediagram: {first} var värdet {from_value}, {last} var det {to_value}. Alla värden står i tabellen.",
        "Line chart: in {first} the value was {from_value}, in {last} it was {to_value}. All values are in the table.",
    ),
    "series-axis": Text(
        "Axeln börjar inte på noll utan på {value}.", "The axis does not begin at zero but at {value}."
    ),
    "series-points": Text("Punkterna är åren med värden.", "The dots are the years with values."),
    "series-unended": Text(
        "Ihåliga punkter och prickade linjer: året var inte slut när källan hämtades.",
        "Hollow dots and dotted lines: the year was not over when the source was fetched.",
    ),
    "series-chart-unended": Text(
        "Ritade för sig, för att året inte var slut när källan hämtades: {years}.",
        "Drawn apart, as the year was not over when the source was fetched: {years}.",
    ),
    "series-further": Text(
        "{number} serier för kommuner, i en tabell", "{number} series of municipalities, in a table"
    ),
    "series-municipalities": Text("Kommunerna", "The municipalities"),
    "series-municipalities-text": Text(
        "Det senaste värdet för varje kommun. Alla år finns i serierna och i filen CSV.",
        "The latest value of each municipality. All years are in the series and in the CSV file.",
    ),
    "series-latest-year": Text(
        "Värdena gäller {year}, om inget annat år står.", "The values are of {year}, unless another year is given."
    ),
    "series-rest": Text("Fler datamängder", "More data sets"),
    "series-latest": Text("Senaste värdet i varje serie", "The latest value of each series"),
    "series-missing": Text("Inget värde för", "No value for"),
    "series-missing-text": Text(
        "Inom parentes står källans eget ord. Värdet kan vara okänt eller sekretessbelagt, och är inte noll.",
        "In brackets stands the word of the source. The value may be unknown or secret, and is not zero.",
    ),
    "value-in-source": Text("källans ord", "the word of the source"),
    "year-not-over": Text("året var inte slut", "year not over"),
    "years-not-over": Text(
        "Inte slut när källan hämtades: {years}. Källan säger inte om värdena gäller en dag eller en del av året, är "
        "beslutade i förväg eller är prognoser. De går inte utan vidare att jämföra med hela år.",
        "Not over when the source was fetched: {years}. The source does not say whether the values are of a day or a "
        "part of the year, were decided beforehand or are forecasts. Compare them with whole years with care.",
    ),
    "series-in": Text("Serien", "The series"),
    "series-all-values": Text("Alla värden i serien", "All values of the series"),
    "series-of-what": Text("om", "on"),
    "data-heading": Text("Data om målet", "Data on the objective"),
    "data-of-others": Text("Hos andra", "With others"),
    "data-of-others-text": Text(
        "Datamängder som Miljögrafen beskriver men inte har läst in.",
        "Datasets that Miljögrafen describes but has not loaded.",
    ),
    "data-link-by-editors": Text("redaktionens koppling", "linked by the editors"),
    "data-none": Text(
        "Ingen datamängd om målet finns i utgåvan än. Det betyder inte att det saknas data.",
        "No data set on the objective is in the release yet. That does not mean that there are no data.",
    ),
    "data-no-objective": Text(
        "Inget enskilt mål anges i någon källa som har lästs.",
        "No single objective is stated in any source that was read.",
    ),
    "data-at-publisher": Text(
        "Värdena finns hos utgivaren. De är inte inlästa här.",
        "The values are with the publisher. They are not loaded here.",
    ),
    "data-api-unknown": Text("inte känt", "not known"),
}
