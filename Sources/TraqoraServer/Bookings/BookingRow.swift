import Database
import Travel

/// A booking with what is kept beside it.
struct BookingRow: Sendable {
    /// The booking; its escrow is what the indexer last wrote, `unpaid` before.
    var booking: Booking
    /// SHA-256 of the token that reads it; empty once the personal data is erased.
    var tokenHash: [UInt8]
    /// The random bytes behind what stands for it on the ledger; empty once erased.
    var salt: [UInt8]
    /// Who sold it on the ledger, and under which number: how escrow and booking find each other.
    var seller: String
    var nonce: String
    /// The numbers of the tickets.
    var tickets: [String]
    /// What the indexer knows of the money, once the ledger has it.
    var escrow: EscrowRow?

    init(
        booking: Booking, tokenHash: [UInt8], salt: [UInt8], seller: String, nonce: String,
        tickets: [String] = [], escrow: EscrowRow? = nil
    ) {
        self.booking = booking
        self.tokenHash = tokenHash
        self.salt = salt
        self.seller = seller
        self.nonce = nonce
        self.tickets = tickets
        self.escrow = escrow
    }

    /// Reads a row and opens what is sealed in it.
    init(row: Row, _ cipher: ColumnCipher) throws {
        let isOnChain = try row.value("escrow_id", as: Int64?.self) != nil
        let escrow = isOnChain ? try EscrowRow(row: row) : nil
        let id = try row.value("id", as: BookingID.self)
        let place = { SealedTable.bookings.place($0, id.text) }
        let passengers = try row.value("passengers", as: [UInt8]?.self).map {
            try cipher.open($0, for: place("passengers"), as: [Passenger].self)
        }
        booking = Booking(
            id: id, locator: try row.value("locator"),
            offer: try row.value("offer", as: JSONColumn<Offer>.self).value,
            passengers: passengers ?? [],
            payer: try row.value("payer"), price: try row.value("price"),
            conversion: try row.value("conversion", as: JSONColumn<ConversionQuote>.self).value,
            holdExpires: try row.value("hold_expires_at"),
            createdAt: try row.value("created_at"), escrow: escrow?.state ?? .unpaid,
            fulfilment: try row.value("fulfilment"), escrowID: escrow?.escrowID,
            airlineReference: try row.value("airline_reference"))
        tokenHash = try row.value("token_hash", as: [UInt8]?.self) ?? []
        salt = try row.value("salt", as: [UInt8]?.self) ?? []
        seller = try row.value("seller")
        nonce = try row.value("nonce")
        tickets =
            try row.value("tickets", as: [UInt8]?.self).map {
                try cipher.open($0, for: place("tickets"), as: [String].self)
            } ?? []
        self.escrow = escrow
    }
}

/// What the indexer knows of the money of one booking.
struct EscrowRow: Sendable, Hashable, RowDecodable {
    var escrowID: UInt64
    var seller: String
    var nonce: String
    var passenger: String
    var state: EscrowState
    var token: String
    var price: TokenAmount
    var seats: Int
    var refunded: TokenAmount
    var bookedAt: Instant
    var departs: Instant
    var ticketDeadline: Instant

    /// What the contract holds for it now.
    var escrowed: TokenAmount {
        state.isFinal
            ? TokenAmount(baseUnits: 0)
            : TokenAmount(baseUnits: price.baseUnits &* Int64(seats))
    }
}

extension EscrowRow {
    init(row: Row) throws(DatabaseError) {
        escrowID = UInt64(bitPattern: try row.value("escrow_id", as: Int64.self))
        seller = try row.value("seller")
        nonce = try row.value("nonce")
        passenger = try row.value("passenger")
        state = try row.value("state")
        token = try row.value("token")
        price = try row.value("escrow_price")
        seats = try row.value("seats")
        refunded = try row.value("refunded")
        bookedAt = try row.value("booked_at")
        departs = try row.value("departs")
        ticketDeadline = try row.value("ticket_deadline")
    }
}
