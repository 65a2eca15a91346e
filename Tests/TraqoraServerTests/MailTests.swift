import Cache
import Cryptography
import Database
import Foundation
import HTTP
import Support
import Telemetry
import Testing
import TraqoraAPI
import Travel

@testable import TraqoraServer

/// Travellers are mailed what became of their bookings.
@Suite(.serialized) struct MailTests {
    @Test(arguments: Engine.all)
    func `a confirmed booking is mailed once, with the itinerary`(engine: Engine) async throws {
        let story = try await MailStory(engine)
        let made = try await story.confirm()
        #expect(made.booking.contact?.email.text == "ada@example.com")
        // Two processes at once, and again later: one mail.
        let other = try #require(
            MailStory.server(story.world, story.mailbox).parts.mailWorker)
        let worker = try story.worker
        async let one = worker.run()
        async let two = other.run()
        #expect(try await one + two == 1)
        try await story.world.work(story.server)
        #expect(try await story.worker.run() == 0)
        let mail = try #require(story.mailbox.mails.first)
        #expect(story.mailbox.mails.count == 1)
        #expect(mail.sender == "bookings@example.org" && mail.recipients == ["ada@example.com"])
        let booking = try await story.world.read(made)
        let parsed = try await MailReader.read(mail.content)
        #expect(
            parsed.subject == "Booked: London (LHR) – New York (JFK), booking \(booking.locator)")
        #expect(parsed.from == "Traqora Reisebüro <bookings@example.org>")
        #expect(parsed.date == "\(story.world.clock.now)")
        let types = ["text/plain", "application/pdf", "text/calendar"]
        #expect(parsed.parts.map(\.type) == types)
        #expect(parsed.parts.map(\.name)[1] == "itinerary-\(booking.locator).pdf")
        #expect(parsed.parts[1].text.hasPrefix("%PDF-"))
        #expect(parsed.parts[2].text.contains("BEGIN:VCALENDAR"))
        for word in [booking.locator.text, "LOVELACE/ADA", booking.tickets[0], "\(booking.total)"] {
            #expect(parsed.parts[0].text.contains(word), "\(word)")
        }
        #expect(parsed.defects == 0)
        await story.close()
    }

    @Test(arguments: Engine.all)
    func `what cannot be confirmed is mailed, and the money that comes back`(engine: Engine)
        async throws
    {
        let story = try await MailStory(engine)
        let made = try await story.book("LGW")
        _ = try await story.world.pay(made)
        try await story.world.work(story.server)
        while try await story.worker.run() > 0 {}
        story.world.clock.advance(by: Int64(ScriptedLedger.ticketWindow))
        try await story.world.work(story.server)
        while try await story.worker.run() > 0 {}
        var subjects: [String] = []
        for mail in story.mailbox.mails {
            subjects.append(try await MailReader.read(mail.content).subject)
        }
        #expect(subjects.map { $0.prefix { $0 != ":" } } == ["Not booked", "Money returned"])
        await story.close()
    }

    @Test func `a booking without an address is mailed to its first passenger, or to nobody`()
        async throws
    {
        let story = try await MailStory()
        let made = try await story.confirm(contact: nil)
        #expect(made.booking.contact == nil)
        #expect(try await story.worker.run() == 0 && story.mailbox.commands.isEmpty)
        var request = try await story.world.request(story.world.offer())
        let one = request.passengers[0]
        request.passengers = [
            Passenger(
                name: one.name, type: one.type, bornOn: one.bornOn,
                email: try EmailAddress(parsing: "first@example.com"))
        ]
        let other = try await story.world.create(request).json(as: CreateBookingResponse.self)
        #expect(other.booking.contact?.email.text == "first@example.com")
        await story.close()
    }

    @Test(arguments: Engine.all)
    func `a no for now is tried again later and later, a no for good is written down`(
        engine: Engine
    ) async throws {
        let story = try await MailStory(engine)
        _ = try await story.confirm()
        let clock = story.world.clock
        story.mailbox.fail(
            .reply("451 4.3.0 later", to: "RCPT"), .cut("DATA"), .reply("421 busy", to: "MAIL"))
        for pause in [15, 30, 60] as [Int64] {
            #expect(try await story.worker.run() == 0)
            let said = story.mailbox.commands.count
            clock.advance(by: pause - 1)
            #expect(try await story.worker.run() == 0 && story.mailbox.commands.count == said)
            clock.advance(by: 1)
        }
        #expect(try await story.attempts() == [3])
        #expect(try await story.health()?.status == .degraded)
        #expect(try await story.worker.run() == 1)
        #expect(story.mailbox.mails.count == 1)
        clock.advance(by: 2)
        #expect(try await story.health()?.status == .ok)

        let refused = try await story.confirm(contact: "gone@example.com")
        story.mailbox.fail(.reply("550 5.1.1 no gone@example.com here", to: "RCPT"))
        #expect(try await story.worker.run() == 0)
        clock.advance(by: 30 * 86_400)
        #expect(try await story.worker.run() == 0 && story.mailbox.mails.count == 1)
        let failure: String? = try await story.world.database.value(
            "SELECT failure FROM mails WHERE booking_id = \(refused.booking.id)")
        #expect(failure == "the mail server refuses it (550)")
        await story.close()
    }

    @Test func `a mail that was taken before the connection broke comes again under its own name`()
        async throws
    {
        let story = try await MailStory()
        _ = try await story.confirm()
        story.mailbox.fail(.takenThenCut)
        #expect(try await story.worker.run() == 0)
        story.world.clock.advance(by: 15)
        #expect(try await story.worker.run() == 1)
        let names = story.mailbox.mails.map { mail in
            mail.text.firstMatch(of: /Message-ID: <(.*)>/).map { String($0.1) }
        }
        #expect(names.count == 2 && names[0] != nil && names[0] == names[1])
        let dates = story.mailbox.mails.map { $0.text.firstMatch(of: /Date: .*/).map { $0.0 } }
        #expect(dates[0] == dates[1])
        await story.close()
    }

    @Test func `a mail that a process died over is taken over when its time is up`() async throws {
        let story = try await MailStory()
        _ = try await story.confirm()
        let outbox = Outbox(story.world.database)
        let now = story.world.clock.now.seconds
        let held = try await outbox.take(
            topic: MailNews.topic, limit: 1, for: "dead", seconds: MailWorker.taskSecondsMax,
            now: now)
        #expect(held.count == 1)
        #expect(try await story.worker.run() == 0)
        story.world.clock.advance(by: MailWorker.taskSecondsMax)
        #expect(try await story.worker.run() == 1)
        await story.close()
    }

    @Test(arguments: Engine.all)
    func `addresses are sealed, and erased with the booking, unsent mail with them`(
        engine: Engine
    ) async throws {
        let story = try await MailStory(engine)
        let made = try await story.book()
        _ = try await story.world.pay(made)
        try await story.world.work(story.server)
        let id = made.booking.id
        let sealed: [UInt8]? = try await story.world.database.value(
            "SELECT contact FROM bookings WHERE id = \(id)")
        let text = String(decoding: try #require(sealed), as: UTF8.self)
        #expect(!text.contains("ada@example.com"))
        let row = try #require(try await story.server.parts.bookings.find(id))
        #expect(row.booking.contact?.text == "ada@example.com")
        let contact: SQL = "SELECT COUNT(*) FROM bookings WHERE contact IS NOT NULL"
        // What waits for somebody who is not known any more goes nowhere.
        try await story.world.database.execute(
            "UPDATE bookings SET contact = NULL WHERE id = \(id)")
        #expect(try await story.worker.run() == 0)
        #expect(try await story.attempts().isEmpty && story.mailbox.commands.isEmpty)
        let lapsed = try await story.book()
        #expect(try await story.world.database.value(contact) == 1)
        let clock = story.world.clock
        clock.advance(by: CreateBooking.holdSecondsMax + Expirer.graceSeconds + 1)
        try await story.world.work(story.server)
        let data = PersonalData(
            database: story.world.database, keys: story.world.configuration.columnKeys,
            now: { clock.now }, random: SecureRandom.bytes)
        try await data.erase(lapsed.booking.id)
        #expect(try await story.world.database.value(contact) == 0)
        await story.close()
    }

    @Test(arguments: Engine.all)
    func `a flight that its airline changes on the ledger is mailed, not each time`(engine: Engine)
        async throws
    {
        let story = try await MailStory(engine)
        let made = try await story.confirm()
        #expect(try await story.worker.run() == 1)
        let database = story.world.database
        try await database.execute("UPDATE escrows SET flight_id = 7")
        let insert: SQL = """
            INSERT INTO registry_flights (flight_id, carrier, number, origin, destination, departs,
                arrives, is_open, status, status_time, is_confirmed)
            VALUES (7, 'BA', 117, 'LHR', 'JFK', 0, 1, \(true), 'delayed', \(story.now), \(false))
            """
        try await database.execute(insert)
        #expect(try await story.worker.run() == 1)
        // An airline that says another time with each ledger does not fill mailboxes.
        for _ in 0..<5 {
            try await database.execute("UPDATE registry_flights SET status_time = status_time + 1")
            #expect(try await story.worker.run() == 0)
        }
        story.world.clock.advance(by: MailRepository.quietSeconds)
        #expect(try await story.worker.run() == 1)
        #expect(try await story.worker.run() == 0)
        // That it is cancelled is other news than that it is late.
        try await database.execute(
            "UPDATE registry_flights SET status = 'cancelled', status_time = \(story.now)")
        #expect(try await story.worker.run() == 1)
        // What was said long ago is no news.
        story.world.clock.advance(by: MailRepository.newsSecondsMax)
        try await database.execute("UPDATE registry_flights SET status = 'diverted'")
        #expect(try await story.worker.run() == 0)
        try await database.execute("UPDATE registry_flights SET status = 'departed'")
        #expect(try await story.worker.run() == 0)
        let last = try await MailReader.read(try #require(story.mailbox.mails.last).content)
        #expect(last.subject.hasPrefix("Flight changed: "))
        #expect(last.subject.hasSuffix(made.booking.locator.text))
        await story.close()
    }

    @Test func `where no server is named nobody is mailed, and health says so`() async throws {
        let world = try await TestWorld()
        let made = try await world.book()
        _ = try await world.pay(made)
        try await world.work()
        #expect(world.server.parts.mailWorker == nil)
        #expect(try await world.database.value("SELECT COUNT(*) FROM mails") == 0)
        let check = await world.server.respond(to: HTTPRequest(.get, Route.health.pattern))
            .checks?.first { $0.name == "mail" }
        #expect(check?.status == .ok && check?.detail.contains("SMTP_URL") == true)
        await world.close()
    }
}
