import BusOperations
import CommandInterface

extension FilterRemarks {
    /// Writes to standard error how each regular expression is judged, and every remark.
    func tell() {
        for note in notes { StandardError.write("note: \(TextTable.oneLine(note))\n") }
    }

    /// Writes to standard error which filters can never be judged.
    ///
    /// - Parameter subscription: application and key.
    func tellUnjudgeable(of subscription: String) {
        for obstacle in obstacles {
            StandardError.write("cannot be judged: \(TextTable.oneLine("\(subscription), \(obstacle)"))\n")
        }
    }
}
