"""What each rule that reaches an area because of what it is says, in one sentence each."""

from __future__ import annotations

from domain.law.texts.kinds import Text

CONSEQUENCES = {
    "LET-OMD-51C": Text(
        "Boligorganisationen skal afvise boligsøgende på ventelisten, der modtager "
        "kontanthjælp m.v.",
        "The housing organisation must reject applicants on the waiting list who receive "
        "cash benefit.",
    ),
    "LET-KOMB-51B-BASE": Text(
        "Kommunen kan beslutte, at boligsøgende på bestemte ydelser skal afvises (kombineret "
        "udlejning).",
        "The municipality may decide that applicants on certain benefits are to be rejected "
        "(combined letting).",
    ),
    "LET-FLEX-OBL": Text(
        "Ledige boliger skal udlejes efter kriterier, blandt andet om beskæftigelse og uddannelse.",
        "Vacant dwellings must be let by criteria, among them work and education.",
    ),
    "LET-FLEX-OBL-FORE": Text(
        "Ledige boliger skal udlejes efter kriterier, blandt andet om beskæftigelse og uddannelse.",
        "Vacant dwellings must be let by criteria, among them work and education.",
    ),
    "LET-RECORD-29": Text(
        "Boligorganisationen kan forlange straffeattest og afvise af hensyn til trygheden.",
        "The housing organisation may ask for a criminal record and refuse for the sake of safety.",
    ),
    "LET-FLEX-2011": Text(
        "Kommunen kan bestemme, at ledige boliger udlejes efter kriterier, som den fastsætter.",
        "The municipality may decide that vacant dwellings are let by criteria that it sets.",
    ),
    "REH-86-SALE-PLAN": Text(
        "Ved salg efter en udviklingsplan kan der alene tilbydes en erstatningsbolig inden "
        "for området.",
        "At a sale under a development plan a replacement dwelling can only be offered "
        "inside the area.",
    ),
    "REH-WAITLIST-NO-FEE": Text(
        "Lejere under 65 år kan optages på oprykningsventelisten uden gebyr.",
        "Tenants under 65 may be put on the internal waiting list without a fee.",
    ),
    "REH-VACANCY-LOSS": Text(
        "Landsbyggefonden kan dække en andel af tomgangslejen ved genhusninger fra området; 10 "
        "mio. kr. om året i hele landet er målrettet det, før den årlige regulering.",
        "Landsbyggefonden may bear a share of the rent that empty dwellings lose at rehousings "
        "from the area; DKK 10 million a year in the whole country are set aside for it, before "
        "the yearly regulation.",
    ),
    "FIN-80G": Text(
        "Ved salg skal 40 procent af visse midler til Landsbyggefonden, medmindre de går til en "
        "godkendt helhedsplan, grundkøb eller ommærkning.",
        "Of certain proceeds 40 per cent go to Landsbyggefonden, unless they are used for an "
        "approved master plan, land or marking dwellings anew.",
    ),
    "EXC-69-UDS": Text(
        "Ved bytte skal den, der flytter ind, opfylde områdets udlejningskriterier.",
        "At an exchange the household that moves in must meet the area's letting criteria.",
    ),
    "SUB-UDS": Text(
        "Ved fremleje skal den, der flytter ind, opfylde områdets udlejningskriterier.",
        "At a sublet the household that moves in must meet the area's letting criteria.",
    ),
    "TERM-85-2": Text(
        "Lejere kan opsiges, når ejendommen er solgt til en privat køber.",
        "Tenants may be given notice when the property has been sold to a private buyer.",
    ),
    "SALE-27": Text(
        "Salg af boliger kan godkendes på grund af væsentlige boligsociale udfordringer i området.",
        "A sale of dwellings may be approved because of serious social problems in the area.",
    ),
    "SALE-27-4": Text(
        "Et salg godkendes kun, hvis lejere, der ikke opfylder kommunens kriterier, opsiges.",
        "A sale is approved only if tenants who do not meet the municipality's criteria are "
        "given notice.",
    ),
    "SALE-27C": Text(
        "Kommunen skal fastsætte udlejningskriterier for solgte ejendomme; de gælder i ti år.",
        "The municipality must set letting criteria for property that is sold; they hold for ten "
        "years.",
    ),
    "SALE-28-DEMO": Text(
        "Nedrivning af boliger kan godkendes på grund af væsentlige boligsociale "
        "udfordringer i området.",
        "A demolition of dwellings may be approved because of serious social problems in the area.",
    ),
    "FIN-YOUTH": Text(
        "Mindre familieboliger kan efter aftale ommærkes til ungdomsboliger.",
        "Smaller family dwellings may by agreement be re-designated as youth dwellings.",
    ),
    "FIN-TILLAEG": Text(
        "Kommunen kan give afkald på tillægskøbesum ved salg.",
        "The municipality may waive the supplementary price of a sale.",
    ),
    "PLAN-168A": Text(
        "Boligorganisation og kommune skal i fællesskab udarbejde en udviklingsplan: højst "
        "40 procent almene familieboliger inden 2030.",
        "Housing organisation and municipality must make a development plan: at most 40 per cent "
        "social family dwellings before 2030.",
    ),
    "PLAN-168B": Text(
        "Uden enighed kan ministeren godkende en kommunal udviklingsplan.",
        "Without agreement the minister may approve a municipal development plan.",
    ),
    "PLAN-168C": Text(
        "Ministeren kan påbyde, at området afvikles, hvis ingen plan godkendes eller følges.",
        "The minister may order the area to be wound up when no plan is approved or followed.",
    ),
    "PLAN-96-3": Text(
        "Landsbyggefondens støtte skal gøres betinget af udviklingsplanen.",
        "Support from Landsbyggefonden must be made conditional on the development plan.",
    ),
    "GOV-165A": Text(
        "Kommunen kan påbyde boligorganisationen at sætte indsatser i gang i området.",
        "The municipality may order the housing organisation to act in the area.",
    ),
}
"""By the id of the rule."""

TOOL_KINDS = {
    "physical_change": Text(
        "Fysisk forandring og nedbringelse af andelen af almene familieboliger",
        "Physical change, and a lower share of social family dwellings",
    ),
    "letting": Text("Skærpede udlejningsregler", "Stricter rules of letting"),
    "fund": Text("Landsbyggefondens midler", "Landsbyggefonden's money"),
    "beside": Text("Ved siden af de tre slags", "Beside the three kinds"),
}
