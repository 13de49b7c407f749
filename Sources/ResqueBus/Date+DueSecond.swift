import Foundation

extension Date {
    /// The time that nothing can be delayed beyond: the end of the year 9999, in epoch seconds.
    private static let endOfTime = 253_402_300_800.0

    /// The epoch second at which something delayed until this time falls due.
    ///
    /// - Throws: ``BusError`` with `code` for a time that never comes.
    func dueSecond(else code: BusError.Code) throws(BusError) -> Int {
        let second = timeIntervalSince1970.rounded(.down)
        guard second < Self.endOfTime else {
            throw BusError(code, "Nothing can wait for a time after the year 9999; give an earlier one.")
        }
        return Int(max(second, 0))
    }
}
