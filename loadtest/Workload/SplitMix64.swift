/// A random number generator whose outputs can also be asked for by number, so that what belongs to a number needs not
/// be stored.
struct SplitMix64: RandomNumberGenerator, Sendable {
    private var state: UInt64

    private static let step: UInt64 = 0x9E37_79B9_7F4A_7C15

    init(seed: UInt64) {
        state = seed
    }

    mutating func next() -> UInt64 {
        state &+= Self.step
        return Self.mixed(state)
    }

    /// The output that comes after `number` others, without changing the state.
    func output(_ number: Int) -> UInt64 {
        Self.mixed(state &+ (UInt64(truncatingIfNeeded: number) &+ 1) &* Self.step)
    }

    /// Another number in which every bit depends on every bit of `word`.
    static func mixed(_ word: UInt64) -> UInt64 {
        var word = word
        word = (word ^ word >> 30) &* 0xBF58_476D_1CE4_E5B9
        word = (word ^ word >> 27) &* 0x94D0_49BB_1331_11EB
        return word ^ word >> 31
    }
}
