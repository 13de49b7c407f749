import CommandInterface

/// Shows on a terminal how far a long publish has come, once a second.
struct PublishProgress {
    private var count = 0
    private let began = ContinuousClock.now
    private var shown = ContinuousClock.now
    private var isShown = false

    mutating func add(_ events: Int) {
        count += events
        guard StandardError.isTerminal, ContinuousClock.now - shown >= .seconds(1) else { return }
        shown = .now
        isShown = true
        let rate = Double(count) / max(1, (shown - began) / .seconds(1))
        StandardError.paint("\r\(count) events, \(Int(rate))/s ")
    }

    /// Leaves the line to what is said next.
    func end() {
        if isShown { StandardError.paint("\r") }
    }
}
