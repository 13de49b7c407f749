/// What has become of the events, beside what should become of them.
struct Outcome: Sendable {
    let totals: Ledger.Totals
    /// Entries in Resque's list `failed`.
    let failed: Int
    /// Whether the driver has ended and left nothing in flight.
    var isDriverDone = false

    init(totals: Ledger.Totals, failed: Int) {
        self.totals = totals
        self.failed = failed
    }

    /// Whether nothing is due any more.
    var isSettled: Bool { totals.arrived == totals.expected && failed >= totals.malformed }

    var isSound: Bool {
        isSettled && totals.unexpected == 0 && failed == totals.malformed && isDriverDone
    }
}
