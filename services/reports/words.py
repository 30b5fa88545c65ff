"""The words of the reports' pages, tables and charts, in Danish and English."""

from __future__ import annotations

from domain.law.texts.kinds import Text

COMPARISONS = {
    ">": Text("over", "over"),
    ">=": Text("mindst", "at least"),
    "<": Text("under", "under"),
    "<=": Text("højst", "at most"),
}
"""How a figure is measured by its limit."""

WORDS = {
    # --- what every report has
    "made_as_known": Text("Rapporten er kendt ved", "The report is known at"),
    "leaf_hash": Text("Kvitteringens bladhash", "The receipt's leaf hash"),
    "leaf_hash_of": Text(
        "Bladhash af hændelse nr. {position}", "Leaf hash of event no. {position}"
    ),
    "root_hash_of": Text("Træets rod ved størrelse {size}", "Root of the tree of size {size}"),
    "root_hash_none": Text(
        "ikke bevist: loggen er ændret, hvor den er gemt (husret log verify)",
        "not proved: the log was altered where it is stored (husret log verify)",
    ),
    "reproduce": Text("Sådan fås det igen", "How to have it again"),
    "reproduce_intro": Text(
        "De samme kommandoer giver de samme bytes, så længe intet af det er slettet.",
        "The same commands give the same bytes, as long as nothing of it has been erased.",
    ),
    "counted": Text("Optalt", "Counted"),
    # --- the report of a decision
    "decision_report": Text("Rapport om et svar", "Report on an answer"),
    "decision_report_intro": Text(
        "Rapporten viser svaret, som det er kendt ved hændelse nr. {position}, {moment}, med alt, "
        "der skal til for at regne det efter.",
        "The report shows the answer as known at event no. {position}, {moment}, with all that it "
        "takes to perform it again.",
    ),
    "opened": Text(
        "Disse oplysninger er åbnet for at lave den, og det er noteret: {classes}.",
        "These were opened to make it, and that is noted: {classes}.",
    ),
    "opened_none": Text(
        "Ingen oplysninger om personer er åbnet for at lave den.",
        "No facts about persons were opened to make it.",
    ),
    "shares": Text("Andele og grænser", "Shares and limits"),
    "computed_shares_caption": Text(
        "Andele, som en bestemmelse beregner eller sammenligner",
        "Shares that a section computes or compares",
    ),
    "computed_shares_none": Text("Svaret hviler ikke på andele.", "The answer rests on no share."),
    "recomputed": Text("Regnet efter", "Computed again"),
    "recomputed_not": Text(
        "Svaret er ikke regnet efter her, for det står på en side af en venteliste.",
        "The answer was not computed again here, for it stands on a page of a waiting list.",
    ),
    "verdict_equal": Text("de samme bytes kommer ud", "the same bytes come out"),
    "verdict_erased": Text(
        "de samme bytes kommer ud, så vidt de kan åbnes",
        "the same bytes come out, as far as they can be read",
    ),
    "verdict_different": Text("noget kommer anderledes ud", "something comes out otherwise"),
    "hash_stored": Text("Gemt hash", "Stored hash"),
    "hash_computed": Text("Beregnet hash", "Computed hash"),
    "difference": Text("Forskel", "Difference"),
    "differences_caption": Text("Det, der er anderledes", "What is otherwise"),
    "sections_caption": Text("Kvitteringens afsnit", "The receipt's sections"),
    "receipt_section": Text("Afsnit", "Section"),
    "data_class": Text("Slags oplysninger", "Class of data"),
    "section_equal": Text("ens", "equal"),
    "section_different": Text("FORSKELLIGT", "DIFFERENT"),
    "section_erased": Text("slettet", "erased"),
    "section_erased_at": Text(
        "slettet ved hændelse nr. {position} efter {policy}",
        "erased at event no. {position} under {policy}",
    ),
    "duty": Text("Pligt", "Duty"),
    # --- the report of a period
    "period_report": Text("Svar fra {first} til {last}", "Answers from {first} to {last}"),
    "period_report_intro": Text(
        "Hvad der blev svaret i perioden, hvad der var usædvanligt, og regnskabet over tildelte "
        "boliger. Ingen person er nævnt.",
        "What was answered in the period, what was out of the ordinary, and the ledger of "
        "allocated dwellings. No person is named.",
    ),
    "period_few": Text(
        "Antal under {least}, og dem, de kunne regnes ud af, vises ikke (»..«).",
        "Counts below {least}, and those that they could be worked out of, are not shown (“..”).",
    ),
    "few": Text("..", ".."),
    "least_shown": Text("Mindste antal, der vises", "Smallest count shown"),
    "answers": Text("Svar", "Answers"),
    "answers_caption": Text(
        "Gemte svar, spørgsmål for spørgsmål", "Recorded answers, question by question"
    ),
    "answers_none": Text("Der er ikke svaret på noget.", "Nothing was answered."),
    "total": Text("I alt", "Total"),
    "pages": Text("Sider", "Pages"),
    "pages_caption": Text("Sider af ventelister", "Pages of waiting lists"),
    "households_on": Text("Husstande på dem", "Households on them"),
    "reasons_title": Text("Hvorfor svar er uafklarede", "Why answers are undetermined"),
    "reasons_caption": Text(
        "Uafklarede svar efter det, de mangler; et svar kan mangle flere ting",
        "Undetermined answers by what they lack; one answer may lack several things",
    ),
    "reasons_none": Text("Intet svar er uafklaret.", "No answer is undetermined."),
    "reasons_not_asked": Text(
        "Det er der ikke spurgt om (--reasons): så skal oplysninger om personer åbnes.",
        "That was not asked for (--reasons): facts about persons would be opened.",
    ),
    "reason": Text("Grund", "Reason"),
    "chosen_readings": Text("Valgte fortolkninger", "Readings chosen"),
    "chosen_caption": Text(
        "Fortolkninger, der er valgt i perioden", "Readings that were chosen in the period"
    ),
    "chosen_none": Text("Ingen fortolkning er valgt.", "No reading was chosen."),
    "erasures": Text("Sletninger", "Erasures"),
    "erasures_caption": Text(
        "Klasser af oplysninger, der er slettet; hvis de var, vides ikke mere",
        "Classes of data that were erased; whose they were is not known any more",
    ),
    "erasures_none": Text("Intet er slettet.", "Nothing was erased."),
    "erased": Text("Slettet", "Erased"),
    "policy": Text("Sletteregel", "Policy"),
    "corrections": Text("Rettelser", "Corrections"),
    "corrections_caption": Text(
        "Registreringer, der er rettet eller taget tilbage; »senere« er på en senere dag",
        "Facts that were corrected or taken back; “later” is on a later day",
    ),
    "corrections_none": Text(
        "Intet er rettet eller taget tilbage.", "Nothing was corrected or taken back."
    ),
    "corrected": Text("Rettet", "Corrected"),
    "retracted": Text("Taget tilbage", "Taken back"),
    "late": Text("Senere", "Later"),
    "most_days": Text("Flest dage efter", "Most days after"),
    "clock_title": Text("Uret", "The clock"),
    "clock_caption": Text(
        "Gange, hvor uret blev godkendt igen", "When the clock was accepted again"
    ),
    "clock_none": Text(
        "Uret har ikke skullet godkendes.", "The clock did not have to be accepted."
    ),
    "lettings_in_period": Text(
        "Ledige boliger, som blev tildelt en vej i perioden",
        "Vacant dwellings allocated to a channel in the period",
    ),
    "departments_none": Text(
        "Ingen ledig bolig er tildelt i perioden.", "No vacant dwelling was allocated."
    ),
    "department": Text("Afdeling", "Department"),
    "department_number": Text("afdeling {number}", "department {number}"),
    "channel_code": Text("Vej (kode)", "Channel (code)"),
    "out_of_order_title": Text("Uden for rækkefølge", "Out of order"),
    "digest": Text("SHA-256 af de talte", "SHA-256 of those counted"),
    "digest_is": Text(
        "SHA-256 over de talte tildelingers bladhash:",
        "SHA-256 over the leaf hashes of the allocations counted:",
    ),
    # --- one area
    "one_area_report": Text("{name} {year}", "{name} {year}"),
    "one_area_report_intro": Text(
        "Årsrapport over et boligområde: dets status, kriterier, plan og udlejning. Ingen person "
        "er nævnt, og tal, der ville fortælle om få personer, er udeladt.",
        "Yearly report on a housing area: its status, criteria, plan and letting. No person is "
        "named in it, and figures that would tell of few persons are left out.",
    ),
    # --- the page
    "contents": Text("Indhold", "Contents"),
    "page_of": Text("Side", "Page"),
    "of": Text("af", "of"),
    "area_report": Text("Boligområder {year}", "Housing areas {year}"),
    "area_report_intro": Text(
        "Årsrapport over de offentliggjorte lister og de områder, der står på dem. Ingen person er "
        "nævnt i rapporten, og tal, der ville fortælle om få personer, er udeladt.",
        "Yearly report on the published lists and the areas on them. No person is named in it, and "
        "figures that would tell of few persons are left out.",
    ),
    "basis": Text("Grundlag", "Basis"),
    "controller": Text("Dataansvarlig", "Controller"),
    "municipality": Text("Kommune", "Municipality"),
    "made_up_municipality": Text("Prøvekøbing (opdigtet)", "Prøvekøbing (made up)"),
    "all_municipalities": Text(
        "alle, hvis områder er registreret her", "all whose areas are recorded here"
    ),
    "as_of": Text("Status pr.", "Status on"),
    "known_at": Text("Som kendt ved hændelse nr.", "As known at event no."),
    "log_id": Text("Log", "Log"),
    "law_package": Text("Lovudgave", "Edition of the law"),
    "reviewed_through": Text("Loven er gennemgået til og med", "The law was reviewed through"),
    "exceptions": Text("Forbehold", "Exceptions"),
    "exceptions_none": Text("Ingen.", "None."),
    "exceptions_of_areas": Text(
        "{count} forbehold om enkelte områder står ved området.",
        "{count} exceptions about single areas stand with the area.",
    ),
    "readings": Text("Sådan er loven fortolket", "How the law was read"),
    "readings_intro": Text(
        "Fortolkningsspørgsmål, som statusserne og kriterierne hvilede på.",
        "Open points of law that the statuses and criteria rested on.",
    ),
    "readings_none": Text(
        "Intet fortolkningsspørgsmål blev berørt.", "No open point of law was touched."
    ),
    "point": Text("Spørgsmål", "Point"),
    "reading": Text("Fortolket som", "Read as"),
    "chosen_at": Text("valgt ved hændelse nr. {position}", "chosen at event no. {position}"),
    "default": Text("udgangspunktet", "the default"),
    "sources": Text("Kilder", "Sources"),
    "sources_caption": Text(
        "Hvor oplysningerne er fra, som de selv siger", "Where the facts are from, as they say"
    ),
    "source": Text("Kilde", "Source"),
    "facts": Text("Oplysninger", "Facts"),
    "events": Text("Hændelser", "Events"),
    "events_are": Text("Hændelser: {positions}", "Events: {positions}"),
    "method": Text("Sådan er der talt", "How it was counted"),
    "method_lists": Text(
        "Et område står på en liste, når listen nævner det. Det er kun gået af, når den nye liste "
        "er fuldstændig her for områdets kommune eller nævner, at området er gået af; ellers er "
        "det ukendt. Hver liste er sammenlignet med den, der kom før den.",
        "An area is on a list when the list names it. It has left only where the new list is held "
        "completely for the area's municipality, or says that it has left; otherwise that is not "
        "known. Each list is compared with the one before it.",
    ),
    "method_criteria": Text(
        "Kriterierne er de seneste {years} listers, for de år, hvis tal er registreret. En grænse, "
        "der er et antal gange landsgennemsnittet, følger årets gennemsnit.",
        "The criteria are those of the last {years} lists, for the years whose figures are "
        "recorded. A limit that is so many times the country's average follows that of the year.",
    ),
    "method_lettings": Text(
        "Udlejningsværktøjernes brug er antallet af ledige boliger, som i kalenderåret blev "
        "tildelt en vej. »I rækkefølge« er dem, hvor vejen stod for tur efter regnskabet.",
        "The use of the tools of letting is the number of vacant dwellings that were allocated to "
        "a channel in the calendar year. “In order” are those whose channel was due by the ledger.",
    ),
    "known_empty": Text("–", "–"),
    # --- case sheet
    "case_sheet": Text("Sagsark", "Case sheet"),
    "case_sheet_intro": Text(
        "Arket viser, hvad loven siger om de oplysninger, der er registreret. Det er en navngiven "
        "person, der træffer afgørelsen og begrunder den.",
        "The sheet shows what the law says of the facts that are recorded. A named person decides "
        "and gives reasons.",
    ),
    "case_number": Text("Sagsnummer", "Case number"),
    "the_household": Text("Husstand", "Household"),
    "whom": Text("Hvem", "Whom"),
    "place_or_household": Text("Boligen og husstanden", "The dwelling and the household"),
    "depends_on": Text("afhænger af {points}", "depends on {points}"),
    "member_number": Text("Medlem {number}", "Member {number}"),
    "unnamed": Text("uden registreret navn", "no name recorded"),
    "dwelling": Text("Bolig", "Dwelling"),
    "dwelling_dar": Text("DAR {id}", "DAR {id}"),
    "department_of": Text(
        "organisation {organisation}, afdeling {department}",
        "organisation {organisation}, department {department}",
    ),
    "outside_areas": Text("uden for boligområderne", "outside the housing areas"),
    "asked_day": Text("Dag, der spørges om", "Day asked about"),
    "judged_day": Text("Loven er anvendt på", "The law was applied to"),
    "asked_by": Text("Spurgt af", "Asked by"),
    "asked_by_for": Text("{actor} – {purpose}", "{actor} – {purpose}"),
    "recorded_at": Text("Gemt", "Recorded"),
    "known": Text("Kendt ved", "Known at"),
    "known_position": Text("hændelse nr. {position}, {moment}", "event no. {position}, {moment}"),
    "conclusion": Text("Konklusion", "Conclusion"),
    "conditions": Text("Betingelser", "Conditions"),
    "conditions_caption": Text(
        "Hver betingelse med sin bestemmelse og de oplysninger, den hviler på",
        "Each condition with its section and the facts that it rests on",
    ),
    "finding": Text("Det, der blev fundet", "What was found"),
    "evidence": Text("Oplysninger", "Facts"),
    "not_applied": Text("Ikke opfyldt eller ikke anvendt", "Not met, or not applied"),
    "not_applied_caption": Text(
        "Bestemmelser, der ikke er opfyldt her, eller som ikke blev anvendt",
        "Sections that are not met here, or that were not applied",
    ),
    "open_points": Text("Fortolkningsspørgsmål", "Open points of law"),
    "open_points_none": Text(
        "Ingen anden fortolkning ville ændre svaret.", "No other reading would change the answer."
    ),
    "missing": Text("Det mangler", "What is missing"),
    "missing_none": Text(
        "Der mangler ingen oplysninger, som kan ændre svaret.",
        "No fact is missing that could change the answer.",
    ),
    "would_change": Text("Det ville ændre svaret", "What would change it"),
    "would_change_none": Text(
        "Svaret hviler ikke på en grund, der kan falde bort.",
        "The answer rests on no ground that could fall away.",
    ),
    "others_unexamined": Text(
        "Andre grunde er ikke undersøgt, fordi svaret allerede var givet.",
        "Other grounds were not examined, since the answer was given already.",
    ),
    "reservations": Text("Forbehold", "Reservations"),
    "anchor": Text("Forankring i loggen", "Anchor in the log"),
    "anchor_intro": Text(
        "Svaret kan regnes efter til de samme bytes, så længe oplysningerne ikke er slettet.",
        "The answer can be computed again to the same bytes as long as the facts are not erased.",
    ),
    "receipt": Text("Kvittering", "Receipt"),
    "hash": Text("Aftryk (SHA-256)", "Hash (SHA-256)"),
    "recorded_position": Text("Hændelse nr.", "Event no."),
    "the_decision": Text("Afgørelsen", "The decision"),
    "decision_taken": Text("Afgørelse", "Decision"),
    "decided_by": Text("Afgjort af (navn og stilling)", "Decided by (name and position)"),
    "party_heard": Text("Parten er hørt (dato)", "The party was heard (date)"),
    "reasons": Text("Begrundelse", "Reasons"),
    "signature": Text("Dato og underskrift", "Date and signature"),
    # --- lists
    "lists": Text("Listerne", "The lists"),
    "list": Text("Liste", "List"),
    "list_day": Text("Dag", "Day"),
    "published_total": Text("Offentliggjort", "Published"),
    "on": Text("Kendt her", "Known here"),
    "entered": Text("Kommet til", "Came"),
    "stayed": Text("Blevet", "Stayed"),
    "on_before_not_known": Text("Før: ukendt", "Before: unknown"),
    "left": Text("Gået af", "Left"),
    "changed": Text("Delt eller lagt sammen", "Split or merged"),
    "may_have_left": Text("Måske gået af", "May have left"),
    "not_known": Text("Andre, der måske er på", "Others that may be on"),
    "complete": Text("Fuldstændig", "Complete"),
    "complete_nationwide": Text("hele landet", "nationwide"),
    "complete_for": Text("{count} kommuner", "{count} municipalities"),
    "complete_not": Text("nej", "no"),
    "not_published_here": Text("ikke registreret", "not recorded"),
    "lists_caption": Text(
        "Antal områder på hver liste, og hvordan de har flyttet sig siden listen før",
        "Areas on each list, and how they have moved since the list before",
    ),
    "movements": Text("Bevægelser", "Movements"),
    "movements_none": Text("Ingen områder kom til eller gik af.", "No area came or left."),
    "movement": Text("Bevægelse", "Movement"),
    "movement_entered": Text("kommet til", "came"),
    "movement_stayed": Text("blevet", "stayed"),
    "movement_on": Text("på listen; før: ukendt", "on the list; before: unknown"),
    "movement_left": Text("gået af", "left"),
    "movement_changed": Text("delt eller lagt sammen", "split or merged"),
    "movement_may_have_left": Text("måske gået af", "may have left"),
    # --- criteria
    "overview": Text("Kriterier og grænser", "Criteria and limits"),
    "overview_caption": Text(
        "Tallene på listens dag; fed skrift og ✓ betyder, at kriteriet er opfyldt",
        "The figures of the list's day; bold type and ✓ say that the criterion is met",
    ),
    "area": Text("Område", "Area"),
    "areas": Text("Områderne", "The areas"),
    "areas_none": Text(
        "Intet registreret område står på en liste eller har en plan.",
        "No area recorded is on a list or under a plan.",
    ),
    "status": Text("Status", "Status"),
    "by_list": Text("Efter listen", "By the list"),
    "by_figures": Text("Efter tallene", "By the figures"),
    "status_caption": Text("Status, kategori for kategori", "Status, category by category"),
    "criteria": Text("Kriterier", "Criteria"),
    "criteria_none": Text("Ingen tal er registreret.", "No figures are recorded."),
    "criteria_caption": Text(
        "Kriterierne på listernes dage, målt mod grænsen",
        "The criteria on the lists' days, against the limit",
    ),
    "criteria_chart": Text(
        "Diagram: kriterierne i {name} over årene, hver med sin grænse. Tallene står i tabellen.",
        "Chart: the criteria in {name} over the years, each with its limit. The table has the "
        "figures.",
    ),
    "criterion": Text("Kriterium", "Criterion"),
    "figure": Text("Tal", "Figure"),
    "limit": Text("grænse", "limit"),
    "limit_title": Text("Grænse", "Limit"),
    "result": Text("Resultat", "Result"),
    "criterion_met": Text("opfyldt", "met"),
    "criterion_not_met": Text("ikke opfyldt", "not met"),
    "criterion_open": Text("ikke afgjort", "not decided"),
    "result_met": Text("opfyldt", "met"),
    "result_not_met": Text("ikke opfyldt", "not met"),
    "result_not_decidable": Text("kan ikke afgøres", "not decidable"),
    "result_withheld": Text("vises ikke", "not shown"),
    "result_missing": Text("mangler", "missing"),
    "result_set_aside": Text("anvendes ikke", "not applied"),
    # --- plan
    "plan": Text("Udviklingsplan", "Development plan"),
    "plan_met": Text(
        "{kind} udviklingsplan, godkendt {day}.", "{kind} development plan, approved {day}."
    ),
    "plan_joint": Text("Fælles", "Joint"),
    "plan_municipal": Text("Kommunal", "Municipal"),
    "plan_first_listed_on": Text(
        "Første gang på listen over omdannelsesområder", "First listed as a transformation area"
    ),
    "plan_due_on": Text("Planen skulle sendes senest", "The plan was to be sent by"),
    "plan_sent_on": Text("Sendt", "Sent"),
    "plan_refused_on": Text("Afslået", "Refused"),
    "plan_approved_on": Text("Godkendt", "Approved"),
    "plan_reported_on": Text("Senest redegjort for", "Last reported on"),
    "plan_carried_out_on": Text("Gennemført", "Carried out"),
    "plan_council_due_on": Text(
        "Kommunens endelige beslutning skulle foreligge", "The council's decision was due"
    ),
    "plan_amended_on": Text("Ændring senest godkendt", "Last change approved"),
    "plan_state_not_due": Text(
        "Der skal være en plan; den kan stadig sendes i tide.",
        "There must be a plan; it can still be sent in time.",
    ),
    "plan_state_sent": Text(
        "Planen er sendt og afventer godkendelse.", "The plan was sent and awaits approval."
    ),
    "plan_state_refused": Text(
        "Ministeren kunne ikke godkende planen.", "The minister could not approve the plan."
    ),
    "plan_late": Text("Fristen blev ikke overholdt.", "It was not sent in time."),
    "plan_kind": Text("Slags plan", "Kind of plan"),
    "plan_state": Text("Planen er", "The plan is"),
    "plan_in_time": Text("Rettidig", "In time"),
    "plan_is_not_due": Text("ikke sendt, fristen løber", "not sent, not yet due"),
    "plan_is_none": Text("ikke sendt", "not sent"),
    "plan_is_sent": Text("sendt", "sent"),
    "plan_is_refused": Text("afslået", "refused"),
    "plan_is_approved": Text("godkendt", "approved"),
    "plan_is_carried_out": Text("gennemført", "carried out"),
    "plan_not_met": Text("Ingen udviklingsplan.", "No development plan."),
    "plan_unknown": Text(
        "Om der er en udviklingsplan, er ukendt her.",
        "Whether there is a development plan is not known here.",
    ),
    "family_share": Text("Andel almene familieboliger", "Share of social family dwellings"),
    "family_share_none": Text(
        "Andelen af almene familieboliger er ikke registreret.",
        "The share of family dwellings is not recorded.",
    ),
    "family_target": Text("højst {target} % inden 2030", "at most {target} % before 2030"),
    "way_left": Text("vejen, der er tilbage", "the way that is left"),
    "still_needed": Text(
        "Der mangler: {too_many} familieboliger færre, eller {to_build} andre boliger flere.",
        "Still needed: {too_many} family dwellings fewer, or {to_build} other dwellings more.",
    ),
    "too_many": Text("Familieboliger for mange", "Family dwellings too many"),
    "to_build": Text("Eller andre boliger at bygge", "Or other dwellings to build"),
    "by_agreement": Text("Efter aftalen 2018", "By the agreement of 2018"),
    "target": Text("Højst", "At most"),
    "share_met": Text("nået", "reached"),
    "share_not_met": Text("ikke nået", "not reached"),
    "share_unknown": Text("ukendt", "not known"),
    "family_chart": Text(
        "Diagram: andelen af almene familieboliger i {name} på vej mod målet inden 2030. Tallene "
        "står i tabellen.",
        "Chart: the share of family dwellings in {name} on the way to the target before 2030. The "
        "table has the figures.",
    ),
    "family_caption": Text(
        "Andelen af almene familieboliger, talt efter § 168 a, stk. 1; aftalen fra 2018 talte "
        "anderledes, og det blev ikke lov",
        "The share of family dwellings, counted by § 168 a, stk. 1; the agreement of 2018 counted "
        "otherwise and was not enacted so",
    ),
    "day": Text("Dag", "Day"),
    "family_dwellings": Text("Familieboliger", "Family dwellings"),
    "all_dwellings": Text("Af i alt", "Of"),
    "share": Text("Andel", "Share"),
    # --- letting
    "in_force": Text("Hvad der gælder i området", "What is in force in the area"),
    "in_force_none": Text(
        "Intet følger af områdets status.", "Nothing follows from the area's status."
    ),
    "rule": Text("Regel", "Rule"),
    "tool_kind": Text("Slags værktøj", "Kind of tool"),
    "tool_perhaps": Text("måske", "perhaps"),
    "tools": Text("Brugen af udlejningsværktøjerne", "Use of the tools of letting"),
    "tools_none": Text(
        "Ingen udlejningsværktøjer følger af områdets status.",
        "No tool of letting follows from the area's status.",
    ),
    "tools_caption": Text(
        "Værktøjer, som områdets status giver eller åbner for",
        "Tools that the area's status brings, or opens the way to",
    ),
    "tool": Text("Værktøj", "Tool"),
    "section": Text("Bestemmelse", "Section"),
    "tool_in_force": Text("gælder", "in force"),
    "tool_decided": Text("besluttet fra {first}", "decided from {first}"),
    "tool_decided_to": Text("besluttet fra {first} til {last}", "decided from {first} to {last}"),
    "tool_not_decided": Text("ikke besluttet", "not decided"),
    "tool_unknown": Text("ukendt her", "not known here"),
    "lettings": Text("Tildelte ledige boliger", "Vacant dwellings allocated"),
    "lettings_none": Text(
        "Ingen ledige boliger blev tildelt i året.",
        "No vacant dwelling was allocated in the year.",
    ),
    "lettings_unknown": Text(
        "Brugen er ukendt: ingen ledige boliger er registreret her.",
        "The use is not known: no vacant dwelling is recorded here.",
    ),
    "lettings_caption": Text(
        "Ledige boliger, som blev tildelt en vej i kalenderåret",
        "Vacant dwellings allocated to a channel in the calendar year",
    ),
    "channel": Text("Vej", "Channel"),
    "allocated": Text("Tildelt", "Allocated"),
    "in_order": Text("I rækkefølge", "In order"),
    "released": Text("Givet tilbage", "Released"),
    "organisations": Text("Udlejningsregnskabet", "The allocation ledger"),
    "organisations_none": Text(
        "Ingen tildelinger er registreret i året.", "No allocation is recorded in the year."
    ),
    "organisation": Text("Organisation {number}", "Organisation {number}"),
    "organisation_title": Text("Organisation", "Organisation"),
    "shares_caption": Text("Andele, der gjaldt i året", "Shares that stood in the year"),
    "part": Text("Del", "Part"),
    "share_of": Text("{numerator} af {denominator}", "{numerator} of {denominator}"),
    "departments": Text("Afdelinger", "Departments"),
    "all_departments": Text("alle", "all"),
    "from_day": Text("Fra", "From"),
    "to_day": Text("Til", "To"),
    "out_of_order": Text(
        "Uden for rækkefølge: hændelse nr. {positions}.",
        "Out of order: event no. {positions}.",
    ),
    # --- smaller areas
    "smaller": Text("Områder uden for listerne", "Areas outside the lists"),
    "smaller_intro": Text(
        "Områder med under 1.000 beboere kommer ikke på listerne. Aftalen fra 2018 ville have dem "
        "fulgt alligevel. Tal og kriterier er de samme, og intet følger af dem. Tal, der kunne "
        "pege på få personer, vises som »..«.",
        "Areas of under 1,000 residents are not put on the lists. The agreement of 2018 wanted "
        "them followed all the same. Figures and criteria are the same, and nothing follows from "
        "them. Figures that could point to few persons are shown as “..”.",
    ),
    "smaller_caption": Text(
        "Tallene på listernes dag; fed skrift og ✓ betyder, at kriteriet ville være opfyldt",
        "The figures of the lists' day; bold type and ✓ say that the criterion would be met",
    ),
    "smaller_none": Text(
        "Ingen mindre områder er registreret med tal.",
        "No smaller area is recorded with figures.",
    ),
    "outside_lists": Text(
        "Det har under 1.000 beboere og ligger uden for listerne.",
        "It has under 1,000 residents and lies outside the lists.",
    ),
    "residents": Text("Beboere", "Residents"),
    # --- combined letting
    "combined_report": Text(
        "Kombineret udlejning {first}–{last}", "Combined letting {first}–{last}"
    ),
    "combined_intro": Text(
        "Indberetning efter udlejningsbekendtgørelsen § 36, stk. 2, jf. almenboligloven § 51 b.",
        "Report under the letting order § 36, stk. 2; almenboligloven § 51 b.",
    ),
    "period": Text("Periode", "Period"),
    "due_before": Text("Indberettes inden", "To be reported before"),
    "combined_caption": Text(
        "Afvisninger og anvisninger af anden bolig, område for område",
        "Rejections and other dwellings assigned, area by area",
    ),
    "decided_on": Text("Besluttet", "Decided"),
    "extended": Text("Udvidet (2. pkt.)", "Extended (2nd sentence)"),
    "is_combined": Text("På listen", "On the list"),
    "rejections": Text("Afviste", "Rejected"),
    "replacements": Text("Anvist anden bolig", "Assigned another dwelling"),
    "evaluated_on": Text("Senest evalueret", "Last evaluated"),
    "evaluation_due": Text("Næste evaluering", "Next evaluation"),
    "evaluated_never": Text("ikke registreret", "not recorded"),
    "to_fill_in": Text("udfyldes: ______", "fill in: ______"),
    "small_numbers": Text(
        "Skemaet er til styrelsen. Små tal i det kan pege på enkelte husstande og bør ikke "
        "offentliggøres.",
        "The form is for the agency. Small numbers in it may point to single households and "
        "should not be published.",
    ),
    # --- what is held of one subject
    "subject_report_person": Text("Oplysninger om dig", "What is recorded about you"),
    "subject_report_household": Text(
        "Oplysninger om din husstand", "What is recorded about your household"
    ),
    "subject_intro": Text(
        "Her står alt, hvad {controller} har registreret om dig i dette system, også det, der "
        "senere er rettet eller taget tilbage, og hvem der har set det. Du får det, fordi du har "
        "ret til indsigt (databeskyttelsesforordningens artikel 15).",
        "Here is all that {controller} has recorded about you in this system, also what was "
        "corrected or taken back later, and who has seen it. You get it because you have a right "
        "of access (GDPR, article 15).",
    ),
    "subject_intro_household": Text(
        "Her står alt, hvad {controller} har registreret om husstanden i dette system, også det, "
        "der senere er rettet eller taget tilbage, og hvem der har set det (databeskyttelses"
        "forordningens artikel 15).",
        "Here is all that {controller} has recorded about the household in this system, also what "
        "was corrected or taken back later, and who has seen it (GDPR, article 15).",
    ),
    "subject_rights": Text(
        "Er noget forkert, kan du bede om at få det rettet (artikel 16), og du kan bede om "
        "sletning, når reglerne giver ret til det (artikel 17). Du kan klage til Datatilsynet "
        "(artikel 77).",
        "If something is wrong, you may ask to have it put right (article 16), and you may ask "
        "for erasure where the rules give a right to it (article 17). You may complain to the "
        "Danish Data Protection Agency (article 77).",
    ),
    "looked_before": Text("Hvem har set det, før", "Who has looked, before"),
    "held_nothing": Text("Der er ikke registreret noget.", "Nothing is recorded."),
    "held_erased": Text(
        "Oplysninger af denne art er slettet. Hvad der stod, ved vi ikke mere.",
        "What was recorded here was erased. We no longer know what it was.",
    ),
    "held_under": Text("Retsgrundlag", "Legal basis"),
    "person": Text("Person nr.", "Person no."),
    "household": Text("Husstand nr.", "Household no."),
    "recorded_on": Text("Registreret", "Recorded"),
    "recorded_by": Text("Af", "By"),
    "case": Text("Sag", "Case"),
    "state_stands": Text("gælder", "stands"),
    "state_corrected": Text("er rettet den {day}", "was corrected on {day}"),
    "state_retracted": Text("er taget tilbage den {day}", "was taken back on {day}"),
    "state_erased": Text("er slettet", "was erased"),
    "state_unknown": Text("vides ikke mere", "is not known any more"),
    "state": Text("Status", "Status"),
    "households": Text("Din husstand", "Your household"),
    "households_intro": Text(
        "Afgørelser om husstanden og dens lejemål står for sig, fordi andre også kan høre til "
        "den. Bed om dem med husstandens nummer:",
        "Decisions about the household and its tenancies stand by themselves, since others may "
        "belong to it too. Ask for them by the household's number:",
    ),
    "subject_answers": Text("Svar, systemet har givet", "Answers that the system has given"),
    "subject_answers_none": Text(
        "Systemet har ikke givet noget svar.", "The system has given no answer."
    ),
    "question": Text("Spørgsmål", "Question"),
    "outcome": Text("Svar", "Answer"),
    "day_asked": Text("Om dagen", "About the day"),
    "subject_accesses": Text("Hvem har set oplysningerne", "Who has seen it"),
    "subject_accesses_intro": Text(
        "Listen går så langt tilbage, som den gemmes.", "The list goes back as far as it is kept."
    ),
    "subject_accesses_none": Text("Ingen.", "Nobody."),
    "when": Text("Hvornår", "When"),
    "whoever": Text("Hvem", "Who"),
    "why": Text("Hvorfor", "Why"),
    "what_was_read": Text("Hvad", "What"),
    "clock": Text("{day} kl. {time}", "{day} at {time}"),
    # --- columns of tables
    "code": Text("Kode", "Code"),
    "text": Text("Tekst", "Text"),
    "name": Text("Navn", "Name"),
    "kind": Text("Slags", "Kind"),
    "category": Text("Kategori", "Category"),
    "comparison": Text("Sammenligning", "Comparison"),
    "value": Text("Værdi", "Value"),
    "field": Text("Felt", "Field"),
    "basis_code": Text("Andel (kode)", "Share (code)"),
    "rules": Text("Regler", "Rules"),
    "first_position": Text("Første hændelse", "First event"),
    "last_position": Text("Sidste hændelse", "Last event"),
}
"""What the reports themselves say, by name."""

PURPOSE_NAMES = {
    "referral": Text("anvisning af bolig", "referral to a dwelling"),
    "letting": Text("udlejning, bytte og fremleje", "letting, exchange and sublet"),
    "ending": Text("ophævelse, opsigelse og genhusning", "termination, notice and rehousing"),
    "area": Text("boligområder", "housing areas"),
    "case": Text("sagsbehandling", "handling of a case"),
    "import": Text("overtagelse af data", "taking over data"),
    "correction": Text("rettelse", "correction"),
    "audit": Text("kontrol", "control"),
    "subject_access": Text("anmodning om indsigt", "request for access"),
    "erasure": Text("sletning", "erasure"),
    "operation": Text("drift", "operation"),
    "demonstration": Text("demonstration", "demonstration"),
}
"""What a person is told of a purpose (`domain/purposes.py`)."""

SHORT = {
    "unattached_share": Text("Uden tilknytning, %", "Unattached, %"),
    "unattached_share_4_years": Text("Uden tilknytning (4 år), %", "Unattached (4 years), %"),
    "convicted_share": Text("Dømte, %", "Convicted, %"),
    "convicted_share_adults": Text("Dømte (voksne), %", "Convicted (adults), %"),
    "convicted_per_10000": Text("Dømte pr. 10.000", "Convicted per 10,000"),
    "basic_schooling_share": Text(
        "Har alene en grundskoleuddannelse, %", "Basic schooling only, %"
    ),
    "income_ratio": Text("Indkomst, % af regionens", "Income, % of the region's"),
    "nonwestern_share": Text("Ikkevestlig oprindelse, %", "Non-western origin, %"),
    "outside_labour_market_share": Text(
        "Uden for arbejdsmarkedet, %", "Outside the labour market, %"
    ),
}
"""What a criterion is called where there is little room."""

FILES = {
    "findings": Text("fund", "findings"),
    "shares": Text("andele", "shares"),
    "open_points": Text("fortolkninger", "open-points"),
    "missing": Text("mangler", "missing"),
    "replay": Text("efterregning", "replay"),
    "differences": Text("forskelle", "differences"),
    "answers": Text("svar", "answers"),
    "pages": Text("sider", "pages"),
    "reasons": Text("grunde", "reasons"),
    "chosen": Text("valgte-fortolkninger", "readings-chosen"),
    "erasures": Text("sletninger", "erasures"),
    "clock": Text("ur", "clock"),
    "corrections": Text("rettelser", "corrections"),
    "ledger": Text("regnskab", "ledger"),
    "recount": Text("optaelling", "recount"),
    "basis": Text("grundlag", "basis"),
    "lists": Text("lister", "lists"),
    "movements": Text("bevaegelser", "movements"),
    "statuses": Text("status", "statuses"),
    "criteria": Text("kriterier", "criteria"),
    "family_share": Text("familieboliger", "family-dwellings"),
    "tools": Text("vaerktoejer", "tools"),
    "lettings": Text("udlejninger", "lettings"),
    "plans": Text("udviklingsplaner", "plans"),
    "in_force": Text("gaeldende", "in-force"),
    "smaller": Text("mindre-omraader", "smaller-areas"),
    "exceptions": Text("forbehold", "exceptions"),
    "combined": Text("kombineret-udlejning", "combined-letting"),
}
"""How the tables' files are called."""
