import TraqoraAPI
import Travel

/// A booking on paper: who flies when and where, what it cost, where the money is.
struct ItineraryPDF {
    private let booking: BookingResponse
    private let tokenSymbol: String
    private var document: PDFDocument
    private var y = PDFDocument.height - margin

    private static let margin = 56.0
    private static let lineWidth = PDFDocument.width - 2 * margin
    private static let textSize = 9.0
    private static let indent = 100.0

    /// The file.
    static func bytes(_ booking: BookingResponse, tokenSymbol: String) -> [UInt8] {
        var page = ItineraryPDF(booking: booking, tokenSymbol: tokenSymbol)
        page.write()
        return page.document.bytes
    }

    private init(booking: BookingResponse, tokenSymbol: String) {
        self.booking = booking
        self.tokenSymbol = tokenSymbol
        document = PDFDocument(title: "Itinerary \(booking.locator)")
    }

    private mutating func write() {
        line("Itinerary", size: 22, font: .bold, after: 8)
        line(
            "Booking \(booking.locator)\(ItineraryText.airlineReference(of: booking))", size: 12,
            after: 4)
        paragraph(booking.message, gray: 0.35)
        writePassengers()
        for slice in booking.itinerary.slices { write(slice) }
        writePrice()
        writeLedger()
    }

    private mutating func writePassengers() {
        heading("Passengers")
        for (index, passenger) in booking.passengers.enumerated() {
            let ticket = index < booking.tickets.count ? booking.tickets[index] : ""
            field(passenger.name.ticketed, ticket.isEmpty ? "no ticket yet" : "ticket \(ticket)")
            let seats = ItineraryText.seats(of: passenger, on: booking.itinerary)
            if !seats.isEmpty { field("", "seats: \(seats.joined(separator: ", "))") }
        }
    }

    private mutating func write(_ slice: Slice) {
        heading("\(ItineraryText.city(slice.origin)) – \(ItineraryText.city(slice.destination))")
        for (index, segment) in slice.segments.enumerated() {
            if index > 0 {
                let wait = slice.segments[index - 1].arrives.instant
                    .seconds(until: segment.departs.instant)
                field(
                    "",
                    "Change in \(segment.origin): "
                        + ItineraryText.duration(minutes: Int(wait / 60)), gray: 0.35)
            }
            let operated = segment.operatedBy.map { ", operated by \($0)" } ?? ""
            field(
                segment.flight.description,
                "\(ItineraryText.duration(minutes: segment.minutes)), aircraft "
                    + "\(segment.aircraft)\(operated)", font: .bold)
            field(ItineraryText.time(segment.departs), ItineraryText.place(segment.origin))
            field(ItineraryText.time(segment.arrives), ItineraryText.place(segment.destination))
        }
        y -= 4
        paragraph("All times are local.", gray: 0.35)
    }

    private mutating func writePrice() {
        heading("Fare")
        field(
            booking.fare.brand,
            "\(booking.fare.cabin.rawValue), baggage: "
                + "\(booking.fare.baggage.carryOnPieces) carry-on, "
                + "\(booking.fare.baggage.checkedPieces) checked")
        field("Price", "\(booking.total)")
        field(
            booking.escrow == .unpaid ? "To be paid in" : "Paid in",
            "\(booking.price.shortText) \(tokenSymbol)")
        if let refunded = booking.chain.refunded {
            field("Returned", "\(refunded.shortText) \(tokenSymbol)")
        }
    }

    private mutating func writeLedger() {
        heading("Where the money is")
        field("In escrow", "\(booking.chain.escrowed.shortText) \(tokenSymbol)")
        field("Contract", booking.chain.contract)
        if let id = booking.chain.escrowID { field("Number in it", "\(id)") }
        field("Network", booking.chain.network)
        for transaction in booking.chain.transactions where transaction.status == .applied {
            field(transaction.purpose.rawValue, transaction.hash)
        }
    }

    private mutating func heading(_ text: String) {
        need(56)
        y -= 14
        document.addRule(x: Self.margin, y: y + 12, length: Self.lineWidth)
        for part in Self.wrapped(text, size: 13, width: Self.lineWidth) {
            line(part, size: 12, font: .bold, after: 5)
        }
    }

    private mutating func field(
        _ name: String, _ value: String, font: PDFDocument.Font = .regular, gray: Double = 0
    ) {
        let parts = Self.wrapped(value, size: Self.textSize, width: Self.lineWidth - Self.indent)
        for (index, part) in parts.enumerated() {
            need(14)
            y -= 12
            if index == 0 {
                document.add(name, x: Self.margin, y: y, size: Self.textSize, font: font)
            }
            document.add(
                part, x: Self.margin + Self.indent, y: y, size: Self.textSize, font: font,
                gray: gray)
            y -= 2
        }
    }

    private mutating func paragraph(_ text: String, gray: Double) {
        for part in Self.wrapped(text, size: Self.textSize, width: Self.lineWidth) {
            line(part, size: Self.textSize, gray: gray, after: 3)
        }
    }

    private mutating func line(
        _ text: String, size: Double, font: PDFDocument.Font = .regular, gray: Double = 0,
        after: Double
    ) {
        need(size + after)
        y -= size
        document.add(text, x: Self.margin, y: y, size: size, font: font, gray: gray)
        y -= after
    }

    /// Goes on on the next page if so many points are not left on this one.
    private mutating func need(_ points: Double) {
        guard y - points < Self.margin else { return }
        document.addPage()
        y = PDFDocument.height - Self.margin
    }

    /// Lines that fit, broken at blanks, and within a word only where it is longer than a line.
    static func wrapped(_ text: String, size: Double, width: Double) -> [String] {
        let fits = { (line: String) in Double(WinAnsi.width(of: line)) * size / 1_000 <= width }
        var lines: [String] = []
        var line = ""
        for word in text.split(separator: " ") {
            let longer = line.isEmpty ? String(word) : "\(line) \(word)"
            if fits(longer) {
                line = longer
                continue
            }
            if !line.isEmpty { lines.append(line) }
            line = ""
            for character in word {
                if !line.isEmpty, !fits("\(line)\(character)") {
                    lines.append(line)
                    line = ""
                }
                line.append(character)
            }
        }
        return line.isEmpty && !lines.isEmpty ? lines : lines + [line]
    }
}
