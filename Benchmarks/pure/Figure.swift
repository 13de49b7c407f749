import Allocations

/// What one operation costs.
struct Figure {
    let name: String
    let subscriptions: Int
    let nanoseconds: Double
    let allocations: Double

    /// Runs `body` for a few thousand operations at a time, once to warm up and then many times. The fastest run counts:
    /// each is short enough that some are not interrupted by whatever else the machine does.
    static func measure(_ name: String, subscriptions: Int, _ body: (_ operations: Int) -> Void) -> Figure {
        let operations = 5_000
        let runs = 60
        body(operations)
        let before = allocation_count()
        var fastest = Duration.seconds(3600)
        for _ in 0..<runs { fastest = min(fastest, ContinuousClock().measure { body(operations) }) }
        let allocations = allocation_count() - before
        return Figure(
            name: name, subscriptions: subscriptions, nanoseconds: fastest / .nanoseconds(operations),
            allocations: Double(allocations) / Double(runs * operations))
    }

    var json: String {
        #"{"name":"\#(name)","subscriptions":\#(subscriptions),"#
            + #""ns_per_event":\#(rounded(nanoseconds)),"allocations_per_event":\#(rounded(allocations))}"#
    }

    /// A line of the table.
    var line: String {
        let left = name.padding(to: 34) + String(subscriptions).padding(to: 16)
        return left + "\(rounded(nanoseconds)) ns".padding(to: 14) + "\(rounded(allocations))"
    }

    static let heading =
        "".padding(to: 34) + "subscriptions".padding(to: 16) + "per event".padding(to: 14) + "allocations"

    private func rounded(_ value: Double) -> Double { (value * 100).rounded() / 100 }
}

extension String {
    fileprivate func padding(to width: Int) -> String { self + String(repeating: " ", count: max(1, width - count)) }
}
