"""The command `mappings review`: editors decide on proposed mappings, at the terminal, by options or in the file."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from signal import SIG_IGN, SIGHUP, getsignal, signal
from typing import Any, NoReturn

import click

from loaders import proposals
from loaders.lost import refuse_mistyped
from loaders.proposals import Proposal
from loaders.review import (
    Decided,
    Decision,
    Outcome,
    Standings,
    faults_of,
    lacking,
    read_decisions,
    read_record,
    read_standings,
    record_of,
    write_record,
    write_rows,
)
from loaders.sssom import Fault, short
from loaders.table import TableProblems
from shapes.report import Place

_SKIP, _QUIT = "skip", "quit"
_BY_HAND = {
    "justification_sv": "Justification in Swedish",
    "justification_en": "Justification in English",
    "rests_on": "Rests on (such as specification:7-1; several with spaces between)",
    "confidence": "Confidence in the justification (high, medium, low)",
}


def _typed(_: click.Context, __: click.Parameter, words: str) -> str:
    """The words of an option. Raises BadParameter where they are mistyped."""
    if words and (fault := _mistyped(words)):
        raise click.BadParameter(fault)
    return words


@click.group("mappings")
def mappings_group() -> None:
    """Work on the mappings to the 2030 Agenda."""


@mappings_group.command("review")
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option(
    "--tables",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    default=Path("loaders/tables"),
    show_default=True,
    help="The folder with the curated tables that get the rows.",
)
@click.option("--accept", multiple=True, type=int, metavar="LINE", help="Accept the proposal on a line of FILE.")
@click.option("--reject", multiple=True, type=int, metavar="LINE", help="Reject it.")
@click.option("--unsure", multiple=True, type=int, metavar="LINE", help="Keep it in the table, out of every release.")
@click.option("--reason", default="", callback=_typed, help="Why, for the lines that options name.")
@click.option("--reviewer", default="", callback=_typed, help="Who decides; stands in the record.")
@click.option(
    "--ask/--no-ask",
    default=None,
    help="Ask about what is undecided. If not given: where there is a terminal and no line is named.",
)
def review_command(
    file: Path, tables: Path, reason: str, reviewer: str, ask: bool | None, **named: tuple[int, ...]
) -> None:
    """Decide on the proposed mappings in FILE, an SSSOM file as the form on the pages gives it.

    FILE can also be mappings that were taken as SSSOM from the pages and edited: what was changed is proposed.

    A decision is accept, reject or unsure, and has a reason. It is given in answer to questions, by options that name
    lines, or in FILE itself, in the columns ext_decision and ext_reason. What is accepted becomes an editorial row of
    mappings.csv, with what it rests on in mapping_basis.csv; it must have a justification in both languages, something
    to rest on, and a confidence. Every decision stands with its reason in a record beside FILE, and is not asked again.
    """
    _refuse_twice(named)
    try:
        standings = read_standings(tables)
        content = file.read_bytes()
        record = record_of(file)
        before = record.read_bytes() if record.exists() else b""
    except TableProblems as error:
        raise click.ClickException(f"the tables have faults already; mend these first:\n{error}") from error
    except OSError as error:
        raise click.ClickException(f"{error.filename}: {error.strerror}") from error
    if file.name == record.name:
        raise click.UsageError(f"{file.name} is the record of a review; give the file of proposals that was reviewed")
    reading = proposals.read(content, standings.known, standings.stated)
    decisions, faults = read_decisions(reading)
    _stop_at(file, [*reading.faults, *faults])
    for decision in Decision:
        for line in named[decision]:
            if line not in reading.proposals:
                raise click.UsageError(f"there is no proposal on line {line}; there are {_lines(reading.proposals)}")
            decisions[line] = Decided(reading.proposals[line], decision, " ".join(reason.split()), reviewer)
    recorded, unreadable = read_record(before)
    _stop_at(record, unreadable)
    past = {line: recorded[one.pair].decided for line, one in reading.proposals.items() if one.pair in recorded}
    past = {line: one for line, one in past.items() if line not in decisions or _is_same(one, decisions[line])}
    fresh = {line: one for line, one in decisions.items() if line not in past}
    is_asked = ask if ask is not None else sys.stdin.isatty() and not any(named.values())
    asked: dict[int, Decided] = {}
    hung_up = getsignal(SIGHUP)
    try:
        is_whole = not is_asked or _ask(reading.proposals, past | fresh, standings, reviewer, asked)
        fresh |= asked
        _stop_at(file, faults_of(fresh))
        outcome = write_rows(tables, fresh.values(), datetime.now(UTC).date().isoformat())
        write_record(record, reading, past | fresh, standings, recorded)
    except TableProblems as error:
        raise click.ClickException(f"{error}\n\nNothing was written.") from error
    except OSError as error:
        raise click.ClickException(f"{error.filename}: {error.strerror}") from error
    finally:
        signal(SIGHUP, hung_up)
    if reading.unchanged:
        click.echo(f"rows that are as in the tables, and propose nothing: {reading.unchanged}")
    undecided = len(reading.proposals) - len(past | fresh)
    _tell(fresh.values(), outcome, undecided, record)
    if undecided and not is_asked:
        click.echo("nobody was asked about what is undecided: decide on its lines, as with --accept, or give --ask")
    if not is_whole:
        raise click.ClickException("broken off; what was decided before is kept, and the rest is asked next time")


def _refuse_twice(named: Mapping[str, tuple[int, ...]]) -> None:
    """Raise UsageError for a line that is named with more than one decision."""
    first: dict[int, str] = {}
    for decision, lines in named.items():
        for line in lines:
            if first.setdefault(line, decision) != decision:
                raise click.UsageError(f"line {line} is named with --{first[line]} and --{decision}; one of them holds")


def _mistyped(words: str) -> str:
    """What is wrong with words that somebody has typed, such as letters in another encoding; empty if nothing is."""
    try:
        refuse_mistyped(" ".join(words.split()))
    except ValueError as error:
        return str(error)
    return ""


def _is_same(one: Decided, other: Decided) -> bool:
    return (one.decision, one.reason) == (other.decision, other.reason)


def _ask(
    found: dict[int, Proposal],
    decisions: dict[int, Decided],
    standings: Standings,
    reviewer: str,
    asked: dict[int, Decided],
) -> bool:
    """Note what a person decides on what is undecided, until there is no more or the person stops; False if broken off.

    Where the terminal is gone, what was decided is kept. Who presses Ctrl-C says whether it is.
    """
    signal(SIGHUP, _gone)
    try:
        _ask_each(found, decisions, standings, reviewer, asked)
    except (click.Abort, EOFError, OSError) as stopped:
        is_unsaid = not isinstance(stopped.__context__, KeyboardInterrupt)
        if asked and (is_unsaid or click.confirm(f"\nKeep the decisions before, {len(asked)}?", default=True)):
            return False
        raise click.ClickException("broken off; nothing was written") from None
    finally:
        signal(SIGHUP, SIG_IGN)  # what was decided is to be written
    return True


def _gone(*_: object) -> NoReturn:
    """Nobody can answer any more; that may be told twice."""
    signal(SIGHUP, SIG_IGN)
    raise EOFError


def _ask_each(
    found: dict[int, Proposal],
    decisions: dict[int, Decided],
    standings: Standings,
    reviewer: str,
    asked: dict[int, Decided],
) -> None:
    open_ = {line: one for line, one in found.items() if line not in decisions}
    for number, (line, proposal) in enumerate(open_.items(), 1):
        click.echo(f"\n{number} of {len(open_)}, line {line}\n" + "\n".join(_in_words(proposal, standings)))
        answer, complete = _answered(proposal, standings)
        if answer == _QUIT:
            break
        if answer == _SKIP:
            continue
        asked[line] = Decided(complete, Decision(answer), _said("Reason"), reviewer)


def _answered(proposal: Proposal, standings: Standings) -> tuple[str, Proposal]:
    """What a person answers, and the proposal with what it lacked to be accepted. Who leaves that out is asked anew."""
    while True:
        answer: str = click.prompt("Decision", type=click.Choice([*(one.value for one in Decision), _SKIP, _QUIT]))
        complete = _complete(proposal, standings) if answer == Decision.ACCEPT.value else proposal
        if complete is not None:
            return answer, complete


def _complete(proposal: Proposal, standings: Standings) -> Proposal | None:
    """The proposal with what it lacks to be accepted, asked for until each is sound; None where it is left empty."""
    while missing := dict(lacking(proposal)):
        name = next(iter(missing))
        click.echo(f"  To be accepted: {missing[name].en}. Leave it empty to decide otherwise.")
        said = _once_said(_BY_HAND[name])
        if not said:
            return None
        value: Any = tuple(said.split()) if name == "rests_on" else said
        fuller, faults = proposals.check(replace(proposal.written, **{name: value}), standings.known)
        for _, fault in faults:
            click.echo(f"  {fault.en}.")
        proposal = fuller or proposal
    return proposal


def _said(question: str) -> str:
    said = ""
    while not said:
        said = _once_said(question)
    return said


def _once_said(question: str) -> str:
    """What somebody answers, in one line; empty where that is nothing. What is mistyped is asked for anew."""
    while True:
        said = " ".join(click.prompt(question, default="", show_default=False).split())
        if not said or not (fault := _mistyped(said)):
            return said
        click.echo(f"  {fault}.")


def _in_words(proposal: Proposal, standings: Standings) -> Iterable[str]:
    """A proposal for whoever decides on it."""
    written = proposal.written
    yield (f"{written.subject} {standings.name(proposal.subject)} – {proposal.relation.value} – "
           f"{written.object} {standings.name(proposal.object)}")  # fmt: skip
    said = {
        "strength": written.strength or "not stated",
        "justification (sv)": written.justification_sv,
        "justification (en)": written.justification_en,
        "rests on": "; ".join(f"{short(one)} {standings.name(one)}".strip() for one in proposal.rests_on),
        "confidence": written.confidence,
        "source": written.page,
        "to editors": written.comment,
        "proposed by": written.author,
        "on": written.stated,
    }
    yield from (f"  {name:18} {value}" for name, value in said.items() if value)
    row = standings.row_of(proposal)
    if row is not None:
        strength = row.strength.value if row.strength else "strength not stated"
        yield f"  in the table mappings.csv:{row.line}, {row.relation.value}, {strength}, {row.standing.value}; " + (
            "accepting takes its place"
        )


def _stop_at(file: Path, faults: Iterable[Fault]) -> None:
    """End where there are faults, each told with its line and column."""
    told = [f"{Place(file.name, fault.line, fault.column)}: {fault.message.en}" for fault in faults]
    if told:
        click.echo("\n".join([*told, "", "Nothing was written."]), err=True)
        sys.exit(1)


def _tell(decided: Iterable[Decided], outcome: Outcome, undecided: int, record: Path) -> None:
    numbers = {decision: sum(one.decision is decision for one in decided) for decision in Decision}
    click.echo(f"accepted {numbers[Decision.ACCEPT]}, rejected {numbers[Decision.REJECT]}, "
               f"unsure {numbers[Decision.UNSURE]}, undecided {undecided}")  # fmt: skip
    click.echo(f"mappings.csv: new rows {outcome.added}, in the place of an earlier row {outcome.replaced}")
    for one in outcome.without_row:
        if one.decision is Decision.UNSURE:
            pair = f"{short(one.proposal.subject)} – {short(one.proposal.object)}"
            click.echo(f"  {pair} has a row already, which stays as it is; the doubt stands in the record alone")
    click.echo(f"record: {record}")
    if outcome.added or outcome.replaced:
        click.echo("next: `miljograf build`")


def _lines(found: Iterable[int]) -> str:
    return ", ".join(map(str, found))
