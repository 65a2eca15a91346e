// Cache: see ARCHITECTURE.md.
