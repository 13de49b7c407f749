/// An offset from UTC as people write it: `+05:45`, `-0330`, `+5`.
struct UTCOffset {
    let isNegative: Bool
    /// 0…14
    let hours: Int
    /// 0…59
    let minutes: Int

    /// The largest on earth is that of Kiribati.
    private static let longest = 14 * 60

    /// - Returns: nothing if the text is none, or one beyond 14 hours.
    init?(_ text: String) {
        var scan = ByteScanner(text)
        isNegative = scan.skip("-")
        guard isNegative || scan.skip("+") else { return nil }
        var digits = scan.digits()
        if scan.skip(":") {
            let minutes = scan.digits()
            guard 1...2 ~= digits.utf8.count, minutes.utf8.count == 2 else { return nil }
            digits += minutes
        } else if digits.utf8.count <= 2 {
            digits += "00"
        }
        guard scan.isAtEnd, 3...4 ~= digits.utf8.count, let hours = Int(digits.dropLast(2)),
            let minutes = Int(digits.suffix(2)), minutes < 60, hours * 60 + minutes <= Self.longest
        else { return nil }
        (self.hours, self.minutes) = (hours, minutes)
    }

    /// What it adds to UTC.
    var seconds: Int { (isNegative ? -1 : 1) * (hours * 3600 + minutes * 60) }
}
