/// The states of a deterministic automaton that were needed so far, in memory of a bounded size.
///
/// A state is a row: for each column the state that follows, then its threads and matches; its header stands before. It
/// is referred to by where its row begins, so that following a transition is one addition.
struct StateMemory {
    typealias Reference = UInt32

    /// A transition that has not been asked for yet.
    static let unknown = Reference.max
    /// Set in references to states at which a scan has to stop and look: something matched, or nothing else can come.
    static let noteworthy: Reference = 1 << 31

    struct Header: BitwiseCopyable {
        var threadCount: UInt32
        var matchCount: UInt32
        var hash: UInt32
        var bundle: UInt32
        /// The number of the text whose scan has collected the matches.
        var collectedIn: UInt32
        var before: Surroundings
        var outlook: Outlook
    }

    /// What can still come where no thread is left.
    enum Outlook: UInt8, BitwiseCopyable {
        case open, opensAfterLineBreak, closed
    }

    private static let headerWords = (MemoryLayout<Header>.size + 3) / 4

    private(set) var words: UnsafeMutablePointer<UInt32>
    private var capacity = 0
    private var used = 0
    private let wordLimit: Int
    private let columns: Int

    /// All states by their hash: references, or 0.
    private var buckets: UnsafeMutablePointer<Reference>
    private var bucketCount = 0
    private let bucketLimit: Int
    private var rare: RareTransitions

    /// The states since the last ``removeAll()``, and how often that was called.
    private(set) var stateCount = 0
    private(set) var clearings = 0

    /// - Parameter limit: bytes; while memory grows, the old stands beside the new.
    init(columns: Int, limit: Int) {
        self.columns = columns
        wordLimit = min(limit / 8 * 5 / 4, Int(Self.noteworthy) - 1)
        bucketLimit = limit / 8 / 4
        rare = RareTransitions(limit: limit / 4)
        words = .allocate(capacity: 0)
        buckets = .allocate(capacity: 0)
    }

    func deallocate() {
        words.deallocate()
        buckets.deallocate()
        rare.deallocate()
    }

    /// Forgets all states; references are void.
    mutating func removeAll() {
        used = 0
        stateCount = 0
        clearings += 1
        buckets.update(repeating: 0, count: bucketCount)
        rare.removeAll()
    }

    // MARK: What is in a state

    func header(_ state: Reference) -> UnsafeMutablePointer<Header> {
        UnsafeMutableRawPointer(words + Int(state & ~Self.noteworthy) - Self.headerWords)
            .assumingMemoryBound(to: Header.self)
    }

    func threads(_ state: Reference) -> UnsafeBufferPointer<UInt32> {
        let start = words + Int(state & ~Self.noteworthy) + columns
        return UnsafeBufferPointer(start: start, count: Int(header(state).pointee.threadCount))
    }

    func matches(_ state: Reference) -> UnsafeBufferPointer<UInt32> {
        let header = header(state).pointee
        let start = words + Int(state & ~Self.noteworthy) + columns + Int(header.threadCount)
        return UnsafeBufferPointer(start: start, count: Int(header.matchCount))
    }

    @inline(__always)
    func next(_ state: Reference, _ column: UInt32) -> Reference {
        let row = state & ~Self.noteworthy
        return column < columns ? words[Int(row) + Int(column)] : rare[row, column]
    }

    /// Keeps a transition, unless there is no room for another rare one.
    mutating func setNext(_ state: Reference, _ column: UInt32, _ next: Reference) {
        let row = state & ~Self.noteworthy
        if column < columns { words[Int(row) + Int(column)] = next } else { rare[row, column] = next }
    }

    // MARK: Finding and adding

    /// The state with the threads and matches that the stepper has, new or known; nil where there is no room.
    mutating func state(
        of stepper: borrowing ThreadStepper, bundle: UInt32, before: Surroundings, outlook: Outlook
    ) -> Reference? {
        let hash = hash(stepper, bundle, before)
        if stateCount * 2 >= bucketCount, !growBuckets() { return nil }
        var bucket = Int(hash) & (bucketCount - 1)
        while buckets[bucket] != 0 {
            if isState(buckets[bucket], hash, stepper, bundle, before) { return buckets[bucket] }
            bucket = (bucket + 1) & (bucketCount - 1)
        }
        let matchCount = stepper.matches.count
        guard let row = makeRoom(Self.headerWords + columns + stepper.threads.count + matchCount) else { return nil }
        let state = Reference(row + Self.headerWords)
        header(state).initialize(
            to: Header(
                threadCount: UInt32(stepper.threads.count), matchCount: UInt32(matchCount), hash: hash,
                bundle: bundle, collectedIn: 0, before: before, outlook: outlook))
        let start = words + Int(state)
        start.initialize(repeating: Self.unknown, count: columns)
        Self.copy(stepper.threads.elements, to: start + columns)
        Self.copy(stepper.matches.elements, to: start + columns + stepper.threads.count)
        let reference = matchCount > 0 || outlook != .open ? state | Self.noteworthy : state
        buckets[bucket] = reference
        stateCount += 1
        return reference
    }

    private static func copy(_ list: UnsafeBufferPointer<UInt32>, to start: UnsafeMutablePointer<UInt32>) {
        if let source = list.baseAddress { start.initialize(from: source, count: list.count) }
    }

    /// The order of threads does not count.
    private func hash(_ stepper: borrowing ThreadStepper, _ bundle: UInt32, _ before: Surroundings) -> UInt32 {
        var sum = UInt64(before.rawValue) | UInt64(bundle) << 8
        for thread in stepper.threads.elements { sum &+= Self.scatter(UInt64(thread)) }
        for pattern in stepper.matches.elements { sum &+= Self.scatter(UInt64(pattern) | 1 << 32) }
        return UInt32(truncatingIfNeeded: Self.scatter(sum))
    }

    @inline(__always)
    private static func scatter(_ number: UInt64) -> UInt64 {
        let product = (number &+ 1) &* 0x9E37_79B9_7F4A_7C15
        return (product ^ product >> 32) &* 0xD6E8_FEB8_6659_FD93 >> 16
    }

    private func isState(
        _ state: Reference, _ hash: UInt32, _ stepper: borrowing ThreadStepper, _ bundle: UInt32,
        _ before: Surroundings
    ) -> Bool {
        let header = header(state).pointee
        return header.hash == hash && header.bundle == bundle && header.before == before
            && Int(header.threadCount) == stepper.threads.count && Int(header.matchCount) == stepper.matches.count
            && matches(state).allSatisfy { stepper.isMatch($0) } && threads(state).allSatisfy { stepper.isThread($0) }
    }

    /// Where so many words begin.
    private mutating func makeRoom(_ count: Int) -> Int? {
        if count > wordLimit - used { return nil }
        if count > capacity - used {
            let larger = min(wordLimit, max(capacity * 2, used + count, 1024))
            let copy = UnsafeMutablePointer<UInt32>.allocate(capacity: larger)
            copy.update(from: words, count: used)
            words.deallocate()
            words = copy
            capacity = larger
        }
        used += count
        return used - count
    }

    private mutating func growBuckets() -> Bool {
        let larger = max(16, bucketCount * 2)
        if larger > bucketLimit { return false }
        let old = buckets
        let oldCount = bucketCount
        buckets = .allocate(capacity: larger)
        buckets.initialize(repeating: 0, count: larger)
        bucketCount = larger
        for place in 0..<oldCount where old[place] != 0 {
            var bucket = Int(header(old[place]).pointee.hash) & (larger - 1)
            while buckets[bucket] != 0 { bucket = (bucket + 1) & (larger - 1) }
            buckets[bucket] = old[place]
        }
        old.deallocate()
        return true
    }
}
