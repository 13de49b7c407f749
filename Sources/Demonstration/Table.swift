/// What the queues have got, in lines that fit a terminal of 80 columns.
struct Table {
    private(set) var lines: [String] = []

    /// As in printf: a negative width puts the text to the left.
    private static let widths = [-18, -26, 6, 7, 7, 7, 8]

    init() {
        add(["queue", "who wants what there", "copies", "last s", "p50 µs", "p99 µs", "slowest"])
    }

    /// - Parameters:
    ///   - copies: until now.
    ///   - recent: of these, in the last second.
    ///   - latencies: median, 99th percentile and slowest in microseconds; none where nothing was timed.
    mutating func add(_ queue: String, _ whatFor: String, copies: Int, recent: Int, latencies: [Int] = []) {
        add([queue, whatFor, String(copies), String(recent)] + latencies.map(String.init))
    }

    private mutating func add(_ cells: [String]) {
        let padded = zip(Self.widths, cells).map { width, cell in
            let padding = String(repeating: " ", count: max(0, abs(width) - cell.count))
            return width < 0 ? cell + padding : padding + cell
        }
        lines.append(padded.joined())
    }
}
