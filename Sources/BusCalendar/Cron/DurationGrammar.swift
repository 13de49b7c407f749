/// The two ways to write a duration that fugit reads; both give seconds, or nothing if the text is not one.
enum DurationGrammar {
    private struct Unit {
        let seconds: Double
        let names: [String]
        var ignoresCase = true
    }

    private static let day = 86400.0

    /// The longest name comes first.
    private static let units = [
        Unit(seconds: 365 * day, names: ["years", "year", "y"]),
        Unit(seconds: 30 * day, names: ["months", "month", "M"], ignoresCase: false),
        Unit(seconds: 7 * day, names: ["weeks", "week", "w"]),
        Unit(seconds: day, names: ["days", "day", "d"]),
        Unit(seconds: 3600, names: ["hours", "hour", "h"]),
        Unit(seconds: 60, names: ["minutes", "minute", "mins", "min", "m"], ignoresCase: false),
        Unit(seconds: 1, names: ["seconds", "second", "secs", "sec", "ss", "s"]),
    ]

    /// The letters of ISO 8601, up to the day and from the hour.
    private static let isoDates = ["y", "m", "w", "d"]
    private static let isoTimes = ["h", "m", "s"]

    /// `1h30m`, `2 weeks and 1 day`, `90`; nothing at all is zero. A sign holds up to the next blank, comma, `and` or
    /// sign.
    static func plain(_ text: [UInt8]) -> Double? {
        var scan = ByteScanner(text)
        var totals = Array(repeating: 0.0, count: units.count)
        while !scan.isAtEnd {
            let sign = scan.skip("-") ? -1.0 : 1.0
            if sign > 0 { _ = scan.skip("+") }
            var sums = Array(repeating: 0.0, count: units.count)
            var isEmpty = true
            while let (unit, count) = element(&scan) {
                sums[unit] += count
                isEmpty = false
            }
            let isSeparated = separators(&scan)
            guard !isEmpty, !(isSeparated && scan.isAtEnd) else { return nil }
            for unit in units.indices { totals[unit] += sign * sums[unit] }
        }
        return seconds(totals)
    }

    /// A number and its unit; the last number may go without and is seconds. Nothing moves if none comes next.
    private static func element(_ scan: inout ByteScanner) -> (unit: Int, count: Double)? {
        var attempt = scan
        guard let count = decimal(&attempt) else { return nil }
        if attempt.isAtEnd {
            scan = attempt
            return (units.count - 1, count)
        }
        _ = attempt.take { $0 == UInt8(ascii: " ") }
        let unit = units.firstIndex { attempt.word(of: $0.names, ignoresCase: $0.ignoresCase) != nil }
        guard let unit else { return nil }
        scan = attempt
        return (unit, count)
    }

    private static func separators(_ scan: inout ByteScanner) -> Bool {
        var isSeparated = false
        while !scan.take(while: { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") || $0 == UInt8(ascii: ",") })
            .isEmpty || scan.word(of: ["and"]) != nil
        {
            isSeparated = true
        }
        return isSeparated
    }

    /// `P1DT12H`, in whatever case; each number may be negative, that of seconds a fraction.
    static func iso(_ text: [UInt8]) -> Double? {
        var scan = ByteScanner(text)
        guard scan.word(of: ["p"]) != nil else { return nil }
        var totals = Array(repeating: 0.0, count: units.count)
        while let (unit, count) = isoElement(&scan, isoDates) { totals[unit] += count }
        if scan.word(of: ["t"]) != nil {
            let mark = scan.rest
            while let (unit, count) = isoElement(&scan, isoTimes) { totals[isoDates.count + unit] += count }
            guard scan.rest != mark else { return nil }
        }
        return scan.isAtEnd ? seconds(totals) : nil
    }

    private static func isoElement(_ scan: inout ByteScanner, _ letters: [String]) -> (unit: Int, count: Double)? {
        var attempt = scan
        let sign = attempt.skip("-") ? -1.0 : 1.0
        var whole = attempt
        let isWhole = !whole.digits().isEmpty && !whole.skip(".")
        guard let count = decimal(&attempt, endsInDigit: true), let unit = attempt.word(of: letters),
            isWhole || letters[unit] == "s"
        else { return nil }
        scan = attempt
        return (unit, sign * count)
    }

    /// Fugit sums each unit by itself, which decides how fractions are rounded.
    private static func seconds(_ totals: [Double]) -> Double {
        zip(totals, units).reduce(0) { $0 + $1.0 * $1.1.seconds }
    }

    /// `5`, `1.5`, `.5` and, unless it must end in a digit, `5.`
    private static func decimal(_ scan: inout ByteScanner, endsInDigit: Bool = false) -> Double? {
        let whole = scan.digits()
        guard scan.skip(".") else { return Double(whole) }
        let fraction = scan.digits()
        guard !fraction.isEmpty || (!endsInDigit && !whole.isEmpty) else { return nil }
        return Double("\(whole.isEmpty ? "0" : whole).\(fraction.isEmpty ? "0" : fraction)")
    }
}
