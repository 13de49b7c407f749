/// Scans texts for the patterns of a set. It remembers what it finds out about them, so it belongs to one thread.
///
/// Making one is cheap: everything is built when texts first need it. Memory: the bound, and for each instruction of
/// the set about 30 bytes, for each pattern up to 500.
package final class PatternSetScanner {
    /// Bytes of states that are remembered, by default: enough for some 5 000 patterns that texts come near to.
    package static let defaultMemory = 16 << 20

    package let set: PatternSet
    private let core: UnsafeMutablePointer<ScannerCore>

    /// - Parameter memory: bytes that remembered states may take.
    package init(_ set: PatternSet, memory: Int = defaultMemory) {
        self.set = set
        core = .allocate(capacity: 1)
        core.initialize(to: ScannerCore(set.tables, memoryLimit: memory))
    }

    deinit {
        core.pointee.deallocate()
        core.deinitialize(count: 1)
        core.deallocate()
    }

    /// Finds the patterns that match somewhere in `text`. Those that are ``RubyPattern/Method/budgeted`` may match: a
    /// ``PatternJudge`` has to be asked.
    ///
    /// - Parameters:
    ///   - text: valid UTF-8.
    ///   - steps: what the scan may take; what it took is subtracted. Each thread of a state that is built or simulated
    ///     takes one, eight bytes whose way is known take one.
    ///   - limit: what may be taken for patterns that are looked for together. A large pattern is looked for alone, so
    ///     that what it costs decides on no other.
    ///   - matches: gets the number of each, once, in no order.
    /// - Returns: false when the steps did not suffice: some patterns are ``undecided`` then.
    package func scan(
        _ text: UnsafeBufferPointer<UInt8>, steps: inout Int, limit: Int = .max, into matches: inout [Int32]
    ) -> Bool {
        core.pointee.scan(text, steps: &steps, limit: limit)
        let patterns = set.tables.patterns
        for member in core.pointee.found.elements { matches.append(Int32(bitPattern: patterns[Int(member)])) }
        return core.pointee.undecided.count == 0
    }

    /// The patterns that may match the last text, but were not looked for to its end; those that were found before are
    /// among them.
    package var undecided: [Int32] {
        let tables = set.tables
        return core.pointee.undecided.elements.flatMap { bundle in
            tables.members(of: tables.bundles[Int(bundle)]).map { Int32(bitPattern: tables.patterns[Int($0)]) }
        }
    }
}
