/// The hash by which an event's members are compared with the attribute names of subscriptions.
///
/// Fast and not keyed: equal hashes only suggest equal names, so every hit is confirmed by the bytes.
package enum KeyHash {
    /// The hash of a name's UTF-8 bytes.
    @inline(__always)
    package static func hash(_ bytes: UnsafeRawBufferPointer) -> UInt32 {
        guard let base = bytes.baseAddress else { return hash(UnsafeRawPointer(bitPattern: 1)!, count: 0) }
        return hash(base, count: bytes.count)
    }

    /// The hash of a name's UTF-8 bytes.
    package static func hash(_ name: String) -> UInt32 {
        var name = name
        return name.withUTF8 { hash(UnsafeRawBufferPointer($0)) }
    }

    /// Eight bytes at a time; the last word overlaps the one before it, so nothing outside the name is read.
    @inline(__always)
    static func hash(_ base: UnsafeRawPointer, count: Int) -> UInt32 {
        var state = UInt64(truncatingIfNeeded: count) &* 0x9E37_79B9_7F4A_7C15
        if count >= 8 {
            var offset = 0
            while offset &+ 8 < count {
                state = mix(state ^ base.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
                offset &+= 8
            }
            state = mix(state ^ base.loadUnaligned(fromByteOffset: count &- 8, as: UInt64.self))
        } else if count >= 4 {
            let low = base.loadUnaligned(as: UInt32.self)
            let high = base.loadUnaligned(fromByteOffset: count &- 4, as: UInt32.self)
            state = mix(state ^ (UInt64(low) | UInt64(high) << 32))
        } else if count > 0 {
            let first = base.load(as: UInt8.self)
            let middle = base.load(fromByteOffset: count >> 1, as: UInt8.self)
            let last = base.load(fromByteOffset: count &- 1, as: UInt8.self)
            state = mix(state ^ (UInt64(first) | UInt64(middle) << 8 | UInt64(last) << 16))
        }
        return UInt32(truncatingIfNeeded: state ^ state >> 32)
    }

    /// One folded 64 × 64 multiplication.
    @inline(__always)
    private static func mix(_ word: UInt64) -> UInt64 {
        let product = (word ^ 0xD6E8_FEB8_6659_FD93).multipliedFullWidth(by: 0xA076_1D64_78BD_642F)
        return product.high ^ product.low
    }
}
