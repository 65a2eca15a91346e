import Foundation

/// An authority of a test's own and the certificates it signed, as files that servers may read.
public struct ScratchCertificates: Sendable {
    /// The authority's certificate.
    public let authority: String
    /// A certificate for `localhost` and nothing else, signed by the authority.
    public let certificate: String
    /// Its key.
    public let key: String

    let folder: URL

    /// Makes them, in a folder that is removed by whoever owns it.
    /// - Parameter days: how long the certificate is good; a negative number for one that is over.
    init(in folder: URL, days: Int = 2) throws {
        self.folder = folder
        let path = { (name: String) in folder.appendingPathComponent(name).path }
        (authority, certificate, key) = (path("ca.pem"), path("server.pem"), path("server.key"))
        let curve = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]
        try Self.openssl(
            ["req", "-x509", "-subj", "/CN=Scratch", "-days", "2", "-keyout", path("ca.key")]
                + ["-out", authority] + curve)
        try Self.openssl(
            ["req", "-subj", "/CN=localhost", "-keyout", key, "-out", path("server.csr")] + curve)
        try "subjectAltName=DNS:localhost\n".write(
            toFile: path("names"), atomically: false, encoding: .utf8)
        try Self.openssl([
            "x509", "-req", "-in", path("server.csr"), "-CA", authority, "-CAkey", path("ca.key"),
            "-CAcreateserial", "-days", "\(days)", "-extfile", path("names"), "-out", certificate,
        ])
        for name in [authority, certificate, key] {
            try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: name)
        }
    }

    private static func openssl(_ words: [String]) throws {
        try SystemCommand.run(
            ["sh", "-c", #"openssl "$@" >/dev/null 2>&1"#, "sh"] + words)
    }
}
