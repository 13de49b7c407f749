/// The states of a deterministic automaton as far as texts have led to them: for each a row of transitions.
///
/// The memory is plain, so that reading a text touches nothing that is counted or checked.
final class StateTable {
    /// What is known of a state but its transitions.
    struct Record {
        var threads: ThreadStepper.Threads
        var before: PatternSet.Before
        /// The scan that has reported its matches.
        var reportedIn: UInt32 = 0
    }

    private struct Key: Hashable {
        let states: [Int32]
        let matches: [Int32]
        let before: PatternSet.Before
    }

    /// There is no such transition yet.
    static let unknown = UInt32.max
    /// Set in a transition to a state at which there is something to do: matches to report, or the end of all hope.
    static let special: UInt32 = 1 << 31

    private let symbolCount: Int
    private let mostBytes: Int
    private var rows: UnsafeMutablePointer<UInt32>
    private var capacity = 16
    private var numbers: [Key: UInt32] = [:]
    private(set) var records: [Record] = []
    private var bytes = 0

    /// - Parameter mostBytes: a table that has grown to this is full.
    init(symbolCount: Int, mostBytes: Int) {
        self.symbolCount = symbolCount
        self.mostBytes = mostBytes
        rows = .allocate(capacity: capacity * symbolCount)
    }

    deinit { rows.deallocate() }

    var isFull: Bool { bytes >= mostBytes }

    /// - Parameter threads: without duplicates, in ascending order.
    /// - Returns: the number of a state, which is made when it is new; nil when the table is full.
    func number(of threads: ThreadStepper.Threads, before: PatternSet.Before) -> UInt32? {
        let key = Key(states: threads.states, matches: threads.matches, before: before)
        if let number = numbers[key] { return number }
        if isFull { return nil }
        let number = UInt32(records.count)
        if records.count == capacity { grow() }
        (rows + Int(number) * symbolCount).initialize(repeating: Self.unknown, count: symbolCount)
        numbers[key] = number
        records.append(
            Record(threads: .init(states: key.states, matches: key.matches), before: before))
        bytes += symbolCount * 4 + (key.states.count + key.matches.count) * 4 + 200
        return number
    }

    private func grow() {
        let larger = UnsafeMutablePointer<UInt32>.allocate(capacity: capacity * 2 * symbolCount)
        larger.moveInitialize(from: rows, count: capacity * symbolCount)
        rows.deallocate()
        rows = larger
        capacity *= 2
    }

    func markReported(_ state: Int, in scan: UInt32) { records[state].reportedIn = scan }

    func forgetReports() { for index in records.indices { records[index].reportedIn = 0 } }

    @inline(__always)
    func row(of state: Int) -> UnsafeMutablePointer<UInt32> { rows + state &* symbolCount }

    func removeAll() {
        numbers = [:]
        records = []
        bytes = 0
    }
}
