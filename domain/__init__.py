"""The pure part of husret: calendar, facts, events, the law and the decision."""
