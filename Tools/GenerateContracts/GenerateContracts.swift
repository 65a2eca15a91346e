import ContractBuild
import Cryptography
import Foundation

/// `GenerateContracts [--accept]`: builds the contracts, completes and checks them, compares them
/// with `Contracts/contracts.lock.json`, and writes them where the program finds them.
///
/// A build that differs from the lock is an error and changes nothing; `--accept` makes it the new
/// lock.
@main
struct GenerateContracts {
    /// The contracts, and how large each may become: the upload is paid by the byte, and then the
    /// rent of the code.
    static let contracts = [
        Contract(name: "Token", standards: "41,49", limit: 8_000),
        Contract(name: "Airline", standards: "49", limit: 10_000),
        Contract(name: "FlightRegistry", standards: "49", limit: 12_000),
        Contract(name: "Booking", standards: "49", limit: 20_000),
        Contract(name: "Refund", standards: "49", limit: 9_000),
        Contract(name: "Loyalty", standards: "49", limit: 10_000),
        Contract(name: "Governance", standards: "49", limit: 14_000),
    ]

    /// What the tests of the SDK call.
    static let specimens = [
        Contract(name: "Specimen", standards: nil, limit: 65_536, isShipped: false),
        Contract(name: "Tower", standards: nil, limit: 65_536, isShipped: false),
        // The limit is the size of the Rust reference token.
        Contract(name: "Coin", standards: "41", limit: 7_300, isShipped: false),
    ]

    static func main() throws {
        do {
            try run(in: ".", isAccepting: CommandLine.arguments.dropFirst().contains("--accept"))
        } catch let failure as BuildFailure {
            FileHandle.standardError.write(Data("contracts: \(failure.message)\n".utf8))
            exit(1)
        }
    }

    /// Builds everything in a checkout, and writes what differs.
    static func run(in checkout: String, isAccepting: Bool) throws {
        let builder = ContractBuilder(
            package: "\(checkout)/Contracts", environment: ProcessInfo.processInfo.environment)
        let host = try HostTable(checkout: checkout)
        let specifications = try builder.specifications()
        var lock = Lock()
        var files: [(path: String, text: String)] = []
        // A contract whose folder is not there yet has no interface.
        let built = (contracts + specimens).filter { specifications[$0.name] != nil }
        let list = ContractList(contracts: built.filter(\.isShipped))
        files.append((ContractList.output, list.source()))
        for contract in built {
            let descriptions = specifications[contract.name] ?? []
            let code = try builder.optimised(contract.name)
            var assembly = contract.assembly
            assembly.metadata.append(
                ("source_rev", try SourceRevision.of(contract.name, in: checkout)))
            let wasm = try assembly.assemble(code, descriptions, for: host)
            let hash = hexadecimal(SHA256.hash(wasm))
            lock.contracts[contract.name] = Lock.Entry(bytes: wasm.count, sha256: hash)
            files.append((contract.output, contract.source(of: wasm, hash: hash)))
            let whole = Data(descriptions.first ?? []).base64EncodedString(options: [
                .lineLength76Characters, .endLineWithLineFeed,
            ])
            files.append((contract.interface, whole + "\n"))
            print(
                "\(contract.name): \(wasm.count) of \(contract.limit) bytes, \(hash)")
        }
        let path = "\(checkout)/Contracts/contracts.lock.json"
        if !isAccepting { try lock.compare(with: Lock(contentsOf: path)) }
        try lock.write(to: path)
        for file in files { try write(file.text, to: "\(checkout)/\(file.path)") }
    }

    private static func write(_ text: String, to path: String) throws {
        guard (try? String(contentsOfFile: path, encoding: .utf8)) != text else { return }
        let folder = URL(fileURLWithPath: path).deletingLastPathComponent()
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try text.write(toFile: path, atomically: true, encoding: .utf8)
    }
}

/// Bytes as digits, two each.
func hexadecimal(_ bytes: some Sequence<UInt8>) -> String {
    bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
}
