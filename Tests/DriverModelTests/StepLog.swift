/// The last steps of a run, for the report of a failure.
struct StepLog {
    private var lines: [String] = []
    private var step = 0
    private static let most = 600

    mutating func begin(_ step: Int) { self.step = step }

    mutating func append(_ line: String) {
        lines.append("\(step): \(line)")
        if lines.count > 2 * Self.most { lines.removeFirst(Self.most) }
    }

    func tail(_ count: Int) -> String { lines.suffix(count).joined(separator: "\n") }
}
