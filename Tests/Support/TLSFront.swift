import Foundation

/// TLS in front of a server on this machine that has none: from the first byte, or once a mail
/// client says `STARTTLS`. It ends with this process.
public final class TLSFront: Sendable {
    /// Where it listens.
    public let port: Int
    /// What it shows.
    public let certificates: ScratchCertificates
    private let process: ServerProcess

    /// Listens on a free port.
    /// - Parameters:
    ///   - backend: the port of the server behind it.
    ///   - startsInClear: whether a mail client is greeted in the clear and has to ask.
    ///   - days: how long its certificate is good.
    public static func start(
        before backend: Int, startsInClear: Bool = false, days: Int = 2
    ) async throws -> TLSFront {
        try await onThread { try TLSFront(backend, startsInClear, days) }
    }

    private init(_ backend: Int, _ startsInClear: Bool, _ days: Int) throws {
        let folder = try ServerProcess.scratchFolder("tls")
        certificates = try ScratchCertificates(in: folder, days: days)
        process = try ServerProcess(
            ["python3", "-c", Self.script, "\(backend)", startsInClear ? "clear" : "tls"],
            folder: folder, stop: "kill -s KILL $server")
        let place = folder.appendingPathComponent("port")
        for _ in 0..<200 {
            if let text = try? String(contentsOf: place, encoding: .utf8), let port = Int(text) {
                self.port = port
                return
            }
            usleep(50_000)
        }
        let log = folder.appendingPathComponent("server.log")
        throw ServerProcess.Failure(
            description: (try? String(contentsOf: log, encoding: .utf8)) ?? "no TLS front")
    }

    private static let script = """
        import os, socket, ssl, sys, threading
        backend, mode = int(sys.argv[1]), sys.argv[2]
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain("server.pem", "server.key")
        listener = socket.create_server(("127.0.0.1", 0))
        with open("port.new", "w") as file:
            file.write(str(listener.getsockname()[1]))
        os.rename("port.new", "port")

        def line(stream):
            text = b""
            while not text.endswith(b"\\r\\n"):
                byte = stream.recv(1)
                if not byte:
                    raise OSError("gone")
                text += byte
            return text

        def pump(source, target):
            try:
                while True:
                    piece = source.recv(65536)
                    if not piece:
                        break
                    target.sendall(piece)
            except OSError:
                pass
            for stream in (source, target):
                try:
                    stream.shutdown(socket.SHUT_RDWR)
                except OSError:
                    pass

        def serve(peer):
            try:
                if mode == "clear":
                    peer.sendall(b"220 front\\r\\n")
                    while not line(peer).upper().startswith(b"STARTTLS"):
                        peer.sendall(b"250-front\\r\\n250 STARTTLS\\r\\n")
                    peer.sendall(b"220 go on\\r\\n")
                peer = context.wrap_socket(peer, server_side=True)
                behind = socket.create_connection(("127.0.0.1", backend))
                if mode == "clear":
                    line(behind)
            except OSError:
                peer.close()
                return
            threading.Thread(target=pump, args=(peer, behind), daemon=True).start()
            pump(behind, peer)

        while True:
            threading.Thread(target=serve, args=(listener.accept()[0],), daemon=True).start()
        """
}
