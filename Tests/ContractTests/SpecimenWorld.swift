import Foundation
import SorobanHost
import Stellar
import StellarXDR

/// The contract that has everything the SDK can make, called through the client that is generated
/// from its interface.
struct SpecimenWorld {
    let world: ContractWorld
    let address: SCAddress
    let client: SpecimenContract

    typealias Point = SpecimenContract.Point
    typealias Shape = SpecimenContract.Shape

    init() throws {
        world = try ContractWorld()
        address = try Self.deploy(in: world, salt: 1)
        client = try SpecimenContract(Self.id(of: address))
    }

    static let origin = Point(value0: -3, value1: 4)
    static let pair = ContractTuple<UInt32, SCSymbol>(5, "six")

    static func deploy(in world: ContractWorld, salt: UInt8) throws -> SCAddress {
        try world.deploy(
            wasm(SpecimenWasm.base64), salt: salt,
            SpecimenContract.constructorArguments(origin: origin, pair: pair))
    }

    static func wasm(_ base64: StaticString) -> [UInt8] {
        [UInt8](Data(base64Encoded: "\(base64)", options: .ignoreUnknownCharacters) ?? Data())
    }

    static func id(of address: SCAddress) throws -> ContractID {
        guard case .contract(let id) = address else {
            throw WorldError.unexpected(.address(address))
        }
        return id
    }

    /// Another of these.
    func another(salt: UInt8) throws -> SCAddress { try Self.deploy(in: world, salt: salt) }

    func tower() throws -> SCAddress { try world.deploy(Self.wasm(TowerWasm.base64), salt: 9, []) }

    /// Makes a call and reads its answer as the interface says.
    func answer<Value>(_ call: ContractCall<Value>, by people: Person...) throws -> Value {
        try world.call(
            .contract(call.contract), call.function.description, call.arguments,
            signedBy: people
        ).decode()
    }

    /// How a call fails.
    func error<Value>(_ call: ContractCall<Value>) throws -> String {
        try world.error(.contract(call.contract), call.function.description, call.arguments)
    }
}

/// What the host says when a check of the contract fails.
let trap = "Error(WasmVm, InvalidAction)"

func unhex(_ digits: String) -> [UInt8] {
    var bytes: [UInt8] = []
    var rest = digits[...]
    while let byte = UInt8(rest.prefix(2), radix: 16) {
        bytes.append(byte)
        rest = rest.dropFirst(2)
    }
    return bytes
}
