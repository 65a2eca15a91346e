// TraqoraContracts: see ARCHITECTURE.md.
