// StellarXDR: see ARCHITECTURE.md.
