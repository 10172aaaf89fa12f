"""`/health`, `/ready` and `/metrics`: what whoever runs the endpoint asks it."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import Response

from endpoint.dataset import Dataset
from endpoint.interface.replies import Health, Readiness, written
from endpoint.methods import READ
from endpoint.metrics import MEDIA_TYPE, exposition
from endpoint.workers.pool import QueryFailed

router = APIRouter(include_in_schema=False)

_NOW = {"Cache-Control": "no-store"}


@router.api_route("/health", methods=READ)
async def health(request: Request) -> Response:
    """Whether the process answers: 200 as long as it does. No query."""
    site: Dataset = request.state.site
    told = Health(
        status="ok",
        release=site.id,
        workers=len(site.readers.process_ids),
        isolated=site.pool.is_isolated and site.readers.is_isolated,
    )
    return Response(written(told), headers=_NOW, media_type="application/json")


@router.api_route("/ready", methods=READ)
async def ready(request: Request) -> Response:
    """Whether it can answer: 200, or 503 with what is wrong. One query, which reads from the store."""
    site: Dataset = request.state.site
    is_damaged = site.pool.is_damaged or site.readers.is_damaged
    checks = {
        "files": site.damage or (None if site.is_checked else "they are being checked"),
        "store": "a block of it is not as it was written" if is_damaged else None,
        "pages": await _fault_of(site),
        "readers": None if site.readers.process_ids else "no worker is there",
    }
    told = Readiness(
        status="ready" if not any(checks.values()) else "not ready",
        release=site.id,
        checks={name: fault or "ok" for name, fault in checks.items()},
    )
    status, headers = (200, _NOW) if not any(checks.values()) else (503, _NOW | {"Retry-After": "5"})
    return Response(written(told), status, headers, "application/json")


@router.api_route("/metrics", methods=READ)
async def metrics(request: Request) -> Response:
    """The figures of all front processes for a monitor. No query."""
    content = exposition(request.state.site, request.app.state.figures)
    return Response(content, headers=_NOW | {"Content-Type": MEDIA_TYPE})


async def _fault_of(site: Dataset) -> str | None:
    """What keeps the product's own queries from being answered."""
    try:
        await site.select("any/statements")
    except QueryFailed as failure:
        return failure.reason
    return None
