// FareRules: see ARCHITECTURE.md.
