import Testing
import Travel

@Suite struct BookingStateTests {
    @Test(arguments: Fulfilment.allCases, Fulfilment.Event.allCases)
    func `hearing a thing twice changes nothing`(state: Fulfilment, event: Fulfilment.Event) throws
    {
        guard let first = try? state.after(event) else { return }
        let second = try first.state.after(event)
        #expect(second.state == first.state)
        // An order that nobody wants is cancelled as often as there may be one.
        let mayOrder = event == .confirmed || event == .unanswered
        #expect(second.action == nil || second.action == .cancelOrder && mayOrder)
    }

    @Test(arguments: EscrowState.allCases, EscrowState.Event.allCases)
    func `money moves once`(state: EscrowState, event: EscrowState.Event) {
        guard let next = try? state.after(event) else { return }
        #expect(!state.isFinal)
        #expect(
            event == .reduced || event == .responded || (try? next.after(event)) == nil)
    }

    @Test(arguments: Fulfilment.allCases)
    func `whoever comes back knows what is left to do`(state: Fulfilment) {
        // A state entered with an action asks for the same action after a restart, unless the
        // action only tells the supplier.
        for from in Fulfilment.allCases {
            for event in Fulfilment.Event.allCases {
                guard let (next, action) = try? from.after(event), next == state, next != from,
                    let action, action != .cancelOrder, action != .acceptChange
                else { continue }
                #expect(state.pendingAction == action)
            }
        }
    }

    @Test(arguments: Fulfilment.allCases)
    func `from every state in which money is held there is a way out without the supplier`(
        state: Fulfilment
    ) throws {
        guard [.ordering, .uncertain, .ordered, .refused].contains(state) else { return }
        #expect(try state.after(.expired).state == .refunded)
        #expect(try state.after(.cancelled).state == .cancelled)
    }

    @Test func `the money's side decides what people are told about money`() {
        for fulfilment in Fulfilment.allCases {
            #expect(BookingStatus(escrow: .expired, fulfilment: fulfilment) == .refunded)
            #expect(BookingStatus(escrow: .cancelled, fulfilment: fulfilment) == .cancelled)
            #expect(BookingStatus(escrow: .refunded, fulfilment: fulfilment) == .refunded)
            #expect(BookingStatus(escrow: .settled, fulfilment: fulfilment) == .completed)
            let ticketed = BookingStatus(escrow: .ticketed, fulfilment: fulfilment)
            switch fulfilment {
            case .changed: #expect(ticketed == .changed)
            case .declined: #expect(ticketed == .refunding)
            default: #expect(ticketed == .confirmed)
            }
        }
        #expect(BookingStatus(escrow: .unpaid, fulfilment: .held) == .awaitingPayment)
        #expect(BookingStatus(escrow: .unpaid, fulfilment: .released) == .lapsed)
        #expect(BookingStatus(escrow: .paid, fulfilment: .refused) == .refunding)
        #expect(Set(BookingStatus.allCases.map(\.sentence)).count == BookingStatus.allCases.count)
    }

    @Test func `a payment after the hold is given back, never ordered`() throws {
        let (released, _) = try Fulfilment.held.after(.lapsed)
        let (next, action) = try released.after(.paid)
        #expect(next == .refused)
        #expect(action == .expireOnChain)
    }

    @Test func `locators are read in either case and never rude`() throws {
        #expect(try RecordLocator(parsing: "k7m2qx").text == "K7M2QX")
        for text in ["K7M2Q", "K7M2QXX", "K7M2Q0", "K7M2QI", "K7M2Q ", ""] {
            #expect(throws: TravelError.malformedLocator(text)) { try RecordLocator(parsing: text) }
        }
        let alphabet = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
        let bytes = "SEX222".map { letter in
            UInt8(
                alphabet.distance(
                    from: alphabet.startIndex,
                    to: alphabet.firstIndex(of: letter) ?? alphabet.endIndex))
        }
        #expect(RecordLocator(randomBytes: bytes) == nil)
        #expect(RecordLocator(randomBytes: [1, 2, 3]) == nil)
        #expect(RecordLocator(randomBytes: [0, 1, 2, 3, 4, 255])?.text == "23456Z")
    }
}
