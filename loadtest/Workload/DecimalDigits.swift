enum DecimalDigits {
    /// Writes the last `count` decimal digits of `number`, with leading zeros.
    ///
    /// - Precondition: `number` is not negative; `count` bytes can be written at `place`.
    static func write(_ number: Int, count: Int, to place: UnsafeMutableRawPointer) {
        var rest = UInt(bitPattern: number)
        for offset in stride(from: count - 1, through: 0, by: -1) {
            place.storeBytes(
                of: UInt8(ascii: "0") &+ UInt8(truncatingIfNeeded: rest % 10), toByteOffset: offset, as: UInt8.self)
            rest /= 10
        }
    }
}
