// FlightSupply: see ARCHITECTURE.md.
