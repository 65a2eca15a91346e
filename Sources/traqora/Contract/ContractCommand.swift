import Cryptography
import Foundation
import Stellar
import StellarXDR

/// `traqora contract …`: what somebody needs who has a contract's wasm.
let contractCommands = [
    contractCheckCommand, contractDeployCommand, contractInvokeCommand,
]

/// `traqora contract check`
let contractCheckCommand = Command(
    "contract check", "Say what is in a contract's wasm, and whether the network would take it.",
    .argument("wasm", "The file of the module.", parseText)
) { file in
    let report = ModuleReport(name: file, wasm: try readModule(file))
    say(report.text)
    let fee = try await report.upload()
    say("Taken     by the host; to upload it costs \(fee) stroops at the public network's prices")
}

/// `traqora contract deploy`
let contractDeployCommand = Command(
    "contract deploy", "Make a contract of a wasm file, and print its id.",
    .argument("wasm", "The file of the module.", parseText),
    .rpc, .passphrase, .secretFile,
    .option(
        "salt", "HEX", "32 bytes that with the account make the id; at random unless said.",
        default: nil, parseSalt),
    .namedValues("What the constructor is given.")
) { file, rpc, passphrase, secretFile, salt, arguments in
    let wasm = try readModule(file)
    let access = try NetworkAccess(
        rpc: rpc, passphrase: passphrase, secretFile: secretFile, signs: true)
    let id = try await access.use { access in
        try await access.deploy(
            wasm, salt: salt ?? Uint256(fitting: SecureRandom.bytes(32)), arguments)
    }
    say(id.contractText)
}

/// `traqora contract invoke`
let contractInvokeCommand = Command(
    "contract invoke", "Call a contract's function, and print what it returns as XDR-JSON.",
    .argument("contract", "The contract's id.", parseContract),
    .argument("function", "The function's name.", parseText),
    .flag("send", "Sign the call and send it; without this it is only tried."),
    .rpc, .passphrase, .secretFile,
    .namedValues("What the function is given.")
) { contract, function, sends, rpc, passphrase, secretFile, arguments in
    let access = try NetworkAccess(
        rpc: rpc, passphrase: passphrase, secretFile: secretFile, signs: sends)
    let value = try await access.use { access in
        try await access.call(contract, function, arguments, sends: sends)
    }
    say("\(try value.json())")
}

/// The bytes of a module.
private func readModule(_ file: String) throws -> [UInt8] {
    guard let data = FileManager.default.contents(atPath: file) else {
        throw ContractToolError.unreadable(file)
    }
    return [UInt8](data)
}
