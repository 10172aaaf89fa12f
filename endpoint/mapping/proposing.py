"""`/sv/mapping/propose` and `/en/mapping/propose`: a proposed mapping, checked, and a basket of them to take away.

The server keeps nothing. The basket is an SSSOM file that travels in the form; whoever proposes downloads it and gives
it to the editors, who decide on it with `miljograf mappings review`.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from fastapi import APIRouter, Request
from rdflib import URIRef
from starlette.datastructures import FormData, QueryParams, UploadFile
from starlette.responses import Response

from endpoint.mapping.grounds import Grounds, read_grounds
from endpoint.mapping.matrix import Link
from endpoint.mapping.stock import read_stock
from endpoint.methods import READ
from endpoint.parameters import bad_parameter, takes, wrong_value
from endpoint.posting import read_form
from endpoint.rendering import page
from endpoint.reporting import letter
from endpoint.settings import Settings
from endpoint.site import Site
from endpoint.words.proposing import FIELDS, HINTS, MEANINGS, TOLD
from endpoint.words.things import REPORT
from loaders import proposals
from loaders.mappings import Relation
from loaders.proposals import BLANK, MOST, MOST_CHARACTERS, Proposal, Written
from loaders.sssom import Fault, read_short, short
from ontology import iri
from ontology.schemes import JustificationConfidence, Standing, Strength
from ontology.text import Language, Text

router = APIRouter(include_in_schema=False)

NAME = "mapping/propose"
_TEXTS = ("subject", "object", "relation", "strength", "justification_sv", "justification_en", "confidence", "page",
          "comment", "author")  # fmt: skip
_ENDS = ("subject", "object")


@dataclass(frozen=True, slots=True)
class Desk:
    """What lies before whoever proposes: the basket, what is being written, what is wrong with it or with a file."""

    basket: tuple[Proposal, ...] = ()
    written: Written = BLANK
    faults: tuple[tuple[str, Text], ...] = ()
    of_file: tuple[Fault, ...] = ()
    preview: Proposal | None = None
    told: Text | None = None
    told_of: Proposal | None = None

    def with_(self, more: Iterable[Proposal]) -> Desk:
        """The same with more in the basket; of a pair that is there, the newer takes the place."""
        found = {one.pair: one for one in self.basket}
        found.update((one.pair, one) for one in more)
        return replace(self, basket=tuple(found.values()))


@router.api_route("/{language:language}/mapping/propose", methods=READ)
@takes(*_ENDS, "from")
async def begin(language: Language, request: Request) -> Response:
    """The form, with an empty basket, and what a mapping says that is to be changed. Two queries the first time."""
    site: Site = request.state.site
    grounds = await read_grounds(site)
    ends = _ends(request.query_params, grounds)
    written = _as_stated(request.query_params.get("from", ""), ends, grounds)
    return await _show(language, request, grounds, Desk(written=written))


@router.api_route("/{language:language}/mapping/propose", methods=["POST"])
async def go_on(language: Language, request: Request) -> Response:
    """What came of a step: the page again with the basket in it, or the basket as a file. Nothing is kept."""
    site: Site = request.state.site
    settings: Settings = request.app.state.settings
    grounds = await read_grounds(site)
    form = await read_form(request, settings.max_form_bytes)
    name, _, pair = _text(form, "action").partition(" ")
    action = _ACTIONS.get(name)
    if action is None:
        raise wrong_value("action", name, Text(", ".join(_ACTIONS), ", ".join(_ACTIONS)))
    desk = await action(await _desk(form, grounds), form, grounds, pair)
    await form.close()
    if name == "download" and desk.basket and not desk.of_file:
        return _file(site, grounds, desk)
    shown = await _show(language, request, grounds, desk)
    shown.status_code = 400 if desk.faults or desk.of_file else 200
    shown.headers["Cache-Control"] = "no-store"
    return shown


async def _choose(desk: Desk, form: FormData, grounds: Grounds, pair: str) -> Desk:
    """The ends are chosen: what remains is to say how they belong together."""
    faults = [fault for fault in grounds.check(desk.written)[1] if fault[0] in _ENDS]
    return replace(desk, written=_of_ends(desk.written), faults=tuple(faults))


async def _preview(desk: Desk, form: FormData, grounds: Grounds, pair: str) -> Desk:
    """What is written, checked, as it would stand in a file."""
    proposal, faults = grounds.check(desk.written)
    return replace(desk, preview=proposal, faults=tuple(faults))


async def _add(desk: Desk, form: FormData, grounds: Grounds, pair: str) -> Desk:
    """What is written, into the basket."""
    proposal, faults = grounds.check(desk.written)
    if proposal is None:
        return replace(desk, faults=tuple(faults))
    fuller = desk.with_([proposal])
    if len(fuller.basket) > MOST:
        return replace(desk, faults=(("object", _FULL),))
    return replace(fuller, written=BLANK, told=TOLD["added"], told_of=proposal)


async def _remove(desk: Desk, form: FormData, grounds: Grounds, pair: str) -> Desk:
    """One less in the basket."""
    kept = tuple(one for one in desk.basket if _shown(one) != pair)
    taken = next((one for one in desk.basket if _shown(one) == pair), None)
    told = TOLD["removed"] if taken else None
    return replace(desk, basket=kept, written=BLANK, told=told, told_of=taken)


async def _change(desk: Desk, form: FormData, grounds: Grounds, pair: str) -> Desk:
    """One of the basket, to be written anew."""
    found = [one.written for one in desk.basket if _shown(one) == pair]
    return replace(desk, written=found[0] if found else BLANK)


async def _upload(desk: Desk, form: FormData, grounds: Grounds, pair: str) -> Desk:
    """The proposals of a file, into the basket; none of them where one is faulty.

    Of the mappings of the release, taken as a file and edited, these are the ones that were changed.
    """
    file = form.get("file")
    content = await file.read() if isinstance(file, UploadFile) else b""
    desk = replace(desk, written=BLANK)
    if not content:
        return replace(desk, of_file=(Fault(None, None, _NO_FILE),))
    reading = await asyncio.to_thread(proposals.read, content, grounds.known, grounds.stated)
    fuller = desk.with_(reading.proposals.values())
    faults = list(reading.faults)
    if len(fuller.basket) > MOST:
        faults.append(Fault(None, None, _FULL))
    if faults:
        return replace(desk, of_file=tuple(faults))
    told = TOLD["taken-changed" if reading.unchanged else "taken"]
    return replace(fuller, told=_counted(told, len(reading.proposals), reading.unchanged))


async def _as_it_is(desk: Desk, form: FormData, grounds: Grounds, pair: str) -> Desk:
    """The same, in another language or as a file."""
    return desk


_ACTIONS: dict[str, Callable[[Desk, FormData, Grounds, str], Awaitable[Desk]]] = {
    "choose": _choose,
    "preview": _preview,
    "add": _add,
    "remove": _remove,
    "change": _change,
    "upload": _upload,
    "download": _as_it_is,
    "show": _as_it_is,
}
"""What can be done, by the value of `action`; after `remove` and `change` comes the pair that is meant."""


async def _desk(form: FormData, grounds: Grounds) -> Desk:
    """What a form holds. A basket that cannot be read whole says why, and keeps what is sound."""
    texts = {name: _text(form, name) for name in _TEXTS}
    resting = tuple(one for one in form.getlist("rests_on") if isinstance(one, str))
    today = datetime.now(UTC).date().isoformat()
    written = proposals.clean(Written(**texts, rests_on=resting, stated=today))
    basket = _text(form, "basket")
    if not basket:
        return Desk(written=written)
    reading = await asyncio.to_thread(proposals.read, basket.encode("utf-8", "replace"), grounds.known)
    return Desk(tuple(reading.proposals.values()), written, of_file=reading.faults)


def _ends(parameters: QueryParams, grounds: Grounds) -> Written:
    """The ends that an address names. Raises Problem where one cannot be."""
    written = Written(parameters.get("subject", ""), parameters.get("object", ""))
    for name, said in grounds.check(written)[1]:
        if name in _ENDS and getattr(written, name):
            raise bad_parameter(name, Text(f"{name}: {said.sv}.", f"{name}: {said.en}."))
    return written


def _as_stated(mapping: str, ends: Written, grounds: Grounds) -> Written:
    """What a mapping of these ends says, by its key; the ends alone where none is named. Raises Problem."""
    if not mapping:
        return ends
    stated = grounds.stated.get(iri.Key("mapping", mapping))
    if stated is None or _of_ends(stated) != ends:
        raise bad_parameter("from", _NO_SUCH_MAPPING)
    return replace(stated, author="", stated="")


def _of_ends(written: Written) -> Written:
    return Written(written.subject, written.object)


async def _show(language: Language, request: Request, grounds: Grounds, desk: Desk) -> Response:
    site: Site = request.state.site
    subject, towards = (_known(end, grounds) for end in (desk.written.subject, desk.written.object))
    registered = await _registered(site, subject, towards)
    return page(
        "propose.html",
        language,
        request,
        desk=desk,
        basket=_written(site, grounds, desk.basket).decode("utf-8") if desk.basket else "",
        preview=proposals.row(desk.preview, site.base, _english(site, grounds)) if desk.preview else None,
        subject=subject,
        towards=towards,
        grounds=grounds.basis(subject, towards) if subject and towards else (),
        resting=[key for one in desk.written.rests_on if (key := _known(one, grounds))],
        subjects=grounds.subjects,
        objects=grounds.objects,
        names=grounds.names,
        registered=registered,
        thing_of=lambda key: site.local(iri.mint(*key)),
        short=short,
        pair_of=_shown,
        wrong=_by_field(desk.faults),
        relations=list(Relation),
        strengths=list(Strength),
        confidences=list(JustificationConfidence),
        most=MOST_CHARACTERS,
        proposed=Standing.PROPOSED,
        letter=letter(site.report_to, REPORT["proposals"].in_(language)) if site.report_to else None,
        fields=FIELDS,
        hints=HINTS,
        meanings=MEANINGS,
    )


async def _registered(site: Site, subject: iri.Key | None, towards: iri.Key | None) -> list[Link]:
    """The mappings of a pair that the release has already."""
    if subject is None or towards is None:
        return []
    ends = site.local(iri.mint(*subject)), site.local(iri.mint(*towards))
    return [link for link in (await read_stock(site)).links if (link.subject, link.object) == ends]


def _file(site: Site, grounds: Grounds, desk: Desk) -> Response:
    name = f"miljografen-proposals-{site.release.id}.sssom.tsv"
    return Response(
        _written(site, grounds, desk.basket),
        headers={
            "Content-Type": "text/tab-separated-values; charset=utf-8",
            "Content-Disposition": f'attachment; filename="{name}"',
            "Cache-Control": "no-store",
        },
    )


def _written(site: Site, grounds: Grounds, basket: Iterable[Proposal]) -> bytes:
    return proposals.write(basket, site.base, site.release.id, f"{site.base.iri}en/{NAME}", _english(site, grounds))


def _english(site: Site, grounds: Grounds) -> Callable[[iri.Key], str]:
    def name(key: iri.Key) -> str:
        thing: URIRef = site.local(iri.mint(*key))
        return grounds.name(thing, "en")

    return name


def _known(written: str, grounds: Grounds) -> iri.Key | None:
    key = read_short(written)
    return key if key in grounds.known else None


def _shown(proposal: Proposal) -> str:
    """A proposal by its pair: `objective:7 sdg:14.1`."""
    return f"{short(proposal.subject)} {short(proposal.object)}"


def _counted(said: Text, count: int, unchanged: int) -> Text:
    return Text(*(one.format(count=count, unchanged=unchanged) for one in (said.sv, said.en)))


def _by_field(faults: Iterable[tuple[str, Text]]) -> dict[str, list[Text]]:
    found: dict[str, list[Text]] = {}
    for name, said in faults:
        found.setdefault(name, []).append(said)
    return found


def _text(form: FormData, name: str) -> str:
    value = form.get(name, "")
    return value if isinstance(value, str) else ""


_FULL = Text(
    f"korgen rymmer {MOST} förslag; ladda ner den och börja en ny",
    f"the basket holds {MOST} proposals; download it and begin a new one",
)
_NO_SUCH_MAPPING = Text(
    "from: ange nyckeln till en koppling mellan de två, eller utelämna parametern.",
    "from: give the key of a mapping between the two, or leave the parameter out.",
)
_NO_FILE = Text("välj en fil med förslag först", "choose a file of proposals first")
