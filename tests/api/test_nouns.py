"""Sheets in the nouns of the field: a row makes several facts, and errors are in its own words."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from husret.v1 import fact_service_pb2 as pb
from services.api import fact_templates
from services.api.fact_files import columns_of
from services.api.nouns import NOUNS, Noun
from services.cli.main import main
from tests.api.client import Client, context
from tools import nouns as nouns_page

HOUSEHOLDS = """Husstand;Registreret;Person;CPR-nr.;Navn;Liste;Fra;Rolle
17;01-02-2024;;010101-5000;Bo Prøve;ansøgning;01-02-2024;ansøger
17;01-02-2024;17;;;Ansøgning;01-02-2024;barn
"""
BENEFITS = """CPR-nr.;Måned;Ydelse;Fuldstændig til
0101015000;2024-01;kontanthjælp;31-12-2024
101015000;feb 2024;Kontanthjælp;31-12-2024
0101015000;202403;KH-A;31-12-2024
"""


SYSTEMS = {"person": "ejd", "household": "sag"}


def sheet(text: str, name: str = "ark.csv", encoding: str = "cp1252", **said: Any) -> pb.FactFile:
    return pb.FactFile(name=name, content=text.encode(encoding), **said)


def recorded(client: Client, *files: pb.FactFile, dry: bool = False) -> pb.RecordFilesResponse:
    asked = pb.RecordFilesRequest(context=context(purpose="import"), files=files)
    asked.validate_only, asked.tell_problems = dry, True
    return client.facts.RecordFiles(asked, timeout=20)


def wrong(client: Client, *files: pb.FactFile) -> list[tuple[str, int, str, str]]:
    before = client.head()
    found = recorded(client, *files).problems
    assert client.head() == before
    return [(each.file, each.line, each.column, each.what) for each in found]


def test_a_row_that_is_short_or_broken_is_told_and_not_left_out(client: Client) -> None:
    text = 'Person;Måned;Ydelse\n17;2024-01\n17;2024-02;kontanthjælp\n17;2024-03;"kontanthjælp\n'
    told = wrong(client, households(), sheet(text, systems=SYSTEMS))
    assert [(line, what[:9]) for _, line, _, what in told] == [(2, "has 2 cel"), (4, "the quota")]


def test_no_text_in_the_place_of_an_id_is_taken_for_a_number(client: Client) -> None:
    line = '{"benefit_period": {"person_id": "by number x", "benefit": "kontanthjaelp"}}'
    told = wrong(client, pb.FactFile(name="a.jsonl", content=line.encode()))
    assert "person_id" in {column for _, _, column, _ in told}


def households() -> pb.FactFile:
    return sheet(HOUSEHOLDS, "husstande.csv", systems=SYSTEMS)


def benefits(text: str = BENEFITS) -> pb.FactFile:
    own = {"benefit": pb.FactWords(words={"KH-A": "kontanthjaelp"})}
    return sheet(text, "ydelser.csv", "utf-16", words=own)


def test_households_and_benefit_months_are_recorded_once_whoever_repeats_them(
    client: Client,
) -> None:
    done = recorded(client, households(), benefits())
    assert [(file.read_as, dict(file.facts)) for file in done.files] == [
        (
            "Windows-1252, semicolons, households",
            {"household_registered": 1, "person_registered": 2, "household_member": 2},
        ),
        ("UTF-16, semicolons, benefits", {"benefit_period": 3, "benefits_attested": 1}),
    ]
    again = recorded(client, households(), benefits())
    assert (again.new_facts, again.known_facts, again.position) == (0, 9, done.position)
    # Known by the number now, with no sheet of households beside.
    more = benefits("CPR;Måned;Ydelse\n0101015000;2024-04;kontanthjælp\n")
    assert recorded(client, more).new_facts == 1


def test_a_wrong_cell_is_named_by_the_heading_and_line_of_the_sheet(client: Client) -> None:
    text = "Borger;Ydelse;Måned\n0202025000;kontanthjælp;2024-01\n"
    mapped = {"Borger": "Person"}
    assert wrong(client, sheet(text, columns=mapped))[0][:3] == ("ark.csv", 2, "Borger")
    bad = HOUSEHOLDS.replace("Bo Prøve;ansøgning;01-02-2024", "Bo Prøve;måske;32-02-2024")
    assert {each[1:3] for each in wrong(client, sheet(bad, systems=SYSTEMS))} == {
        (2, "Liste"),
        (2, "Fra"),
    }
    months = BENEFITS.replace("feb 2024", "2024-13").replace("KH-A", "KH-B")
    assert {each[1:3] for each in wrong(client, households(), benefits(months))} == {
        (3, "Måned"),
        (4, "Ydelse"),
    }


def test_no_cell_about_a_person_is_repeated_in_an_error(client: Client) -> None:
    told = wrong(
        client, households(), benefits(BENEFITS.replace("101015000;feb", "0303035000;feb"))
    )
    assert [each[2] for each in told] == ["CPR-nr."]
    assert "0303035000" not in str(told)


def test_rows_that_differ_about_one_household_are_named(client: Client) -> None:
    text = HOUSEHOLDS.replace("17;01-02-2024;17", "17;02-02-2024;17")
    [told] = wrong(client, sheet(text, systems=SYSTEMS))
    assert told[1:] == (3, "Registreret", "is not what line 2 says of it")


def test_a_heading_that_is_unknown_or_missing_is_named_in_the_words_of_the_noun(
    client: Client,
) -> None:
    unknown = wrong(client, sheet(HOUSEHOLDS.replace("Rolle", "Rolla"), systems=SYSTEMS))
    assert [each[2] for each in unknown] == ["Rolla"]
    assert "nearest: Rolle" in unknown[0][3]
    said = {"Rolla": "ansøger"}
    [told] = wrong(client, sheet(HOUSEHOLDS, systems=SYSTEMS, kind="households", constants=said))
    assert told[1:3] == (1, "Rolla")
    missing = wrong(
        client, sheet(BENEFITS.replace("CPR-nr.", "X"), columns={"X": ""}, kind="benefits")
    )
    assert ("Person [person]", "this column is missing") in {each[2:] for each in missing}


def test_a_dwelling_is_known_by_its_numbers_in_the_registers(client: Client) -> None:
    address = "0a3f50a0-aaaa-4aaa-8aaa-0000000000aa"
    text = (
        "DAR-adresse,BBR-enhed,Organisationsnr.,Afdelingsnr.,Bolignr.,Boligtype,"
        f"Uden for boligområder,Rum,Fra\n{address},0b3f50a0-aaaa-4aaa-8aaa-0000000000aa,"
        "0042,007,0012,Familiebolig,ja,3,1.1.2020\n"
    )
    done = recorded(client, sheet(text, constants={"Kommunekode": "9999"}))
    assert dict(done.files[0].facts) == {"dwelling_recorded": 1, "dwelling_external_id": 2}
    found = client.facts.LookUp(
        pb.LookUpRequest(context=context(), external_id="lbf:0042-007-0012")
    )
    assert found.dwelling_id == address


def test_plans_changes_inventories_and_criteria_make_their_facts(client: Client) -> None:
    client.an_area("9999-birkebo")
    done = recorded(
        client,
        sheet(
            "Boligområde;Plan;Besluttet i byrådet;Sendt;Godkendt\n"
            "9999-birkebo;fælles;01-05-2024;01-06-2024;01-09-2024\n"
        ),
        sheet(
            "Boligområde;Opgjort;Familieboliger;Ungdomsboliger;Ældreboliger;Private boliger;Kilde\n"
            "9999-birkebo;31-12-2023;917;0;0;518;BBR\n"
        ),
        sheet(
            "Boligområde;Ændring;Enhed;Boligtype;Antal boliger;Dag\n"
            "9999-birkebo;nedrevet;blok-1;familiebolig;24;01-06-2024\n"
        ),
        sheet(
            "Aftale;Kommunekode;Grundlag;Aftalt;Bekræftet af;Fra;Offentliggjort;Organisationsnr.;"
            "Afdelinger;Hvem;Hvornår;Et af kriterierne;Andel\n"
            "a-1;9999;aftale;01-12-2023;leder-3;01-01-2024;01-12-2023;0042;007;ansøger;tilbud;"
            "arbejde | uddannelse;50\n"
        ),
        dry=True,
    )
    assert [each.what for each in done.problems] == []
    made = sum((Counter(dict(file.facts)) for file in done.files), Counter[str]())
    assert {*made} == {
        *("plan_decided", "plan_sent", "plan_approved", "area_dwellings_counted"),
        *("dwellings_demolished", "criteria_set"),
    }


def test_a_judgment_is_a_housing_organisations_alone(client: Client, organisation: Client) -> None:
    text = (
        "Person;Forhold;Bestemmelser;Sanktion;Gerningsdag;Domsdag\n"
        "00000000-0000-4000-8000-000000000001;f-1;strfl-244;bøde;01-02-2024;01-06-2024\n"
    )
    assert [each[3] for each in wrong(client, sheet(text))] == [
        "states what an instance of a municipality may not hold"
    ]
    person = "person_registered;00000000-0000-4000-8000-000000000001"
    registered = sheet(f"fact;person_id\n{person}\n")
    assert recorded(organisation, registered, sheet(text)).new_facts == 2


@pytest.mark.parametrize("noun", NOUNS.values(), ids=lambda noun: noun.name)
def test_a_noun_speaks_of_fields_that_there_are_and_its_template_is_of_it(
    noun: Noun, client: Client
) -> None:
    for made in noun.makes:
        assert {*made.fields} <= {*columns_of(made.kind)}
    for column in noun.columns:
        assert all(fact_templates.noun_holds(noun, column))
        assert all(fact_templates.noun_means(noun, column))
    headings = [
        {each.casefold() for each in (column.name, column.da, column.en, *column.also)}
        for column in noun.columns
    ]
    assert sum(map(len, headings)) == len(set().union(*headings)), "a heading means two columns"
    template = fact_templates.noun_sheet(noun, "da")
    done = recorded(client, pb.FactFile(name="skabelon.csv", content=template), dry=True)
    assert done.files[0].read_as == f"UTF-8, semicolons, {noun.name}"
    assert {each.line for each in done.problems} <= {3}  # it names what is not registered


def test_the_page_of_nouns_is_current() -> None:
    assert nouns_page.DOCUMENT.read_text("utf-8") == nouns_page.page(), (
        "run `python -m tools.nouns`"
    )


def test_from_the_templates_to_a_vacancy_by_command(
    directory: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sheets = {name: str(tmp_path / f"{name}.csv") for name in ("dwellings", "vacancies")}
    asked = ["--dir", str(directory)]
    for name, file in sheets.items():
        assert main(["record", "--template", name, file]) == 0
    assert main(["record", sheets["dwellings"], *asked]) == 0
    told = capsys.readouterr()
    assert "dwellings.csv (UTF-8, semikolon, dwellings)" in told.out
    assert told.err == "indlæser …\nkontrollerer og registrerer …\n"
    vacancies = ["import", "vacancies", sheets["vacancies"], *asked, "--language", "en"]
    for said in ("1 vacancies, 0 known", "0 vacancies, 1 known"):
        assert main(vacancies) == 0
        assert capsys.readouterr().out.splitlines()[0] == said
    wrong = Path(sheets["vacancies"])
    wrong.write_text(wrong.read_text("utf-8-sig").replace("0012", "0013"), "cp1252")
    assert main(vacancies) == 1
    assert "line 3, column Bolig" in capsys.readouterr().err


def test_what_is_attested_of_a_person_makes_a_fact_for_each_cell(client: Client) -> None:
    text = (
        "Person;Fra;Til;Statsborgerskab;Indskrevet;Løsladelser fuldstændige\n"
        "17;01-01-2024;31-12-2024;ikke opfyldt;ja;Ja\n17;01-01-2025;31-01-2025;opfyldt;;\n"
    )
    done = recorded(client, households(), sheet(text, systems=SYSTEMS))
    assert dict(done.files[1].facts) == {
        "citizenship_attested": 2,
        "enrolment_attested": 1,
        "releases_attested": 1,
    }


def test_a_cell_that_makes_no_fact_is_refused_and_not_passed_over(client: Client) -> None:
    text = "Person;Fra;Til;Statsborgerskab;Løsladelser fuldstændige\n17;1.1.2024;;opfyldt;måske\n"
    [(_, line, column, what)] = wrong(client, households(), sheet(text, systems=SYSTEMS))
    assert (line, column) == (2, "Løsladelser fuldstændige")
    assert "makes no fact" in what
    text = "Person;Ydelse;Måned;Fuldstændig fra\n17;kontanthjælp;2024-01;01-01-2024\n"
    [told] = wrong(client, households(), sheet(text, systems=SYSTEMS))
    assert told[2] == "Fuldstændig fra"
