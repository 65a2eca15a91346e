internal import StellarXDR

extension OperationApplication {
    func invoke(
        _ operation: InvokeHostFunctionOp, on state: inout LedgerState
    ) -> OperationEffect { OperationEffect(.invokeHostFunction(.trapped)) }
    func extendLives(
        _ operation: ExtendFootprintTTLOp, on state: inout LedgerState
    ) -> OperationEffect { OperationEffect(.extendFootprintTtl(.malformed)) }
    func restore(on state: inout LedgerState) -> OperationEffect {
        OperationEffect(.restoreFootprint(.malformed))
    }
}
