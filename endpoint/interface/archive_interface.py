"""What all releases together offer to programs, as `interface` has it: which there are, what changed, what was when."""

from __future__ import annotations

from endpoint.formats import GRAPHS, PLAIN_JSON
from endpoint.interface.any_data import JSON_TYPE, LANGUAGE, Group, Operation, in_path, types_of
from endpoint.interface.replies import ReleasesTold
from endpoint.through_time.feed import ATOM
from endpoint.through_time.timegate import LINK
from ontology.text import Text

_RELEASE = in_path("release", Text("Utgåvans namn.", "The id of the release."), "{release}")
_ORIGINAL = in_path(
    "original",
    Text("Sökvägen till ett dokument, en graf eller en fil här, med snedstrecken som de är, eller hela adressen.",
         "The path of a document, a graph or a file here, with its slashes as they are, or the whole address."),
    "res/objective/8",
)  # fmt: skip

OF_ALL_RELEASES = (
    Operation(
        "/releases/",
        Group.FILES,
        Text("Utgåvorna som finns kvar.", "The releases that are kept."),
        answers=(JSON_TYPE,),
        problems=(406,),
        reply=ReleasesTold,
    ),
    Operation(
        "/releases/{release}/",
        Group.FILES,
        Text("En utgåva. Efter dess adress kommer samma vägar som här, och den svarar som den var.",
             "One release. After its address come the same paths as here, and it answers as it was."),
        (_RELEASE,),
        (JSON_TYPE,),
        (404, 406),
        reply=ReleasesTold,
    ),
    Operation(
        "/changes",
        Group.FILES,
        Text("Alla utgåvors ändringar som en händelseström (LDES). Den leder till sidor som aldrig ändras.",
             "The changes of all releases as an event stream (LDES). It leads to pages that never change."),
        answers=types_of((*GRAPHS, ATOM)),
        problems=(404, 406),
    ),
    Operation(
        "/changes.{language}.atom",
        Group.FILES,
        Text("Vad som är nytt i varje utgåva, i ord: ett flöde i Atom.",
             "What changed in each release, in words: a feed in Atom."),
        (LANGUAGE,),
        types_of((ATOM,)),
    ),
    Operation(
        "/releases/{release}/changes/all/{page}",
        Group.FILES,
        Text("En sida av händelseströmmen: den senaste versionen av varje sak i en utgåva.",
             "A page of the event stream: the last version of each thing at a release."),
        (
            _RELEASE,
            in_path("page", Text("Sidans nummer.", "The number of the page."), "1"),
        ),
        types_of(GRAPHS),
        (404, 406),
    ),
    Operation(
        "/timegate/{original}",
        Group.FILES,
        Text("Leder till det som stod på en adress vid tidpunkten i Accept-Datetime, annars till det nyaste (Memento).",
             "Leads to what was at an address at the moment in Accept-Datetime, else to the newest (Memento)."),
        (_ORIGINAL,),
        problems=(404,),
        by=302,
    ),
    Operation(
        "/timemap/{original}",
        Group.FILES,
        Text("Utgåvorna som har det som står på en adress, var och en med sin tidpunkt (TimeMap). Med link/ eller "
             "json/ före: i det formatet.",
             "The releases that have what is at an address, each with its moment (TimeMap). With link/ or json/ before "
             "it: in that format."),
        (_ORIGINAL,),
        types_of((LINK, PLAIN_JSON)),
        (404, 406),
        leads=True,
    ),
)  # fmt: skip
"""What a release is served through of all of them."""
