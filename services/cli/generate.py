"""`husret generate`: made-up data in the size of the real thing, in a new instance."""

from __future__ import annotations

from services.cli import options as shared
from services.cli.exits import ANSWERED, CommandError
from services.cli.options import Options, Parser
from services.terminal import output, shell

SETS = ("country", "large-controller")
"""The names of `services.generator.worlds`, which is imported when it is needed."""


def add_generate(parser: Parser) -> None:
    """Add which set, how much of it, and from which seed."""
    parser.add_argument(
        "set",
        choices=SETS,
        help="country: 98 municipalities with their areas, figures, lists and 600,000 dwellings "
        "over seven years, and no person; large-controller: a made-up municipality with 70,000 "
        "dwellings and 150,000 persons over twenty years",
    )
    shared.everywhere(parser)
    parser.add_argument(
        "--seed", type=int, default=1, help="varies what is made up (default: %(default)s)"
    )
    parser.add_argument(
        "--scale",
        type=float,
        default=1.0,
        metavar="FACTOR",
        help="how much of it: 0.01 is a hundredth (default: %(default)s)",
    )
    parser.set_defaults(run=_generate)


def _generate(options: Options) -> int:
    from services.generator.filling import fill
    from services.generator.worlds import WORLDS

    if not 0 < options.scale <= MOST:
        raise CommandError(f"--scale: must be more than 0, and at most {MOST}")
    world = WORLDS[options.set](options.seed, options.scale)
    first, last = world.first_day.toordinal(), world.last_day.toordinal()
    with shell.orderly_end(), output.progress(*output.counting()) as progress:
        task = progress.add_task(f"making up {options.set}", total=last - first, events=0)
        filled = fill(
            options.dir,
            world,
            options.seed,
            told=lambda events, day: progress.update(
                task, completed=day.toordinal() - first, events=events
            ),
        )
    made = {
        "directory": str(options.dir),
        "set": options.set,
        "seed": options.seed,
        "scale": options.scale,
        "events": filled.events,
        "days": filled.days,
        "first_day": str(world.first_day),
        "last_day": str(world.last_day),
    }
    output.put(
        options,
        made,
        [
            f"{filled.events} made-up events of {filled.days} days, from {world.first_day} to "
            f"{world.last_day}, in {options.dir}. Nobody in them exists.",
        ],
    )
    return ANSWERED


MOST = 10.0
"""The largest scale."""
