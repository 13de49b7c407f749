import BusWire

/// One of the six fields of a line of cron: which numbers and names it takes, as fugit 1.5.2 reads them.
enum CronField: CaseIterable {
    case seconds, minutes, hours, monthDays, months, weekdays

    /// What messages call it.
    var title: String {
        switch self {
        case .seconds: "seconds"
        case .minutes: "minutes"
        case .hours: "hours"
        case .monthDays: "days of the month"
        case .months: "months"
        case .weekdays: "days of the week"
        }
    }

    /// The values that it goes through.
    var cycle: ClosedRange<Int> {
        switch self {
        case .seconds, .minutes: 0...59
        case .hours: 0...23
        case .monthDays: 1...31
        case .months: 1...12
        case .weekdays: 0...6
        }
    }

    /// The numbers that may be written: 24 is midnight, 7 is Sunday.
    var writable: ClosedRange<Int> {
        switch self {
        case .hours: 0...24
        case .weekdays: 0...7
        default: cycle
        }
    }

    private var names: [String] {
        switch self {
        case .months: ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
        case .weekdays: ["sun", "mon", "tue", "wed", "thu", "fri", "sat"]
        default: []
        }
    }

    /// Reads a number or a name; negative days of the month count from its end, `L` and `last` are -1.
    func value(_ scan: inout ByteScanner) throws(ScheduleError) -> Int {
        if let index = scan.word(of: names) { return cycle.lowerBound + index }
        if self == .monthDays, scan.word(of: ["last", "l"]) != nil { return -1 }
        let isNegative = self == .monthDays && scan.skip("-")
        let digits = scan.digits()
        guard let number = Int(digits) else { throw missingValue(scan.rest) }
        guard writable.contains(number), digits.utf8.count <= (self == .weekdays ? 1 : 2) else {
            throw ScheduleError(
                "The \(title) go from \(writable.lowerBound) to \(writable.upperBound), so \(digits.abbreviated) is none of them."
            )
        }
        return isNegative ? -number : number
    }

    private func missingValue(_ rest: String) -> ScheduleError {
        let hint =
            switch rest.first {
            case "?": "write * instead of ?"
            case "H", "h": "H is not supported, write the number itself"
            case nil: "a value is missing"
            default: "'\(rest)' is neither a number\(names.isEmpty ? "" : " nor a name of three letters") nor *"
            }
        return ScheduleError("The \(title) cannot be read: \(hint).")
    }
}
