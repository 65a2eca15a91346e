import Cryptography
import HTTP
import Stellar
import StellarSandbox
import StellarXDR
import WebAssembly

/// What is in a contract's wasm.
struct ModuleReport {
    private let wasm: [UInt8]
    private let name: String
    private let module: Result<WasmModule, WasmError>

    init(name: String, wasm: [UInt8]) {
        self.name = name
        self.wasm = wasm
        module = Result { () throws(WasmError) in try WasmModule(decoding: wasm) }
    }

    /// Lines for people.
    var text: String {
        var lines = [
            ("Module", "\(name), \(wasm.count) bytes"), ("SHA-256", "\(wasm.codeHash)"),
        ]
        if case .success(let module) = module { lines += contents(of: module) }
        if let spec = try? ContractSpec(wasm: wasm) {
            for function in spec.functions { lines.append(("Function", function.signature)) }
            for error in spec.errors.flatMap(\.cases) {
                lines.append(("Error", "\(error.value) \(error.name)"))
            }
            for event in spec.events { lines.append(("Event", "\(event.name)")) }
        } else {
            lines.append(("Function", "unknown: it has no interface that can be read"))
        }
        for entry in (try? ContractMeta(wasm: wasm))?.entries ?? [] {
            lines.append(("Meta", "\(entry.key) = \(entry.val)"))
        }
        return lines.map { "\($0.padding(to: 10))\($1)" }.joined(separator: "\n")
    }

    /// Uploads it to a network of its own that has the public network's limits.
    /// - Returns: what the upload costs, in stroops.
    /// - Throws: ``ContractToolError/refused(_:)``.
    func upload() async throws -> Int64 {
        var configuration = StellarSandbox.Configuration(now: { UInt64(Clock.seconds()) })
        configuration.port = 0
        // Room for base64 and what is around it.
        configuration.bodyBytesMax = max(configuration.bodyBytesMax, 2 * wasm.count + 65_536)
        let sandbox = try await StellarSandbox.start(configuration)
        let client = HTTPClient()
        let result: Result<Int64, any Error>
        do {
            result = .success(try await upload(to: sandbox, over: client))
        } catch {
            result = .failure(error)
        }
        client.shutDown()
        await sandbox.stop()
        return try result.get()
    }

    private func upload(to sandbox: StellarSandbox, over client: HTTPClient) async throws -> Int64 {
        let rpc = SorobanRPC(url: sandbox.rpcURL, client: client)
        let key = try KeyPair(secret: sandbox.rootSecret)
        do {
            let transaction = try await rpc.perform(
                .upload(wasm: wasm), by: key, on: Network(passphrase: sandbox.passphrase))
            return transaction.envelope.transaction.resourceFeeStroops
        } catch RPCError.simulationFailed(let failure) {
            throw ContractToolError.refused(reason ?? failure.message)
        } catch let error as TransactionFailure {
            throw ContractToolError.refused(reason ?? "\(error)")
        } catch RPCError.transactionRefused(_, let result) {
            throw ContractToolError.refused(
                reason ?? "its upload breaks a limit of the network "
                    + "(\(result.map { "\($0)" } ?? "unknown"))")
        }
    }

    /// What is wrong with it, where that can be said better than the host does.
    private var reason: String? {
        switch module {
        case .failure(let error):
            return error.message + (error.offset.map { " (at byte \($0))" } ?? "")
        case .success(let module):
            guard module.customSection(named: Self.versionSection) == nil else { return nil }
            return
                "the section \(Self.versionSection) is missing, which says for which protocol it "
                + "was built: build it with a contract SDK"
        }
    }

    private static let versionSection = "contractenvmetav0"

    private func contents(of module: WasmModule) -> [(String, String)] {
        let counts = module.counts
        return [
            (
                "Contents",
                "\(counts.functions) functions, \(counts.instructions) instructions, "
                    + "\(module.initialMemoryPages ?? 0) pages of memory"
            ),
            ("Features", Self.features(of: module)),
            ("Protocol", Self.protocolVersion(of: module)),
            ("Imports", Self.list(module.imports.map { "\($0.module).\($0.name)" })),
            ("Exports", Self.list(module.exports.map(\.name))),
        ]
    }

    private static func list(_ names: [String]) -> String {
        names.isEmpty ? "none" : names.joined(separator: " ")
    }

    /// The oldest protocol that it runs on.
    private static func protocolVersion(of module: WasmModule) -> String {
        guard let section = module.customSection(named: versionSection),
            case .interfaceVersion(let version)? = try? SCEnvMetaEntry(xdr: section)
        else { return "unknown: the section \(versionSection) is missing or wrong" }
        return "\(version.protocol) or newer"
    }

    /// What its compiler says that it uses, in the tool conventions' section: a count, then for
    /// each a sign and a name. Counts and names are shorter than 128, so each length is one byte.
    private static func features(of module: WasmModule) -> String {
        guard let section = module.customSection(named: "target_features") else {
            return "not declared"
        }
        var rest = section.dropFirst()
        var names: [String] = []
        while let sign = rest.popFirst(), let count = rest.popFirst() {
            let name = String(decoding: rest.prefix(Int(count)), as: UTF8.self)
            if sign == UInt8(ascii: "+") { names.append(name) }
            rest = rest.dropFirst(Int(count))
        }
        return list(names)
    }
}

extension [UInt8] {
    /// By what a ledger knows this wasm.
    var codeHash: Hash { Hash(fitting: SHA256.hash(self)) }
}
