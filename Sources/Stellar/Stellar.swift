// Stellar: see ARCHITECTURE.md.
