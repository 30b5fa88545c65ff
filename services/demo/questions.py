"""The questions of the demo: each with who asks, why, and what must come out."""

from __future__ import annotations

from datetime import date, timedelta

from husret.v1 import core_pb2 as core
from husret.v1 import eligibility_service_pb2 as eligibility
from husret.v1 import fact_service_pb2 as facts
from services.demo import town
from services.demo.expected import Expected, Text
from services.demo.households import (
    WORKS,
    Member,
    Period,
    end_of_last_month,
    first_of_month,
    on_kontanthjaelp,
)
from services.demo.made_up import Builder, MadeUp


def make(seed: int) -> MadeUp:
    """Make up the municipality of a seed, its households and its questions."""
    build = Builder(seed)
    groups = []
    for ask in _ASKED:
        before = len(build.made.scenarios)
        ask(build)
        groups.append(build.made.scenarios[before:])
    build.put_in_order(groups)
    return build.made


def ordinary_area(build: Builder) -> None:
    """A dwelling outside every area: the bans don't reach it, whoever asks."""
    day = build.day(date(2024, 2, 1), date(2025, 11, 28))
    household, _ = build.household(day, (on_kontanthjaelp(first_of_month(day, -9), day), WORKS))
    build.ask(
        "ordinary_area",
        Text("En bolig uden for områderne", "A dwelling outside every area"),
        Text(
            "Boligen er ikke omfattet af forbuddene, så ingen oplysninger om personer åbnes.",
            "The bans do not reach the dwelling, so nothing about persons is opened.",
        ),
        household,
        build.dwelling(""),
        day,
        Expected(core.OUTCOME_PERMITTED, unsealed=0),
    )


def fallback(build: Builder) -> None:
    """Nothing outside is possible, as the municipality has decided: it must refer inside."""
    day = build.day(date(2024, 2, 1), date(2025, 6, 28))
    household, _ = build.household(day, (on_kontanthjaelp(first_of_month(day, -8), day),))
    build.decide_fallback(household, day, facts.ASSESSMENT_NOT_POSSIBLE)
    build.ask(
        "fallback",
        Text("Ingen bolig uden for områderne", "No dwelling outside the areas"),
        Text(
            "Kommunens egen begrundede vurdering ophæver forbuddet og giver en pligt.",
            "The municipality's own reasoned decision lifts the ban and brings a duty.",
        ),
        household,
        build.dwelling(town.VULNERABLE),
        day,
        Expected(core.OUTCOME_PERMITTED, met=("REF-FALLBACK",), duty="MUST_REFER_INSIDE"),
    )


def citizenship(build: Builder) -> None:
    """One member does not meet nr. 4; benefits are then never read."""
    day = build.day(date(2024, 2, 1), date(2025, 11, 28))
    other = Member(citizenship=facts.CITIZENSHIP_CONDITION_NOT_MET)
    household, _ = build.household(day, (WORKS, other))
    build.ask(
        "citizenship",
        Text("Betingelsen om statsborgerskab", "The condition of citizenship"),
        Text(
            "Et medlem opfylder den ikke og er ikke studerende; ydelser hentes da slet ikke.",
            "One member does not meet it and is no student; benefits are then never read.",
        ),
        household,
        build.dwelling(town.TRANSFORMATION),
        day,
        Expected(core.OUTCOME_PROHIBITED, met=("REF-UDS-N4",)),
    )


def six_months(build: Builder) -> None:
    """Kontanthjælp for six months up to the last full month; a later step corrects it."""
    day = build.day(date(2024, 3, 2), date(2025, 6, 28))
    months = build.random.randint(7, 11)
    on_benefit = on_kontanthjaelp(first_of_month(day, -months), day)
    household, _ = build.household(day, (WORKS, on_benefit, WORKS))
    found = build.made.households[household]
    build.made.wrong_period = next(f for f in found if f.HasField("benefit_period"))
    build.ask(
        "six_months",
        Text("Kontanthjælp i seks måneder", "Cash benefit for six months"),
        Text(
            "Ét medlem af husstanden er nok.",
            "One member of the household is enough.",
        ),
        household,
        build.dwelling(town.PARALLEL_SOCIETY),
        day,
        Expected(core.OUTCOME_PROHIBITED, met=("REF-UDS-N5",)),
    )


def former_transformation(build: Builder) -> None:
    """Off the lists since 2021, but the plan runs: stk. 6 still holds there."""
    day = build.day(date(2024, 2, 1), date(2024, 11, 28))
    pension = Period(facts.BENEFIT_FOERTIDSPENSION, date(day.year - 2, 1, 1), None)
    household, _ = build.household(day, (Member((pension,)),))
    build.ask(
        "former_transformation",
        Text(
            "Et tidligere omdannelsesområde med plan",
            "A former transformation area under a plan",
        ),
        Text(
            "Området er udgået af listen, men har en udviklingsplan; medlemmet modtager "
            "førtidspension.",
            "The area is off the list, but its plan runs; the member has disability pension.",
        ),
        household,
        build.dwelling(town.FORMER_TRANSFORMATION),
        day,
        Expected(core.OUTCOME_PROHIBITED, met=("PLAN-FORMER-LETTING", "REF-UDS-N6")),
    )


def facts_missing(build: Builder) -> None:
    """Nobody has said anything about benefits; a later step supplies it."""
    day = build.day(date(2024, 3, 2), date(2025, 6, 28))
    household, [person] = build.household(day, (Member(benefits_known=False),))
    build.made.person_without_record = person
    build.ask(
        "facts_missing",
        Text("En oplysning mangler", "A fact is missing"),
        Text(
            "Intet om ydelser er ikke det samme som ingen ydelser.",
            "Nothing known about benefits is not the same as no benefits.",
        ),
        household,
        build.dwelling(town.VULNERABLE),
        day,
        Expected(core.OUTCOME_UNDETERMINED, missing=("benefits_attested",)),
    )


def no_ground(build: Builder) -> None:
    """Every fact is there, and no ground is met."""
    day = build.day(date(2024, 1, 2), date(2024, 11, 28))
    household, _ = build.household(day, (WORKS, WORKS))
    build.ask(
        "no_ground",
        Text("Ingen i husstanden er omfattet", "The bans cover nobody in the household"),
        Text(
            "Alle syv grunde er prøvet, og oplysningerne er bekræftet for hver af dem.",
            "All seven grounds were tried, and the sources have vouched for each of them.",
        ),
        household,
        build.dwelling(town.VULNERABLE_IN_2023),
        day,
        Expected(core.OUTCOME_PERMITTED),
    )


def released(build: Builder) -> None:
    """A member was released within six months; nothing later is then read."""
    day = build.day(date(2024, 3, 2), date(2025, 6, 28))
    released = day - timedelta(days=build.random.randint(20, 150))
    household, _ = build.household(day, (WORKS, Member(released_on=released)))
    build.ask(
        "released",
        Text("Løsladt inden for seks måneder", "Released within six months"),
        Text(
            "Medlemmet er dømt, løsladt efter afsoning, og en handleplan er tilbudt og lavet.",
            "The member is convicted, released after a sentence, and due an action plan.",
        ),
        household,
        build.dwelling(town.VULNERABLE),
        day,
        Expected(core.OUTCOME_PROHIBITED, met=("REF-UDS-N1",)),
    )


def refugee(build: Builder) -> None:
    """The fallback lifts the bans of § 59 and not the Integration Act's."""
    day = build.day(date(2024, 2, 1), date(2025, 6, 28))
    member = Member(citizenship=facts.CITIZENSHIP_CONDITION_NOT_MET, refugee=True)
    household, _ = build.household(day, (member,))
    build.decide_fallback(household, day, facts.ASSESSMENT_NOT_POSSIBLE)
    build.ask(
        "refugee",
        Text("En nyankommen flygtning", "A newly arrived refugee"),
        Text(
            "Integrationslovens forbud har ingen undtagelse, når intet andet er muligt.",
            "The integration act's ban has no exception for when nothing else is possible.",
        ),
        household,
        build.dwelling(town.VULNERABLE),
        day,
        Expected(core.OUTCOME_PROHIBITED, met=("REF-FALLBACK", "REF-REFUGEE")),
    )


def private_flat(build: Builder) -> None:
    """The bans are about social dwellings; an agreed private flat is none."""
    day = build.day(date(2024, 2, 1), date(2025, 11, 28))
    other = Member(citizenship=facts.CITIZENSHIP_CONDITION_NOT_MET)
    household, _ = build.household(day, (other,))
    build.ask(
        "private_flat",
        Text("En aftalt privat lejlighed", "A private flat by agreement"),
        Text(
            "Forbuddene gælder almene boliger; kommunen har en aftale om ejendommen.",
            "The bans are about social dwellings; there is an agreement about the property.",
        ),
        household,
        build.dwelling("", core.DWELLING_KIND_PRIVATE),
        day,
        Expected(core.OUTCOME_PERMITTED, met=("PRIV-ANV-2022",), unsealed=0),
        eligibility.REFERRAL_BASIS_PRIVATE_AGREEMENT,
    )


def share_over_30_undecided(build: Builder) -> None:
    """Over 30 per cent, and no decision taken: the act doesn't say what then holds."""
    day = build.day(date(2024, 2, 1), date(2024, 12, 20))
    benefit = facts.BENEFIT_SELVFORSOERGELSES_OG_HJEMREJSEYDELSE
    member = Member((Period(benefit, first_of_month(day, -8), end_of_last_month(day)),))
    household, _ = build.household(day, (member,))
    build.ask(
        "share_over_30_undecided",
        Text("Et fortolkningsspørgsmål afgør svaret", "An open point of law decides the answer"),
        Text(
            "Andelen er over 30 procent, men kommunen har ikke besluttet noget endnu.",
            "The share is over 30 per cent, but the municipality has decided nothing yet.",
        ),
        household,
        build.dwelling(build.random.choice((town.EXEMPTED, *town.NOT_EXEMPTED))),
        day,
        Expected(
            core.OUTCOME_UNDETERMINED,
            decided_by="AMB-30PCT-UNDECIDED",
            other_outcome=core.OUTCOME_PERMITTED,
        ),
    )


def older_run(build: Builder) -> None:
    """The six months ended a while before the day: the act doesn't say whether they count."""
    day = build.day(date(2024, 4, 2), date(2025, 6, 28))
    ended = build.random.randint(2, 4)
    member = on_kontanthjaelp(first_of_month(day, -ended - 8), first_of_month(day, -ended))
    household, _ = build.household(day, (member,))
    build.ask(
        "older_run",
        Text("Seks måneder, der er forbi", "Six months that are over"),
        Text(
            "Loven siger ikke, om perioden skal nå frem til anvisningen.",
            "The act does not say whether the run must reach up to the referral.",
        ),
        household,
        build.dwelling(town.VULNERABLE),
        day,
        Expected(
            core.OUTCOME_UNDETERMINED,
            decided_by="AMB-WINDOW",
            other_outcome=core.OUTCOME_PROHIBITED,
        ),
    )


def youth_dwelling(build: Builder) -> None:
    """Prohibited as the act is read by default; another reading would permit."""
    day = build.day(date(2024, 3, 2), date(2025, 6, 28))
    benefit = facts.BENEFIT_UDDANNELSESHJAELP
    member = Member((Period(benefit, first_of_month(day, -9), end_of_last_month(day)),))
    household, _ = build.household(day, (member,))
    build.ask(
        "youth_dwelling",
        Text("En ungdomsbolig i et udsat boligområde", "A youth dwelling in a vulnerable area"),
        Text(
            "Ikke tilladt, som loven fortolkes her; efter en anden fortolkning ville det være.",
            "Prohibited as the act is read here; another reading would permit it.",
        ),
        household,
        build.dwelling(town.VULNERABLE, core.DWELLING_KIND_YOUTH),
        day,
        Expected(
            core.OUTCOME_PROHIBITED,
            met=("REF-UDS-N5",),
            points=("AMB-YOUTH",),
            other_outcome=core.OUTCOME_PERMITTED,
        ),
        eligibility.REFERRAL_BASIS_STK_3,
    )


def fallback_order(build: Builder) -> None:
    """A prevention area was possible: the fallback doesn't reach a vulnerable area."""
    day = build.day(date(2024, 2, 1), date(2025, 6, 28))
    household, _ = build.household(day, (on_kontanthjaelp(first_of_month(day, -10), day),))
    build.decide_fallback(household, day, facts.ASSESSMENT_POSSIBLE)
    build.ask(
        "fallback_order",
        Text("Et forebyggelsesområde først", "A prevention area first"),
        Text(
            "Der kan ikke anvises uden for områderne, men i et forebyggelsesområde.",
            "Nothing outside can be referred, but a dwelling in a prevention area can.",
        ),
        household,
        build.dwelling(town.PARALLEL_SOCIETY),
        day,
        Expected(
            core.OUTCOME_PROHIBITED,
            met=("REF-UDS-N5",),
            points=("AMB-FALLBACK-ORDER",),
            other_outcome=core.OUTCOME_PERMITTED,
        ),
    )


def household_lists(build: Builder) -> None:
    """Who moves in is not who was registered: which of them is the household?"""
    day = build.day(date(2024, 3, 2), date(2025, 6, 28))
    on_benefit = on_kontanthjaelp(first_of_month(day, -7), day, registered=False)
    household, _ = build.household(day, (WORKS, on_benefit))
    build.ask(
        "household_lists",
        Text("Hvem hører til husstanden?", "Who belongs to the household?"),
        Text(
            "Den, der modtager kontanthjælp, flytter med ind, men var ikke registreret.",
            "The one on cash benefit will move in, but was not registered.",
        ),
        household,
        build.dwelling(town.VULNERABLE),
        day,
        Expected(core.OUTCOME_PROHIBITED, met=("REF-UDS-N5",), points=("AMB-HOUSEHOLD",)),
    )


def split_department(build: Builder) -> None:
    """The department has plots in an area, the dwelling's own plot lies outside."""
    day = build.day(date(2024, 2, 1), date(2025, 11, 28))
    household, _ = build.household(day, (on_kontanthjaelp(first_of_month(day, -9), day),))
    build.ask(
        "split_department",
        Text("En delt afdeling", "A split department"),
        Text(
            "Afdelingen ligger delvis i et udsat boligområde; denne bolig ligger uden for det.",
            "The department has plots in a vulnerable area; this dwelling lies outside.",
        ),
        household,
        build.dwelling("", department_areas=(town.VULNERABLE,)),
        day,
        Expected(core.OUTCOME_PERMITTED, points=("AMB-DEPT-DWELLING",), unsealed=0),
    )


def elderly_dwelling(build: Builder) -> None:
    """§ 59, stk. 1-5 doesn't speak of dwellings for the elderly."""
    day = build.day(date(2024, 2, 1), date(2025, 11, 28))
    household, _ = build.household(day, (WORKS,))
    build.ask(
        "elderly_dwelling",
        Text("En ældrebolig", "A dwelling for the elderly"),
        Text(
            "Bestemmelsen omfatter ikke ældreboliger, og husret svarer derfor ikke ja.",
            "The section does not speak of such dwellings, so husret does not say yes.",
        ),
        household,
        build.dwelling(town.TRANSFORMATION, core.DWELLING_KIND_ELDERLY),
        day,
        Expected(core.OUTCOME_UNDETERMINED, unsealed=0),
    )


def before_the_prevention_lists(build: Builder) -> None:
    """The same household and dwelling, before and after the rule's first day."""
    after = build.day(date(2021, 12, 1), date(2021, 12, 20))
    member = on_kontanthjaelp(date(2019, build.random.randint(2, 10), 1), after)
    household, _ = build.household(after, (member,))
    dwelling = build.dwelling(town.NOT_EXEMPTED[0])
    build.ask(
        "rule_not_in_force",
        Text("Dagen før reglen trådte i kraft", "The day before the rule was in force"),
        Text(
            "Den 29. november 2021 fandtes forebyggelsesområder ikke.",
            "On 29 November 2021 there were no prevention areas.",
        ),
        household,
        dwelling,
        date(2021, 11, 29),
        Expected(core.OUTCOME_PERMITTED, unsealed=0),
    )
    build.ask(
        "rule_in_force",
        Text("Da reglen var trådt i kraft", "Once the rule was in force"),
        Text(
            "Samme husstand og samme bolig efter den første liste den 1. december 2021.",
            "The same household and dwelling after the first list, of 1 December 2021.",
        ),
        household,
        dwelling,
        after,
        Expected(core.OUTCOME_PROHIBITED, met=("REF-FORE-24",)),
    )


def exempted(build: Builder) -> None:
    """The municipality has exempted this prevention area."""
    day = build.day(town.EXEMPTED_FROM, date(2025, 6, 28))
    household, _ = build.household(day, (on_kontanthjaelp(date(day.year - 3, 2, 1), day),))
    build.ask(
        "exempted",
        Text("Et undtaget forebyggelsesområde", "An exempted prevention area"),
        Text(
            "Over 30 procent af boligerne ligger i områderne; kommunen har undtaget dette.",
            "Over 30 per cent of the dwellings lie in the areas; this one was exempted.",
        ),
        household,
        build.dwelling(town.EXEMPTED),
        day,
        Expected(core.OUTCOME_PERMITTED, met=("REF-FORE-30PCT",)),
    )


def not_exempted(build: Builder) -> None:
    """A prevention area that the decision doesn't name, after the reform of July 2025."""
    day = build.day(date(2026, 1, 2), date(2026, 1, 24))
    benefit = facts.BENEFIT_KONTANTHJAELP_16_2
    member = Member((Period(benefit, date(2025, 7, 1), date(2025, 12, 31)),))
    household, _ = build.household(day, (WORKS, member))
    build.ask(
        "not_exempted",
        Text("Et forebyggelsesområde, der ikke er undtaget", "A prevention area not exempted"),
        Text(
            "Seks måneder med kontanthjælp efter § 16, stk. 2.",
            "Six months on cash benefit under section 16(2).",
        ),
        household,
        build.dwelling(build.random.choice(town.NOT_EXEMPTED)),
        day,
        Expected(core.OUTCOME_PROHIBITED, met=("REF-FORE-SHO",)),
    )


_ASKED = (
    youth_dwelling,
    ordinary_area,
    fallback,
    citizenship,
    six_months,
    former_transformation,
    facts_missing,
    no_ground,
    released,
    refugee,
    private_flat,
    share_over_30_undecided,
    older_run,
    fallback_order,
    household_lists,
    split_department,
    elderly_dwelling,
    before_the_prevention_lists,
    exempted,
    not_exempted,
)
"""The first of them is asked first; a seed puts the others in an order of its own."""
