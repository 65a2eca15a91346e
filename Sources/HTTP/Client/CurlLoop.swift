internal import CCurl
internal import Foundation
internal import Telemetry

/// The thread that drives all transfers of a client.
///
/// Everyone else only leaves a message and wakes it up.
final class CurlLoop: Sendable {
    private enum Message {
        case add(Transfer)
        case cancel(Transfer)
        case proceed(Transfer)
    }

    private enum Phase {
        case idle
        case running
        /// Goes on until the last transfer is over.
        case finishing
        case shutDown
    }

    private struct State {
        var phase = Phase.idle
        var messages: [Message] = []
        var multi: Multi?
    }

    // Safe: only the thread uses it, but for `curl_multi_wakeup`, which is made for others; it is
    // freed under the lock under which they find it.
    private struct Multi: @unchecked Sendable {
        let pointer: UnsafeMutableRawPointer
    }

    private let state = Lock(State())

    func add(_ transfer: Transfer) {
        transfer.channel?.onChange(
            proceed: { [weak self, transfer] in _ = self?.post(.proceed(transfer)) },
            abandon: { [weak self, transfer] in self?.cancel(transfer) })
        if !post(.add(transfer)) { transfer.fail(.shutDown) }
    }

    func cancel(_ transfer: Transfer) {
        transfer.fail(.cancelled)
        post(.cancel(transfer))
    }

    /// No transfers will be added; what is under way goes on.
    func finish() { end(.finishing) }

    /// Nothing goes on.
    func shutDown() { end(.shutDown) }

    private func end(_ phase: Phase) {
        state.withLock { state in
            if state.phase != .shutDown { state.phase = phase }
            if let multi = state.multi { curl_multi_wakeup(multi.pointer) }
        }
    }

    /// Leaves a message, starting the thread with the first; `false` if none are taken any more.
    @discardableResult
    private func post(_ message: Message) -> Bool {
        state.withLock { state in
            switch state.phase {
            case .shutDown: return false
            case .finishing where state.multi == nil: return false
            case .idle:
                guard CurlLibrary.isReady, let multi = curl_multi_init() else {
                    return false
                }
                let made = Multi(pointer: multi)
                state.multi = made
                state.phase = .running
                Thread.detachNewThread { self.run(made) }
            case .running, .finishing: break
            }
            state.messages.append(message)
            if let multi = state.multi { curl_multi_wakeup(multi.pointer) }
            return true
        }
    }

    private func run(_ multi: Multi) {
        var handles: [ObjectIdentifier: (EasyHandle, Transfer)] = [:]
        while takeMessages(multi, &handles) {
            var running: Int32 = 0
            curl_multi_perform(multi.pointer, &running)
            collect(multi, &handles)
            let isWatching = giveUpOnHeads(multi, &handles)
            curl_multi_poll(multi.pointer, nil, 0, isWatching ? 50 : 60_000, nil)
        }
        for (easy, transfer) in handles.values {
            curl_multi_remove_handle(multi.pointer, easy.pointer)
            transfer.fail(.shutDown)
            easy.free()
        }
        curl_multi_cleanup(multi.pointer)
    }

    /// Does what others asked for; `false` at the end, when nobody can reach the handle any more.
    private func takeMessages(
        _ multi: Multi, _ handles: inout [ObjectIdentifier: (EasyHandle, Transfer)]
    ) -> Bool {
        let (messages, goesOn) = state.withLock { state in
            defer { state.messages = [] }
            let isIdle = state.messages.isEmpty && handles.isEmpty
            let goesOn = state.phase != .shutDown && !(state.phase == .finishing && isIdle)
            if !goesOn { state.multi = nil }
            return (state.messages, goesOn)
        }
        for message in messages {
            switch message {
            case .add(let transfer):
                guard goesOn, !transfer.isOver else {
                    transfer.fail(.shutDown)
                    continue
                }
                guard let easy = EasyHandle(transfer) else {
                    transfer.fail(.unreachable("no memory"))
                    continue
                }
                curl_multi_add_handle(multi.pointer, easy.pointer)
                handles[ObjectIdentifier(transfer)] = (easy, transfer)
            case .cancel(let transfer): remove(transfer, multi, &handles)
            case .proceed(let transfer):
                guard let (easy, _) = handles[ObjectIdentifier(transfer)] else { continue }
                curl_easy_pause(easy.pointer, CURLPAUSE_CONT)
            }
        }
        return goesOn
    }

    /// Tells those whose transfers are over.
    private func collect(
        _ multi: Multi, _ handles: inout [ObjectIdentifier: (EasyHandle, Transfer)]
    ) {
        var left: Int32 = 0
        while let message = curl_multi_info_read(multi.pointer, &left) {
            guard message.pointee.msg == CURLMSG_DONE, let easy = message.pointee.easy_handle,
                let context = traqora_curl_private(easy)
            else { continue }
            let code = traqora_curl_result(message)
            let transfer = Unmanaged<Transfer>.fromOpaque(context).takeUnretainedValue()
            let error = handles[ObjectIdentifier(transfer)]?.0.error(code, transfer.request)
            remove(transfer, multi, &handles)
            transfer.finish(error)
        }
    }

    /// A stream has no limit of time but for its head, which libcurl does not know of.
    private func giveUpOnHeads(
        _ multi: Multi, _ handles: inout [ObjectIdentifier: (EasyHandle, Transfer)]
    ) -> Bool {
        var isWatching = false
        for (_, transfer) in handles.values
        where transfer.channel != nil && transfer.isWaitingForHead {
            isWatching = true
            guard transfer.isLate(at: monotonicNanoseconds()) else { continue }
            remove(transfer, multi, &handles)
            transfer.fail(.timedOut)
        }
        return isWatching
    }

    private func remove(
        _ transfer: Transfer, _ multi: Multi,
        _ handles: inout [ObjectIdentifier: (EasyHandle, Transfer)]
    ) {
        guard let (easy, _) = handles.removeValue(forKey: ObjectIdentifier(transfer)) else {
            return
        }
        curl_multi_remove_handle(multi.pointer, easy.pointer)
        easy.free()
    }
}
