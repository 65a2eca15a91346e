// StellarSandbox: see ARCHITECTURE.md.
