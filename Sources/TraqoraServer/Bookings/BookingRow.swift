import Database
import FlightSupply
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
    /// What the supplier calls an order of which nothing else is known.
    var orderTrace: String?
    /// Who was signed in when it was made: `G…`, `M…`, or `G…:memo`.
    var owner: String?

    init(
        booking: Booking, tokenHash: [UInt8], salt: [UInt8], seller: String, nonce: String,
        tickets: [String] = [], escrow: EscrowRow? = nil, owner: String? = nil
    ) {
        self.booking = booking
        self.tokenHash = tokenHash
        self.salt = salt
        self.seller = seller
        self.nonce = nonce
        self.tickets = tickets
        self.escrow = escrow
        self.owner = owner
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
        let stored = try row.value("offer", as: JSONColumn<StoredOffer>.self).value
        let contact = try row.value("contact", as: [UInt8]?.self).map {
            try cipher.open($0, for: place("contact"), as: EmailAddress.self)
        }
        booking = Booking(
            id: id, locator: try row.value("locator"), offer: stored.offer,
            passengers: passengers ?? [], total: stored.bookedTotal,
            payer: try row.value("payer"), price: try row.value("price"),
            conversion: try row.value("conversion", as: JSONColumn<ConversionQuote>.self).value,
            holdExpires: try row.value("hold_expires_at"),
            createdAt: try row.value("created_at"), contact: contact,
            escrow: escrow?.state ?? .unpaid,
            fulfilment: try row.value("fulfilment"), escrowID: escrow?.escrowID,
            airlineReference: try row.value("airline_reference"))
        tokenHash = try row.value("token_hash", as: [UInt8]?.self) ?? []
        salt =
            try row.value("salt", as: [UInt8]?.self).map {
                try cipher.open($0, for: place("salt"), as: [UInt8].self)
            } ?? []
        seller = try row.value("seller")
        nonce = try row.value("nonce")
        tickets =
            try row.value("tickets", as: [UInt8]?.self).map {
                try cipher.open($0, for: place("tickets"), as: [String].self)
            } ?? []
        self.escrow = escrow
        owner = try row.value("owner")
        orderTrace = try row.value("order_trace")
    }

    /// What the supplier is asked for: the booking's id is our reference there.
    var order: OrderRequest {
        OrderRequest(
            offer: booking.offer, passengers: booking.passengers, reference: booking.id.text,
            airlineReference: booking.airlineReference, trace: orderTrace)
    }
}
