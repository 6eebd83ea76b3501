"""The platform as `anpei serve` runs it, with one more route: it takes and gives what a save does, nothing else."""

import sys

import uvicorn

from host.application import application
from host.machine import Machine
from host.wiring import wiring
from kernel.settings import Settings
from web.exams.exam_room.hot import Saved, Saving
from web.frame.access import open_to_all


def main(database: str, port: int) -> None:
    """Serve `database` of this machine at `port`, until killed."""
    settings = Settings()
    place = Machine(settings, database=database).workplace(wiring(settings))
    app = application(place)

    @app.put("/bench/nothing", dependencies=[open_to_all()])
    async def nothing(saving: Saving) -> Saved:
        now = place.clock.now()
        saved = [step.sequence for step in saving.steps]
        return Saved(saved=saved, sequence=max(saved), now=now, deadline=now)

    uvicorn.run(app, port=port, log_level="warning", server_header=False)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
