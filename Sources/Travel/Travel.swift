// Travel: see ARCHITECTURE.md.
