// TraqoraAPI: see ARCHITECTURE.md.
