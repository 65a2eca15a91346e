import Foundation
import Support
import Testing
import TraqoraAPI
import Travel

@testable import TraqoraServer

/// A booking as a calendar and as a page.
@Suite(.serialized) struct ItineraryTests {
    private func confirmed(_ origin: String, _ destination: String) async throws
        -> BookingResponse
    {
        let world = try await TestWorld()
        let made = try await world.book(origin, destination)
        _ = try await world.pay(made)
        try await world.work()
        let booking = try await world.read(made)
        await world.close()
        return booking
    }

    @Test func `a calendar has an appointment for each flight`() async throws {
        let booking = try await confirmed("LHR", "SYD")
        let text = String(
            decoding: ItineraryCalendar(booking: booking, revision: 3).bytes, as: UTF8.self)
        let lines = text.components(separatedBy: "\r\n")
        #expect(!text.replacing("\r\n", with: "").contains("\n"))
        #expect(lines.allSatisfy { $0.utf8.count <= 75 })
        let segments = booking.itinerary.segments
        #expect(segments.count > 1)
        #expect(lines.count { $0 == "BEGIN:VEVENT" } == segments.count)
        #expect(lines.count { $0 == "STATUS:CONFIRMED" } == segments.count)
        #expect(lines.count { $0 == "SEQUENCE:3" } == segments.count)
        for (index, segment) in segments.enumerated() {
            let begins = segment.departs.instant.description.filter { $0 != "-" && $0 != ":" }
            #expect(lines.contains("DTSTART:\(begins)"))
            #expect(lines.contains("UID:\(booking.id)-\(index + 1)@traqora"))
        }
    }

    @Test func `what separates in a calendar is marked in texts`() throws {
        let file = CalendarFile(
            written: "20261224T093000Z",
            events: [
                .init(
                    id: "1", begins: "20261224T093000Z", ends: "20261224T103000Z",
                    title: "a,b;c\\d\ne", place: String(repeating: "é", count: 60), text: "",
                    status: "CONFIRMED", revision: 0)
            ])
        let text = String(decoding: file.bytes, as: UTF8.self)
        #expect(text.contains("SUMMARY:a\\,b\\;c\\\\d\\ne\r\n"))
        let unfolded = text.replacing("\r\n ", with: "")
        #expect(unfolded.contains("LOCATION:\(String(repeating: "é", count: 60))\r\n"))
    }

    @Test func `a page says who flies, when and where the money is, and readers accept it`()
        async throws
    {
        let booking = try await confirmed("LHR", "SYD")
        let bytes = ItineraryPDF.bytes(booking, tokenSymbol: "TUSD")
        let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let (file, text) = (folder.path + "/itinerary.pdf", folder.path + "/itinerary.txt")
        try Data(bytes).write(to: URL(filePath: file))
        let read = try await onThread {
            try SystemCommand.run(["qpdf", "--check", file])
            try SystemCommand.run(["pdftotext", "-layout", file, text])
            return String(decoding: try Data(contentsOf: URL(filePath: text)), as: UTF8.self)
        }
        var expected = [
            booking.locator.text, "LOVELACE/ADA", booking.chain.contract, "LHR", "SYD",
            "\(booking.total)", "\(booking.price.shortText) TUSD",
        ]
        expected += booking.tickets
        expected += booking.itinerary.segments.map(\.flight.description)
        for word in expected { #expect(read.contains(word), "\(word) is missing") }
    }

    @Test func `a trip longer than a page goes on on the next`() async throws {
        var booking = try await confirmed("LHR", "SYD")
        let passenger = try #require(booking.passengers.first)
        booking.passengers = Array(repeating: passenger, count: 70)
        let text = String(
            decoding: ItineraryPDF.bytes(booking, tokenSymbol: "TUSD"), as: UTF8.self)
        #expect(text.contains("/Count 2 "))
    }

    @Test(arguments: [
        ("São Paulo", [0x53, 0xE3, 0x6F, 0x20, 0x50, 0x61, 0x75, 0x6C, 0x6F]),
        ("Łódź", [0x4C, 0xF3, 0x64, 0x7A]),
        ("€ –", [0x80, 0x20, 0x96]),
        ("\u{1F600}", [0x3F]),
    ])
    func `letters that the font lacks lose their marks`(
        text: String, bytes: [UInt8]
    ) {
        #expect(WinAnsi.encode(text) == bytes)
    }

    @Test func `lines are broken at blanks, and words only when a line is too short for them`() {
        let lines = ItineraryPDF.wrapped("aaa bbb cccccccccccc", size: 10, width: 40)
        #expect(lines == ["aaa bbb", "cccccccc", "cccc"])
        #expect(ItineraryPDF.wrapped("", size: 10, width: 40) == [""])
    }
}
