extension RPCService {
    struct SimulationParameters: Decodable {
        let transaction: String?
        let xdrFormat: String?
    }

    func simulate(_ parameters: SimulationParameters?) async throws -> NoResult {
        throw SandboxError.unsupported("simulateTransaction")
    }
}
