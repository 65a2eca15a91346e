import StellarXDR

/// Why a contract cannot be checked, made or called, and what to do.
enum ContractToolError: Error, Hashable, CustomStringConvertible {
    /// The file is not there, or not for us.
    case unreadable(String)
    /// The file cannot be made.
    case unwritable(String)
    /// The host does not take the module.
    case refused(String)
    /// The file holds no interface, so that nobody could call the contract by names.
    case noInterfaceInFile
    /// There is a contract of this account and salt already.
    case exists(ContractID)
    /// The server is another network's.
    case otherNetwork(found: String, wanted: String)
    /// Nobody is there to sign.
    case noKey
    /// There is no such contract.
    case noContract(ContractID)
    /// The contract has no interface of its own that could be read.
    case noInterface(ContractID)
    /// The contract has no such function.
    case noFunction(String, known: [String])
    /// An argument is missing.
    case missing(String, type: String)
    /// The function has no such parameter.
    case unknown(String, known: [String])
    /// The text is no value of the parameter's type.
    case badValue(String, of: String, type: String, reason: String)
    /// The contract ended the call with an error of its own.
    case contractError(UInt32, name: String, doc: String)
    /// There is something already where the package would be.
    case folderExists(String)
    /// Nobody knows where Traqora's sources are, or they are not in the folder that was named.
    case noSources(String?)
    /// Tests failed, and said so.
    case testsFailed
    /// Others must sign too.
    case needsOthers(function: String)

    var description: String {
        switch self {
        case .unreadable(let file):
            "“\(file)” cannot be read: name the wasm file of a contract"
        case .unwritable(let file):
            "“\(file)” cannot be written: name a file in a folder that is there"
        case .refused(let reason): "the host refuses this module: \(reason)"
        case .noInterfaceInFile:
            "the file is no module with an interface: traqora contract check says what is in it"
        case .exists(let id):
            "this account has made \(id.contractText) with the same salt: leave --salt out, or "
                + "give another"
        case .otherNetwork(let found, let wanted):
            "the RPC server is of the network “\(found)”, not “\(wanted)”: give its passphrase "
                + "with --network-passphrase, or another server with --rpc"
        case .noKey:
            "there is no key to sign with: name its file with --secret-file, or set "
                + "STELLAR_SECRET_KEY"
        case .noContract(let id):
            "there is no contract \(id.contractText) on this network: check its id and --rpc"
        case .noInterface(let id):
            "the contract \(id.contractText) says nothing of its functions: it is an asset's own, "
                + "or was built without its interface"
        case .noFunction(let name, let known):
            "the contract has no function \(name)\(Self.hint(name, known))"
        case .missing(let name, let type):
            "the argument \(name) is missing: add \(name)=VALUE, of type \(type)"
        case .unknown(let name, let known):
            "there is no parameter \(name)\(Self.hint(name, known))"
        case .badValue(let text, let name, let type, let reason):
            "“\(text)” is no value for \(name), of type \(type): \(reason)"
        case .contractError(let code, let name, let doc):
            "the contract refuses with error \(code), \(name)\(doc.isEmpty ? "" : ": \(doc)")"
        case .folderExists(let name):
            "there is something called \(name) here already: use another name, or another folder"
        case .noSources(let folder):
            "\(folder.map { "\($0) is no checkout of Traqora" } ?? "Traqora's sources are not here")"
                + ": a contract is compiled with the SDK in them; name their folder with --sources"
        case .testsFailed: "the package's tests failed"
        case .needsOthers(let function):
            "\(function) needs the consent of others than the account that sends it: let them "
                + "send it, with --secret-file"
        }
    }

    private static func hint(_ name: String, _ known: [String]) -> String {
        if let near = nearest(to: name, among: known) { return "; did you mean \(near)?" }
        return known.isEmpty ? "; there are none" : "; there are \(known.joined(separator: ", "))"
    }
}
