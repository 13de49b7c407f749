/// One element of a field's list: `*`, `5`, `1-10/3`, `/20`.
struct CronTerm: Hashable {
    /// Nothing for `*` and for a step alone.
    var first: Int?
    var last: Int?
    var step: Int?

    /// Reads one; `field` tells which values there are.
    init(_ scan: inout ByteScanner, in field: CronField) throws(ScheduleError) {
        if !scan.skip("*"), !scan.rest.hasPrefix("/") {
            first = try field.value(&scan)
            if scan.skip("-") { last = try field.value(&scan) }
        }
        guard scan.skip("/") else { return }
        let digits = scan.digits()
        guard let step = Int(digits), digits.utf8.count <= 2 else {
            throw ScheduleError("The \(field.title) have a step that is not a number from 1 to 99.")
        }
        self.step = step
    }

    /// The values in the field, or nothing if it holds for all.
    ///
    /// A step counts from the first value, through the end of the cycle where the range wraps.
    func values(in field: CronField) throws(ScheduleError) -> [Int]? {
        guard step != 0 else { throw ScheduleError("The \(field.title) have a step of 0; write 1 or more.") }
        let step = step == 1 ? nil : step
        guard let first else {
            guard let step else { return nil }
            return every(step, of: Array(field.cycle))
        }
        guard var last = last ?? step.map({ _ in field.cycle.upperBound }) else { return [first] }
        if first > 0, last < 0 { last = field.cycle.upperBound }
        guard first >= 0 || last < 0 else {
            throw ScheduleError("A range of days that counts from the month's end must end there too: write -3-L.")
        }
        return every(step ?? 1, of: round(from: first, to: last, in: field.cycle))
    }

    /// From one value to another, through the end of the cycle if need be.
    private func round(from first: Int, to last: Int, in cycle: ClosedRange<Int>) -> [Int] {
        let cycle = first < 0 ? -cycle.upperBound...(-1) : cycle
        if first <= last, last <= cycle.upperBound || first == last { return Array(first...last) }
        // 24 stands for the 0 of the next day.
        let end = last > cycle.upperBound ? last - cycle.upperBound - 1 : last
        let start = first > cycle.upperBound ? [first] : Array(first...cycle.upperBound)
        return start + Array(cycle.lowerBound...end)
    }

    private func every(_ step: Int, of values: [Int]) -> [Int] {
        stride(from: 0, to: values.count, by: step).map { values[$0] }
    }
}
