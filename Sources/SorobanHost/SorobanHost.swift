// SorobanHost: see ARCHITECTURE.md.
