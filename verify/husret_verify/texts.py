"""What is said to people: each problem by its code, and the words of a verdict; Danish, English."""

from __future__ import annotations

from husret_verify.problems import Problem

DANISH, ENGLISH = "da", "en"

PROBLEMS: dict[str, tuple[str, str]] = {
    # What can be read, and doesn't prove what it should.
    "inclusion": (
        "Hændelsen på position {position} står ikke sådan i loggen: beviset fører ikke fra dens "
        "indhold til roden for {size} hændelser.",
        "The event at position {position} does not stand so in the log: the proof does not lead "
        "from what it holds to the root of {size} events.",
    ),
    "consistency": (
        "De to checkpoints (størrelse {first} og {second}) hænger ikke sammen: beviset viser ikke, "
        "at det ene er begyndelsen af det andet.",
        "The two checkpoints (sizes {first} and {second}) don't belong together: the proof does "
        "not show that one is the start of the other.",
    ),
    "two_histories": (
        "Loggen har underskrevet to forskellige rødder for samme størrelse, {size}: den har vist "
        "to historier. Gem begge checkpoints; de er beviset.",
        "The log has signed two different roots for one size, {size}: it has shown two histories. "
        "Keep both checkpoints; they are the proof.",
    ),
    "not_joined": (
        "Dit checkpoint har størrelse {kept}, og filen viser ikke vejen fra det til sit eget med "
        "størrelse {checkpoint}. Bed om en fil med bevis for den størrelse.",
        "Your checkpoint is of size {kept}, and the file does not show the way between it and its "
        "own of size {checkpoint}. Ask for a file with the proof for that size.",
    ),
    "sizes": (
        "Der er intet bevis fra {first} til {second} hændelser: kun fra en mindre log, der ikke er "
        "tom, til en større.",
        "There is no proof from {first} to {second} events: only from a smaller log that isn't "
        "empty to a larger one.",
    ),
    "proof_length": (
        "Beviset er ikke for størrelse {size}: det har {hashes} hashværdier og skulle have "
        "{wanted}.",
        "The proof isn't one for size {size}: it has {hashes} hashes and should have {wanted}.",
    ),
    "proof_of_another_size": (
        "Beviset er lavet for {proof} hændelser, men checkpointet er for {checkpoint}.",
        "The proof was made for {proof} events, but the checkpoint is of {checkpoint}.",
    ),
    "beyond_size": (
        "Position {position} ligger efter enden: checkpointet er for {size} hændelser.",
        "Position {position} lies beyond the head: the checkpoint is of {size} events.",
    ),
    "signature": (
        "Underskriften af {key} passer ikke til teksten.",
        "The signature by {key} is not one over this text.",
    ),
    "unsigned": (
        "Ingen af de kendte nøgler har underskrevet.",
        "None of the known keys has signed.",
    ),
    "not_signed_by": (
        "Checkpointet er ikke underskrevet med den nøgle, du stoler på: {key} ({id}).",
        "The checkpoint isn't signed with the key that you trust: {key} ({id}).",
    ),
    "not_witnessed": (
        "Vidnet {key} ({id}) har ikke underskrevet checkpointet.",
        "The witness {key} ({id}) has not signed the checkpoint.",
    ),
    "origin": (
        "Checkpointet er fra en anden log ({origin}) end den, nøglen er for ({key}).",
        "The checkpoint is of another log ({origin}) than the key is for ({key}).",
    ),
    "another_log": (
        "Svaret er fra en anden log ({log}) end den, nøglen er for ({key}).",
        "The answer is of another log ({log}) than the key is for ({key}).",
    ),
    "other_hash": (
        "Det er ikke det svar, du fik: hashværdien er {found}, ikke {given}.",
        "It isn't the answer that you were given: its hash is {found}, not {given}.",
    ),
    "not_an_answer": (
        "{field}: hændelsen er ikke et svar.",
        "{field}: the event is no answer.",
    ),
    "not_a_frame": (
        "{field}: hændelsen er ikke en ramme om svar.",
        "{field}: the event is no frame of answers.",
    ),
    "frame_id": (
        "{field}: rammens id følger ikke af dens indhold.",
        "{field}: the id of the frame does not follow from what it holds.",
    ),
    "another_frame": (
        "{field}: svaret bruger en anden ramme.",
        "{field}: the answer uses another frame.",
    ),
    "another_kind": (
        "{field}: svaret er af en anden slags, end rammen siger.",
        "{field}: the answer is of another kind than the frame says.",
    ),
    "frame_after": (
        "Rammen på position {frame} kommer ikke før svaret på position {receipt}.",
        "The frame at position {frame} does not come before the answer at position {receipt}.",
    ),
    "known_after": (
        "Svaret på position {receipt} siger, at det kendte position {known}, der ikke kom før.",
        "The answer at position {receipt} says that it knew position {known}, which wasn't before "
        "it.",
    ),
    # What can't be read.
    "file": ("{file}: {reason}", "{file}: {reason}"),
    "too_long": (
        "Filen er for stor: højst {most} byte.",
        "The file is too large: {most} bytes at most.",
    ),
    "not_a_bundle": (
        "Filen er ikke et bevis fra husret: feltet format mangler.",
        "The file is no proof of husret: it has no field format.",
    ),
    "format": (
        "Filen har et andet format end {known}; en nyere husret-verify kan måske læse den.",
        "The file has another format than {known}; a newer husret-verify may read it.",
    ),
    "version": (
        "Svaret har version {version}; her kendes {known}. En nyere husret-verify kan måske læse "
        "det.",
        "The answer is of version {version}; known here is {known}. A newer husret-verify may read "
        "it.",
    ),
    "field": (
        "{field}: mangler eller har ikke den rigtige form.",
        "{field}: is missing or not of the right form.",
    ),
    "field_unknown": (
        "{field}: har et felt, som formatet ikke kender.",
        "{field}: has a field that the format does not know.",
    ),
    "columns": (
        "En hændelse har en værdi, som ingen hændelse kan have.",
        "An event has a value that no event can have.",
    ),
    "frame_form": (
        "Rammen kan ikke læses: feltet {field}.",
        "The frame can't be read: its field {field}.",
    ),
    "receipt_form": (
        "Kvitteringen kan ikke læses: {part}.",
        "The receipt can't be read: {part}.",
    ),
    "page_form": (
        "Siden af ventelisten kan ikke læses: {part}.",
        "The page of the waiting list can't be read: {part}.",
    ),
    "canonical": (
        "{what}: er ikke skrevet i den kanoniske form.",
        "{what}: isn't written in the canonical form.",
    ),
    "json_utf8": ("Filen er ikke i UTF-8.", "The file isn't in UTF-8."),
    "json_syntax": (
        "Filen er ikke JSON, eller en del af den mangler: linje {line}, tegn {column}.",
        "The file isn't JSON, or a part of it is missing: line {line}, column {column}.",
    ),
    "json_twice": (
        "Et felt står to gange i samme objekt.",
        "A field stands twice in one object.",
    ),
    "json_number": (
        "Et tal er ikke et helt tal på højst 64 bit.",
        "A number isn't a whole one of 64 bits at most.",
    ),
    "json_deep": ("Filen er indlejret for dybt.", "The file is nested too deep."),
    "note_blank": (
        "Checkpointet har ingen tom linje før underskrifterne.",
        "The checkpoint has no blank line before its signatures.",
    ),
    "note_end": (
        "Checkpointet slutter ikke med en underskrift og et linjeskift.",
        "The checkpoint does not end with a signature and a line feed.",
    ),
    "note_many": (
        "Checkpointet har mere end {most} underskrifter.",
        "The checkpoint has more than {most} signatures.",
    ),
    "note_long": (
        "Checkpointet er for langt: højst {most} byte.",
        "The checkpoint is too long: {most} bytes at most.",
    ),
    "note_text": (
        "Checkpointet har et tegn, som det ikke må have.",
        "The checkpoint has a character that it must not have.",
    ),
    "note_line": (
        "Checkpointets underskrift nr. {line} kan ikke læses.",
        "Signature {line} of the checkpoint can't be read.",
    ),
    "checkpoint_form": (
        "Checkpointets linje {line} kan ikke læses.",
        "Line {line} of the checkpoint can't be read.",
    ),
    "vkey_form": (
        "Nøglen er ikke en vkey: navn, id og nøgle med plus imellem.",
        "The key is no vkey: name, id and key with plus signs between.",
    ),
    "vkey_kind": (
        "Nøglen er af en slags, der ikke kendes her: {kind}.",
        "The key is of a kind that isn't known here: {kind}.",
    ),
    "vkey_id": (
        "Nøglens id passer ikke til navn og nøgle: den er skrevet forkert af.",
        "The id of the key does not fit its name and key: it was copied wrong.",
    ),
    "vkey_origin": (
        "Nøglen {key} er ikke en logs: navnet er husret/ og loggens id.",
        "The key {key} isn't one of a log: its name is husret/ and the log's id.",
    ),
    "ambiguous_key": (
        "To nøgler har samme navn og id: {key}.",
        "Two keys have one name and id: {key}.",
    ),
    "hash_form": (
        "Hashværdien skal være 64 tegn, 0-9 og a-f.",
        "The hash must be 64 characters, 0-9 and a-f.",
    ),
    "hash_length": (
        "En hashværdi har {bytes} byte; den skal have 32.",
        "A hash has {bytes} bytes; it must have 32.",
    ),
    "size_too_large": (
        "Størrelsen er for stor: højst {most}.",
        "The size is too large: {most} at most.",
    ),
}

LABELS: dict[str, tuple[str, str]] = {
    "valid": (
        "GYLDIGT: loggen har dette svar, med netop disse byte.",
        "VALID: the log holds this answer, in exactly these bytes.",
    ),
    "not_valid": ("IKKE GYLDIGT:", "NOT VALID:"),
    "unreadable": ("KAN IKKE LÆSES:", "CAN'T BE READ:"),
    "receipt": ("Kvittering", "Receipt"),
    "hash": ("Hashværdi", "Hash"),
    "log": ("Log", "Log"),
    "place": ("Position", "Position"),
    "question": ("Spørgsmål", "Question"),
    "day": ("Dag", "Day"),
    "area": ("Område", "Area"),
    "no_area": ("intet", "none"),
    "target": ("Om", "About"),
    "law": ("Lovudgave", "Edition of the law"),
    "readings": ("Læsninger", "Readings"),
    "outcome": ("Udfald", "Outcome"),
    "sections": ("Forseglede dele", "Sealed parts"),
    "entries": ("Forseglede svar", "Sealed answers"),
    "asked_by": ("Spurgt af", "Asked by"),
    "checkpoint": ("Checkpoint", "Checkpoint"),
    "witness": ("Vidne", "Witness"),
    "history": ("Samme historie", "Same history"),
    "unchecked": ("Ikke efterprøvet", "Not checked"),
    "known": ("kendt til og med position {known}", "known up to position {known}"),
    "recorded": ("registreret {time} efter loggens ur", "recorded {time} by the log's clock"),
    "asked_on": ("spurgt {day}", "asked {day}"),
    "judged_on": ("bedømt efter loven {day}", "judged by the law of {day}"),
    "page": ("side {page} af en venteliste", "page {page} of a waiting list"),
    "purpose": ("formål {purpose}", "purpose {purpose}"),
    "size": ("{size} hændelser, underskrevet af {key}", "{size} events, signed by {key}"),
    "other_size": ("checkpoint for {size} hændelser", "checkpoint of {size} events"),
    "unknown_key": (
        "underskrift af {key}, hvis nøgle ikke er givet",
        "signature by {key}, whose key was not given",
    ),
    "household": ("husstanden", "the household"),
    "member": ("person {number}", "person {number}"),
}

OUTCOMES: dict[str, tuple[str, str]] = {
    "PERMITTED": ("tilladt", "permitted"),
    "PROHIBITED": ("ikke tilladt", "prohibited"),
    "DISCRETIONARY": ("overladt til et skøn", "discretionary"),
    "UNDETERMINED": ("ikke afgjort", "undetermined"),
}

CLASSES: dict[str, tuple[str, str]] = {
    "identity": ("identitet", "identity"),
    "membership": ("medlemskab", "membership"),
    "benefits": ("ydelser", "benefits"),
    "convictions": ("domme", "convictions"),
    "terminations": ("ophævelser", "terminations"),
    "attestations": ("modtagne oplysninger", "attestations"),
    "tenancy": ("lejemål", "tenancy"),
    "decisions": ("afgørelser", "decisions"),
}


def problem(found: Problem, language: str) -> str:
    """Say what is wrong."""
    return _said(PROBLEMS[found.code], language).format(**found.values_of)


def label(name: str, language: str, **values: str | int) -> str:
    """Return a label or phrase of a verdict."""
    return _said(LABELS[name], language).format(**values)


def outcome(name: str, language: str) -> str:
    """Return the words of an outcome."""
    return _said(OUTCOMES[name], language)


def data_class(name: str, language: str) -> str:
    """Return the words of a class of data."""
    return _said(CLASSES[name], language)


def _said(both: tuple[str, str], language: str) -> str:
    return both[language == ENGLISH]
