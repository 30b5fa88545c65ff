"""Made-up data in the size of the real thing: `husret generate`, and what benchmarks draw from.

Nobody and nothing here exists: persons, households and dwellings follow from a seed, no CPR number
is used at all, and households live in the municipality 9999, which is none. What is made is
recorded as anything else is: each fact is checked as its declaration says, sealed under its
subject's own key and appended to a log that verifies. `worlds` make up who comes to know what on
which day; `filling` records it.
"""
