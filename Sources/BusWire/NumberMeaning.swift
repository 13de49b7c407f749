/// What a whole number means that comes from Redis, an event or a file, and the range within which it is believed.
///
/// Anybody may have written it. Whoever calculates with such a number reads it by this, so that no sum, product or
/// conversion leaves `Int`; a number beyond its range is as good as none.
package enum NumberMeaning: Sendable {
    /// Seconds since 1970, to the year 9999.
    case epochSecond
    /// Minutes since 1970, the first one not among them, to the year 9999.
    case epochMinute
    /// Milliseconds since 1970, to the year 9999.
    case epochMillisecond
    /// What a driver or a rider counts its batches and settlements by. Lua's numbers are exact up to this.
    case sequence

    /// Both ends are believed.
    package var range: ClosedRange<Int> {
        switch self {
        case .epochSecond: 0...253_402_300_799
        case .epochMinute: 1...253_402_300_799 / 60
        case .epochMillisecond: 0...253_402_300_799_999
        case .sequence: 0...1 << 53
        }
    }

    /// The number, if it can be believed.
    package func believed(_ number: Int) -> Int? { range.contains(number) ? number : nil }

    /// The number that a text is in decimal digits, if it is one and can be believed.
    package func read(_ text: String) -> Int? { Int(text).flatMap(believed) }
}
