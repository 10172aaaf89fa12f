"""What the columns of the table of a data set mean, as CSVW metadata: the statements of its observations follow.

See https://www.w3.org/TR/tabular-metadata/ and https://www.w3.org/TR/csv2rdf/.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from endpoint.formats import Format
from loaders.files import CSVW_SUFFIX
from ontology import iri
from ontology.base import Base
from ontology.namespaces import CSVW_CONTEXT, MG, QB, RDF, SDMXAttribute, SDMXDimension, SDMXMeasure
from ontology.schemes import Sex, Unit

METADATA = Format("csvw", "CSVW", ("application/csvm+json",), CSVW_SUFFIX)
"""The media type, and the address where clients look for metadata: that of the table with more after it (section 5.3 of
the Model for Tabular Data)."""


def describe_table(key: str, resource: Mapping[str, Any], base: Base) -> dict[str, Any]:
    """The metadata of the table of a data set, from what the data package says of that table."""
    licences = [licence["path"] for licence in resource.get("licenses", ())]
    return {
        "@context": [CSVW_CONTEXT, {"@language": "en"}],
        "url": resource["path"],
        "dc:title": resource["title"],
        **({"dc:description": resource["description"]} if "description" in resource else {}),
        "dc:source": [source["title"] for source in resource.get("sources", ())],
        **({"dc:license": {"@id": licences[0]}} if licences else {}),
        **({"dc:rights": resource["attribution"]} if "attribution" in resource else {}),
        "tableSchema": {
            "aboutUrl": "{+observation}",
            "primaryKey": "observation",
            "columns": [
                *(
                    {"titles": field["name"], "name": field["name"]} | _meant(field["name"], base)
                    for field in _fields(resource)
                ),
                {"virtual": True, "propertyUrl": str(RDF.type), "valueUrl": str(QB.Observation)},
                {
                    "virtual": True,
                    "propertyUrl": str(QB.dataSet),
                    "valueUrl": str(base.localise(iri.mint("dataset", key))),
                },
            ],
        },
    }


def _fields(resource: Mapping[str, Any]) -> list[dict[str, str]]:
    found: list[dict[str, str]] = resource["schema"]["fields"]
    return found


def _meant(column: str, base: Base) -> dict[str, Any]:
    """What a column means; one of which nothing is said here makes no statement of its own."""
    sector, status = base.localise(MG.sector), base.localise(MG.statusInSource)
    not_over = base.localise(MG.yearNotOver)
    units, sexes = base.localise(iri.scheme(Unit)), base.localise(iri.scheme(Sex))
    meant: dict[str, dict[str, Any]] = {
        "observation": {"suppressOutput": True, "datatype": "string", "required": True},
        "area": {"suppressOutput": True, "datatype": "string"},
        "area_iri": {"propertyUrl": str(SDMXDimension.refArea), "valueUrl": "{+area_iri}"},
        "year": {"propertyUrl": str(SDMXDimension.refPeriod), "datatype": "gYear"},
        "sector": {"propertyUrl": str(sector), "valueUrl": f"{base.iri}id/sector/{{sector}}"},
        "value": {"propertyUrl": str(SDMXMeasure.obsValue), "datatype": "decimal"},
        "unit": {"propertyUrl": str(SDMXAttribute.unitMeasure), "valueUrl": f"{units}/{{unit}}"},
        "sex": {"propertyUrl": str(SDMXDimension.sex), "valueUrl": f"{sexes}/{{sex}}"},
        "status": {"propertyUrl": str(status), "datatype": "string"},
        "year_not_over": {"propertyUrl": str(not_over), "datatype": "gYear"},
    }
    return meant[column]
