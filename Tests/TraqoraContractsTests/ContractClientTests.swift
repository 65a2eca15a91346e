import Stellar
import StellarXDR
import Testing
import TraqoraContracts

@Suite struct ContractClientTests {
    static let passenger = SCAddress.account(.ed25519(.zero))
    static let booking = BookingContract(.zero)

    @Test func `a call is the contract's function and its arguments in order`() {
        let call = Self.booking.cancel(passenger: Self.passenger, id: 7, seats: 2)
        #expect(call.function == "cancel")
        #expect(call.arguments == [.address(Self.passenger), .u64(7), .u32(2)])
        guard case .invokeHostFunction(let operation) = call.operation.body,
            case .invokeContract(let arguments) = operation.hostFunction
        else {
            Issue.record("not a call")
            return
        }
        #expect(arguments.contractAddress == .contract(.zero))
        #expect(arguments.args == call.arguments)
    }

    @Test func `a structure survives the way there and back`() throws {
        let policy = RefundContract.Policy(
            graceMinLeadSeconds: 1, graceSeconds: 2,
            tiers: [RefundContract.Tier(refundBps: 5_000, secondsBefore: 3)])
        #expect(try RefundContract.Policy(scVal: policy.scVal) == policy)
        #expect(throws: SCValError.missingField("grace_seconds")) {
            try RefundContract.Policy(
                scVal: .structure(["grace_min_lead_seconds": .u64(1), "tiers": .vec([])]))
        }
    }

    @Test func `an event is read by its name`() throws {
        let topics: [SCVal] = [
            .symbol("transfer"), .address(Self.passenger), .address(Self.passenger),
        ]
        let event = try TokenContract.TransferEvent(topics: topics, value: .int128(5))
        #expect(event?.amount == 5)
        #expect(try TokenContract.MintEvent(topics: topics, value: .int128(5)) == nil)
        #expect(throws: SCValError.self) {
            try TokenContract.TransferEvent(topics: topics, value: .u32(5))
        }
    }

    @Test(arguments: ContractCode.allCases)
    func `a contract's own description holds every function that its client has`(
        code: ContractCode
    ) throws {
        let spec = try ContractSpec(wasm: code.wasm)
        #expect(spec.functions.count > 10)
        #expect(spec.function("__constructor") != nil)
        #expect(!spec.errors.isEmpty)
        #expect(try ContractMeta(wasm: code.wasm)["binver"] != nil)
    }
}
