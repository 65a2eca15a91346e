import Stellar

/// What to do with a package that was just made: commands that can be run as they stand.
struct NextSteps {
    let name: String

    var text: String {
        """
        \(name) is made:

          Sources/\(name)/\(name).swift          the contract
          Tests/\(name)Tests/\(name)Tests.swift  its test, on a network of its own

        Build and test it:

          cd \(name)
          traqora contract build
          traqora contract test

        Then start a network in another terminal, with traqora sandbox, and deploy and call it:

        \(deployment.map { "  \($0)" }.joined(separator: "\n"))

        """
    }

    /// With the account that has everything on a standalone network.
    private var deployment: [String] {
        guard let root = Network.standalone.rootKey() else { return [] }
        return [
            "export STELLAR_SECRET_KEY=\(root.secret)",
            "id=$(traqora contract deploy \(name).wasm limit=3)",
            "traqora contract invoke $id increment person=\(root.address) --send",
            "traqora contract invoke $id count person=\(root.address)",
        ]
    }
}
