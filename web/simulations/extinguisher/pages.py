"""Choosing and using an extinguisher: practice for a worker who learns, and the simulated item of a practical.

The same page serves both. Which one it is follows from the face the router is mounted on; the examination never sends
a score, and a run of one face does not exist on the other.
"""

import secrets
from typing import Annotated

from fastapi import APIRouter, Form, Request, Response
from starlette.responses import JSONResponse, RedirectResponse

from kernel.work import Reading
from people.access.rules import Permission
from simulations.runs import actions, queries
from simulations.runs.rules import Mode, Run, RunId, happened
from simulations.scenarios.queries import offered
from web.frame.access import needs
from web.frame.templating import page
from web.frame.work import Reads, Writes
from web.simulations.extinguisher.forms import Deed

APPARATUS = "extinguisher"
SEED_BITS = 64
MAY_RUN = needs(Permission.RUN_SIMULATION)

practice = APIRouter(prefix="/extinguisher-practice", dependencies=[MAY_RUN])
examination = APIRouter(prefix="/extinguisher-examination", dependencies=[MAY_RUN])


@practice.get("")
def choose(request: Request, reading: Reads) -> Response:
    """The scenes to practise on, and what the person reached before."""
    context = {
        "scenarios": offered(APPARATUS, Mode.PRACTICE),
        "finished": queries.own_finished(reading, APPARATUS),
    }
    return page(request, "simulations/extinguisher/choose.html", context)


@practice.post("/runs")
def begin(work: Writes, scenario: Annotated[str, Form()] = "") -> Response:
    """Begin a practice run; without a scene, one is drawn."""
    run_id = actions.begin_run(work, apparatus=APPARATUS, seed=secrets.randbits(SEED_BITS), code=scenario)
    return RedirectResponse(f"/extinguisher-practice/runs/{run_id}", 303)


@practice.get("/runs/{run_id}/explanation")
def explain(request: Request, reading: Reads, run_id: RunId) -> Response:
    """After practice: every line of the sheet, what was lost, why it matters, and the run moment by moment."""
    run = queries.own_run(reading, run_id)
    if not run.is_over(reading.now):
        return RedirectResponse(f"/extinguisher-practice/runs/{run_id}", 303)
    context = {"run": run, "scored": run.scored(reading.now)}
    return page(request, "simulations/extinguisher/explanation.html", context)


@practice.get("/runs/{run_id}")
@examination.get("/runs/{run_id}")
def room(request: Request, reading: Reads, run_id: RunId) -> Response:
    """The scene and the instruments."""
    run = queries.own_run(reading, run_id)
    context = {"run": run, "view": run.view(reading.now), "is_practice": run.mode is Mode.PRACTICE}
    return page(request, "simulations/extinguisher/room.html", context)


@practice.get("/runs/{run_id}/state")
@examination.get("/runs/{run_id}/state")
def state(reading: Reads, run_id: RunId) -> JSONResponse:
    """Where the run stands now: the way back after a reload, a lost network or a second tab."""
    return JSONResponse(_standing(reading, queries.own_run(reading, run_id)))


@practice.post("/runs/{run_id}/operations")
@examination.post("/runs/{run_id}/operations")
def operate(work: Writes, run_id: RunId, deed: Deed) -> JSONResponse:
    """Record one operation; the same one sent again is answered again and recorded once."""
    run = actions.operate(work, run_id, number=deed.number, name=deed.name, given=deed.given)
    return JSONResponse(_standing(work, run))


@practice.post("/runs/{run_id}/end")
@examination.post("/runs/{run_id}/end")
def end(work: Writes, run_id: RunId) -> JSONResponse:
    """The page's clock ran out: write the score down if the server agrees that the run has ended."""
    actions.end_run(work, run_id)
    return JSONResponse(_standing(work, queries.own_run(work, run_id)))


def _standing(work: Reading, run: Run) -> dict[str, object]:
    return {"number": len(run.operations), "view": run.view(work.now), "story": happened(run, work.now, latest=3)}
