"""`husret retention`: how long each class of data is kept, and erasing what has run out."""

from __future__ import annotations

import argparse
import os
from collections import Counter
from contextlib import closing

from domain import facts
from domain.data_classes import DataClass
from services.cli import options as shared
from services.cli.exits import ANSWERED, CommandError
from services.cli.options import Options, Parser
from services.terminal import output, shell


def add_retention(parser: Parser) -> None:
    """Add what is kept how long, and whether anything is erased."""
    shared.everywhere(parser)
    parser.add_argument(
        "--keep",
        action="append",
        default=[],
        type=_rule,
        metavar="CLASS=YEARS",
        help="record that a class is kept so many calendar years after the one in which something "
        "was last recorded in it; nothing is erased",
    )
    parser.add_argument(
        "--law",
        action="append",
        default=[],
        type=_rule,
        metavar="CLASS=LAW",
        help="record that a law has a class stay, e.g. an act's section; nothing is erased",
    )
    parser.add_argument(
        "--dry-run",
        action="store_true",
        help="count by class and year what would be erased, while it is served or not",
    )
    parser.set_defaults(run=_retention)


def _rule(text: str) -> tuple[DataClass, str]:
    name, equals, value = text.partition("=")
    if not equals or not value or name not in list(DataClass):
        raise argparse.ArgumentTypeError(
            f"must be CLASS=VALUE, CLASS being one of {', '.join(DataClass)}"
        )
    return DataClass(name), value


def _retention(options: Options) -> int:
    from services.instance import retention
    from services.instance.instance import KEYS_FILE, Instance, InstanceError
    from services.log import ownership
    from services.log.factory import environment_of, factory_of

    factory = factory_of(environment_of(options.dir, os.environ))
    if not factory.exists():
        raise InstanceError(f"{options.dir} holds no instance; make one with `husret init`")
    if options.keep or options.law:
        if options.dry_run:
            raise CommandError("--dry-run: counts what would be erased; leave out --keep and --law")
        with ownership.own(options.dir), Instance.open(options.dir) as instance:
            for rule in _decided(options):
                retention.decide(instance, rule)
            return _put(options, retention.rules(instance.log), Counter(), "")
    if options.dry_run:
        from datetime import datetime

        from services.log.wall_clock import COPENHAGEN

        with closing(factory.dcb_recorder()) as log:
            decided = retention.rules(log)
        year = datetime.now(COPENHAGEN).year
        found = retention.tried(options.dir, KEYS_FILE, decided, year)
        return _put(options, decided, found, "would be erased")
    with (
        shell.orderly_end(),
        ownership.own(options.dir),
        Instance.open(options.dir) as instance,
    ):
        return _put(options, retention.rules(instance.log), retention.run(instance), "erased")


def _decided(options: Options) -> list[facts.RetentionDecided]:
    made = []
    for data_class, years in options.keep:
        if not years.isdecimal() or int(years) > 100:
            raise CommandError(f"--keep: the years of {data_class} must lie from 0 to 100")
        made.append(facts.RetentionDecided(data_class=data_class, years=int(years)))
    for data_class, law in options.law:
        if len(law) > 100 or not law.isprintable():
            raise CommandError(f"--law: of {data_class} it must be 1 to 100 printable characters")
        made.append(facts.RetentionDecided(data_class=data_class, law=law))
    return made


def _put(
    options: Options,
    decided: dict[DataClass, facts.RetentionDecided],
    found: Counter[tuple[DataClass, int]],
    done: str,
) -> int:
    lines = []
    for data_class in DataClass:
        rule = decided.get(data_class)
        kept = "until it is erased on request"
        if rule is not None:
            kept = f"because of {rule.law}" if rule.law else f"{rule.years} years"
        lines.append(f"{data_class}: kept {kept}")
    for (data_class, year), count in sorted(found.items()):
        lines.append(f"{data_class}, last of {year}: {count} {done}")
    if done and not found:
        lines.append(f"nothing {done}")
    said = {
        "kept": {
            str(name): {"law": rule.law} if rule.law else {"years": rule.years}
            for name, rule in decided.items()
        },
        "erased" if done == "erased" else "would_be_erased": [
            {"class": str(data_class), "last_year": year, "count": count}
            for (data_class, year), count in sorted(found.items())
        ],
    }
    output.put(options, said, lines)
    return ANSWERED
