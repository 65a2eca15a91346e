/// The objects of one invocation, and which of them each frame was given.
///
/// Inside the host a handle is absolute. The code of a frame sees handles into a table of its own,
/// which grows with every object handed to it, the same one twice included.
struct ObjectTable {
    private(set) var objects: [HostObject] = []
    /// Whether any of them is a muxed address.
    private(set) var hasMuxed = false
    /// What the running frames were given, the innermost frame's last.
    private var given: [Val] = []
    /// Where each running frame's part of ``given`` begins.
    private var frameStarts: [Int] = []

    mutating func append(_ object: HostObject) -> Val {
        if case .muxedAddress = object { hasMuxed = true }
        objects.append(object)
        return .object(object.tag, index: objects.count - 1)
    }

    /// The object of an absolute handle, if the handle is one and its tag is the object's.
    func object(of val: Val) -> HostObject? { has(val) ? objects[val.objectIndex] : nil }

    /// Whether ``object(of:)`` would find an object; that copies nothing of it.
    func has(_ val: Val) -> Bool {
        val.isObject && val.major & 1 == 1 && val.objectIndex < objects.count
            && objects[val.objectIndex].tag == val.tag
    }

    /// A frame begins that can be given objects.
    mutating func enterFrame() { frameStarts.append(given.count) }

    /// The innermost frame ends.
    mutating func leaveFrame() {
        given.removeLast(given.count - frameStarts.removeLast())
    }

    /// The handle under which the innermost frame will know the object.
    mutating func relative(_ val: Val) -> Val? {
        guard let start = frameStarts.last, let tag = val.tag else { return nil }
        given.append(val)
        return Val(tag, major: UInt32(truncatingIfNeeded: (given.count - 1 - start) << 1))
    }

    /// The object that the innermost frame knows under a handle, if it was given it.
    func absolute(_ val: Val) -> Val? {
        guard let start = frameStarts.last, val.major & 1 == 0,
            val.objectIndex < given.count - start
        else { return nil }
        let absolute = given[start + val.objectIndex]
        return absolute.tag == val.tag ? absolute : nil
    }
}
