internal import CHiredis

/// What Redis answered.
enum RedisReply: Sendable, Hashable {
    case null
    case integer(Int64)
    case bytes([UInt8])
    case array([RedisReply])
    case error(String)

    /// Reads a reply of hiredis and frees nothing.
    init(_ reply: UnsafePointer<redisReply>) {
        let bytes = { UnsafeRawBufferPointer(start: reply.pointee.str, count: reply.pointee.len) }
        switch reply.pointee.type {
        case REDIS_REPLY_INTEGER: self = .integer(Int64(reply.pointee.integer))
        case REDIS_REPLY_STRING, REDIS_REPLY_STATUS: self = .bytes([UInt8](bytes()))
        case REDIS_REPLY_ERROR: self = .error(String(decoding: bytes(), as: UTF8.self))
        case REDIS_REPLY_ARRAY:
            self = .array(
                (0..<reply.pointee.elements).map { index in
                    reply.pointee.element[index].map { RedisReply($0) } ?? .null
                })
        default: self = .null
        }
    }
}

/// Redis did not do it.
enum RedisError: Error, Hashable, Sendable, CustomStringConvertible {
    /// It is not there, or did not answer in time.
    case unreachable(String)
    /// It refused.
    case refused(String)

    var description: String {
        switch self {
        case .unreachable(let reason): "Redis cannot be reached: \(reason)"
        case .refused(let reason): "Redis refused: \(reason)"
        }
    }
}
