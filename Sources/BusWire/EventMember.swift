/// One top-level member of an event's inner object, as spans of the doubly escaped text.
///
/// Offsets count from the start of ``EventScan/bytes``. A string's span is what stands between its quotes; any other
/// value's span is its whole text.
@usableFromInline package struct EventMember: Sendable {
    /// What a value is, told from its text.
    @usableFromInline package enum Kind: UInt8, Sendable {
        case null, `true`, `false`, integer, float, string, array, object
    }

    package let keyStart: UInt32
    package let keyEnd: UInt32
    package let valueStart: UInt32
    package let valueEnd: UInt32
    /// ``KeyHash`` of the decoded key.
    package let keyHash: UInt32
    package let kind: Kind
    /// The key's span holds no escape: its bytes are the key.
    package let keyIsVerbatim: Bool
    /// The value's span holds no escape: for a string or a number its bytes are the value's text.
    package let valueIsVerbatim: Bool
}

/// The members that the driver itself writes, and so must look for in an event.
struct KnownMembers: OptionSet {
    let rawValue: UInt8

    static let drivenAt = KnownMembers(rawValue: 1)
    static let riderQueue = KnownMembers(rawValue: 2)
    static let riderAppKey = KnownMembers(rawValue: 4)
    static let riderSubKey = KnownMembers(rawValue: 8)
    static let riderClassName = KnownMembers(rawValue: 16)
    static let classProxy = KnownMembers(rawValue: 32)

    /// Which of them `key` names; empty for any other name.
    @inline(__always)
    static func named(_ key: UnsafeRawPointer, count: Int) -> KnownMembers {
        // All begin with "bus_", and only these lengths occur.
        guard count >= 13, count <= 20,
            UInt32(littleEndian: key.loadUnaligned(as: UInt32.self)) == 0x5F73_7562
        else { return [] }
        switch count {
        case 13: return isEqual(key, "bus_driven_at") ? .drivenAt : []
        case 15:
            if isEqual(key, "bus_class_proxy") { return .classProxy }
            return isEqual(key, "bus_rider_queue") ? .riderQueue : []
        case 17:
            if isEqual(key, "bus_rider_app_key") { return .riderAppKey }
            return isEqual(key, "bus_rider_sub_key") ? .riderSubKey : []
        case 20: return isEqual(key, "bus_rider_class_name") ? .riderClassName : []
        default: return []
        }
    }

    /// Whether the bytes at `key` begin with `name`, which must have 8 bytes or more.
    @inline(__always)
    static func isEqual(_ key: UnsafeRawPointer, _ name: StaticString) -> Bool {
        let name = UnsafeRawBufferPointer(start: name.utf8Start, count: name.utf8CodeUnitCount)
        var offset = 0
        while offset &+ 8 < name.count {
            guard
                key.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
                    == name.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
            else { return false }
            offset &+= 8
        }
        return key.loadUnaligned(fromByteOffset: name.count &- 8, as: UInt64.self)
            == name.loadUnaligned(fromByteOffset: name.count &- 8, as: UInt64.self)
    }
}
