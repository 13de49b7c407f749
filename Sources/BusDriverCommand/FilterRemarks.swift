import BusMatching
import BusWire
import CommandInterface

/// What is to be said about filters before they are used, as doctor says it afterwards.
struct FilterRemarks {
    private let remarks: [SubscriptionLint.Finding]

    /// - Parameter filters: of one subscription.
    init(_ filters: [SubscriptionFilter]) {
        let subscription = Subscription(appKey: "", key: "", queue: "", className: "", filters: filters)
        remarks = filters.isEmpty ? [] : SubscriptionLint.findings(in: subscription).filter { $0.kind != .surprise }
    }

    /// Whether there is a remark about the filter of this attribute.
    func concern(_ filterName: String) -> Bool { remarks.contains { $0.filterName == filterName } }

    /// Writes them to standard error.
    func tell() {
        for remark in remarks {
            let filter = remark.filterName.map { "filter on \($0): " } ?? ""
            StandardError.write("note: \(TextTable.oneLine(filter + remark.message))\n")
        }
    }
}
