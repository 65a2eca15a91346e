import FareRules
import Stellar
import StellarXDR
import TraqoraContracts
import Travel

/// What signing does, in plain words, made from what will be signed.
extension EscrowContract {
    /// The payment of a booking; without a fee the platform pays the network.
    func summary(ofPaying booking: Booking, feeStroops: UInt32?, until: Instant) -> [String] {
        let slice = booking.offer.itinerary.slices[0]
        let flights = booking.offer.itinerary.segments.map(\.flight.description)
            .joined(separator: ", ")
        let count = booking.passengers.count
        return [
            "Book \(flights) from \(slice.origin) to \(slice.destination), leaving on "
                + "\(slice.departs.local.date) at \(slice.departs.local.clock) local time, for "
                + "\(count) \(count == 1 ? "passenger" : "passengers").",
            "Pay \(booking.price.shortText) \(tokenSymbol) for \(booking.total) from your "
                + "account \(booking.payer) into the escrow contract \(contractText).",
            "The money stays in escrow. If there is no ticket by the deadline, anyone can have all "
                + "of it sent back to you.",
            refundSentence(booking.offer.fare),
            feeSentence(feeStroops),
            "This offer to pay ends at \(until).",
        ]
    }

    /// The cancellation of a booking.
    func summary(
        ofCancelling booking: Booking, refund: TokenAmount, penalty: TokenAmount,
        feeStroops: UInt32?, until: Instant
    ) -> [String] {
        [
            "Give up booking \(booking.locator) with all its seats. This cannot be undone.",
            "\(refund.shortText) \(tokenSymbol) return from escrow to your account "
                + "\(booking.payer), and \(penalty.shortText) \(tokenSymbol) do not, by the rules "
                + "of the fare if it is done now.",
            feeSentence(feeStroops),
            "This offer to cancel ends at \(until).",
        ]
    }

    /// The dispute of a booking.
    func summary(ofDisputing booking: Booking, feeStroops: UInt32?, until: Instant) -> [String] {
        [
            "Dispute booking \(booking.locator). The money stays in escrow until arbiters have "
                + "decided; if they do not in time, you get all of it if the airline never "
                + "answered, and half of it if it did.",
            "The ledger gets a hash of what you said, not the words.",
            feeSentence(feeStroops),
            "This offer to dispute ends at \(until).",
        ]
    }

    /// The claim for a delay.
    func summary(
        ofClaiming amount: TokenAmount, for booking: Booking, feeStroops: UInt32?, until: Instant
    ) -> [String] {
        [
            "Claim \(amount.shortText) \(tokenSymbol) from the airline's bond for the delay of "
                + "booking \(booking.locator). They are paid to \(booking.payer).",
            feeSentence(feeStroops),
            "This offer to claim ends at \(until).",
        ]
    }

    /// `C…`
    var contractText: String { SCAddress.contract(contract).description }

    /// What the network takes.
    func feeSentence(_ feeStroops: UInt32?) -> String {
        guard let feeStroops else { return "Traqora pays the network's fee." }
        let lumens = TokenAmount(baseUnits: Int64(feeStroops))
        return "The network's fee is at most \(lumens) XLM."
    }

    private func refundSentence(_ fare: Fare) -> String {
        let tiers = fare.refundTiers.filter { $0.refundBasisPoints > 0 }.map { tier in
            let (whole, hundredths) = tier.refundBasisPoints.quotientAndRemainder(dividingBy: 100)
            let share =
                hundredths == 0 ? "\(whole)" : "\(whole).\(hundredths < 10 ? "0" : "")\(hundredths)"
            return tier.secondsBefore == 0
                ? "\(share) % until departure"
                : "\(share) % until \(tier.secondsBefore / 3_600) hours before"
        }
        let grace =
            fare.graceSeconds == 0
            ? ""
            : "all of it within \(fare.graceSeconds / 3_600) hours of booking if that is at least "
                + "\(fare.graceMinLeadSeconds / 86_400) days before departure; later "
        return "If you cancel, you get back \(grace)"
            + (tiers.isEmpty ? "nothing." : tiers.joined(separator: ", ") + ".")
    }
}
