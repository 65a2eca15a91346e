// TraqoraServer: see ARCHITECTURE.md.
