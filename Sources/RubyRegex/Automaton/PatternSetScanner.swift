/// Looks for all patterns of a set in one text after another. One per thread: it remembers where texts have led it.
///
/// It reads each code point once. What it remembers is bounded; where texts lead to ever new states it forgets them,
/// and when that happens again in the same text it reads on without remembering.
public final class PatternSetScanner {
    /// Bytes that the remembered states may take unless told otherwise.
    public static let defaultMemory = 4 << 20

    /// Code points that cost one step, where the way is known.
    private static let symbolsPerStep = 8
    /// How often the memory may fill up while one text is read.
    private static let mostRefills = 2

    public let set: PatternSet
    private let table: StateTable
    private var stepper: ThreadStepper
    private var scratch = ThreadStepper.Threads()
    /// The threads that begin at a place, by what came before it, and what they become behind a symbol.
    private var begins: [ThreadStepper.Threads?]
    private var begun: [Int: ThreadStepper.Threads] = [:]
    private var initial: UInt32?
    /// For each pattern the scan that found it last.
    private var foundIn: [UInt32]
    private var scan: UInt32 = 0
    private var found = 0
    /// Patterns begin at the beginning of a text or nowhere.
    private lazy var isAnchored = findOutWhetherAnchored()

    /// Takes little time; everything else is done when a text needs it.
    /// - Parameter memory: bytes that remembered states may take.
    public init(_ set: PatternSet, memory: Int = defaultMemory) {
        self.set = set
        table = StateTable(symbolCount: set.alphabet.symbolCount, mostBytes: memory)
        stepper = ThreadStepper(set)
        begins = Array(repeating: nil, count: PatternSet.Before.limit)
        foundIn = Array(repeating: 0, count: set.count)
    }

    /// Finds the patterns that match somewhere in `text`.
    /// - Parameters:
    ///   - text: valid UTF-8.
    ///   - steps: what the scan may take; what it took is subtracted.
    ///   - matches: gets the number of each, once, in no order.
    /// - Returns: false when the steps did not suffice; `matches` is incomplete then.
    public func scan(
        _ text: UnsafeBufferPointer<UInt8>, steps: inout Int, into matches: inout [Int32]
    ) -> Bool {
        beginScan()
        let allowed = stepper.work + steps - text.count / Self.symbolsPerStep
        defer { steps = allowed - stepper.work }
        return read(text, untilWork: allowed, into: &matches)
    }

    private func beginScan() {
        if scan == .max {
            foundIn = Array(repeating: 0, count: foundIn.count)
            table.forgetReports()
            scan = 0
        }
        scan += 1
        found = 0
    }

    private func read(
        _ text: UnsafeBufferPointer<UInt8>, untilWork limit: Int, into matches: inout [Int32]
    ) -> Bool {
        var state = initialState()
        if state & StateTable.special != 0, isOver(behind: &state, &matches) { return true }
        let endsWithLineBreak = text.last == 0x0A
        let last = endsWithLineBreak ? text.count - 1 : text.count
        var place = 0
        var refills = 0
        return set.alphabet.asciiClasses.withUnsafeBufferPointer { asciiClasses in
            while true {
                let symbol: Int
                if place < last {
                    let byte = text[place]
                    if byte < 0x80 {
                        symbol = Int(asciiClasses[Int(byte)])
                        place += 1
                    } else {
                        symbol = set.alphabet.classNumber(of: UTF8Text.nextCodePoint(in: text, at: &place))
                    }
                } else if endsWithLineBreak, place == last {
                    symbol = set.alphabet.lastLineBreak
                    place += 1
                } else {
                    symbol = set.alphabet.end
                }
                var next = table.row(of: Int(state))[symbol]
                if next == StateTable.unknown {
                    if stepper.work > limit { return false }
                    let known = follow(state, over: symbol)
                    if let known {
                        next = known
                    } else if refills < Self.mostRefills {
                        refills += 1
                        next = startAfresh(state, over: symbol)
                    } else {
                        return simulate(text, from: place, state, symbol, last, limit, &matches)
                    }
                }
                state = next
                if next & StateTable.special != 0, isOver(behind: &state, &matches) { return true }
                if symbol == set.alphabet.end { return true }
            }
        }
    }

    /// Reports what matches at a state, and says whether nothing can follow.
    private func isOver(behind state: inout UInt32, _ matches: inout [Int32]) -> Bool {
        state &= ~StateTable.special
        let record = table.records[Int(state)]
        if record.reportedIn != scan {
            table.markReported(Int(state), in: scan)
            report(record.threads.matches, &matches)
        }
        return found == set.count || (record.threads.states.isEmpty && isAnchored)
    }

    private func report(_ patterns: [Int32], _ matches: inout [Int32]) {
        for pattern in patterns where foundIn[Int(pattern)] != scan {
            foundIn[Int(pattern)] = scan
            found += 1
            matches.append(pattern)
        }
    }

    // MARK: States

    private func initialState() -> UInt32 {
        if let initial { return initial }
        let before = set.memory.intersection([.textStart, .lineStart])
        let begin = threadsThatBegin(before)
        scratch.removeAll()
        scratch.matches = begin.matches
        if table.isFull { table.removeAll() }
        let number = numberOfScratch(before) ?? 0
        // A set of anchored patterns is not over before it has begun.
        let state = begin.matches.isEmpty ? number & ~StateTable.special : number | StateTable.special
        initial = state
        return state
    }

    /// The transition from a known state; nil when the table is full.
    private func follow(_ state: UInt32, over symbol: Int) -> UInt32? {
        let record = table.records[Int(state)]
        step(record.threads.states, record.before, over: symbol)
        guard let next = numberOfScratch(stepper.memory(behind: symbol)) else { return nil }
        table.row(of: Int(state))[symbol] = next
        return next
    }

    /// As ``follow(_:over:)``, with an empty table.
    private func startAfresh(_ state: UInt32, over symbol: Int) -> UInt32 {
        table.removeAll()
        initial = nil
        // `scratch` still holds the threads that did not fit.
        return numberOfScratch(stepper.memory(behind: symbol)) ?? 0
    }

    private func numberOfScratch(_ before: PatternSet.Before) -> UInt32? {
        guard let number = table.number(of: scratch, before: before) else { return nil }
        let isOver = scratch.states.isEmpty && isAnchored
        return isOver || !scratch.matches.isEmpty ? number | StateTable.special : number
    }

    /// Leaves in `scratch` what threads become behind `symbol`, together with those that begin at the same place as
    /// they.
    private func step(_ states: [Int32], _ before: PatternSet.Before, over symbol: Int) {
        scratch.removeAll()
        stepper.advance(states, before: before, over: symbol, into: &scratch)
        let begun = threadsBegun(before, over: symbol)
        scratch.states += begun.states
        scratch.matches += begun.matches
        if symbol != set.alphabet.end {
            scratch.matches += threadsThatBegin(stepper.memory(behind: symbol)).matches
        } else {
            scratch.matches += threadsThatBegin([]).matches
        }
        scratch.removeDuplicates()
    }

    private func threadsThatBegin(_ before: PatternSet.Before) -> ThreadStepper.Threads {
        if let known = begins[Int(before.rawValue)] { return known }
        var threads = ThreadStepper.Threads()
        stepper.begin(before, into: &threads)
        begins[Int(before.rawValue)] = threads
        return threads
    }

    private func threadsBegun(_ before: PatternSet.Before, over symbol: Int) -> ThreadStepper.Threads {
        let key = symbol * PatternSet.Before.limit + Int(before.rawValue)
        if let known = begun[key] { return known }
        var threads = ThreadStepper.Threads()
        stepper.advance(threadsThatBegin(before).states, before: before, over: symbol, into: &threads)
        begun[key] = threads
        return threads
    }

    private func findOutWhetherAnchored() -> Bool {
        (0..<PatternSet.Before.limit).allSatisfy { number in
            let before = PatternSet.Before(rawValue: UInt8(number))
            guard !before.contains(.textStart), set.memory.isSuperset(of: before) else { return true }
            let threads = threadsThatBegin(before)
            return threads.states.isEmpty && threads.matches.isEmpty
        }
    }

    // MARK: Reading on without remembering

    /// - Parameter symbol: the one that led out of `state`, and stands before `place`.
    private func simulate(
        _ text: UnsafeBufferPointer<UInt8>, from place: Int, _ state: UInt32, _ symbol: Int, _ last: Int, _ limit: Int,
        _ matches: inout [Int32]
    ) -> Bool {
        var place = place
        var symbol = symbol
        var current = table.records[Int(state)].threads.states
        var before = table.records[Int(state)].before
        while true {
            step(current, before, over: symbol)
            before = stepper.memory(behind: symbol)
            swap(&current, &scratch.states)
            report(scratch.matches, &matches)
            if symbol == set.alphabet.end || found == set.count || (current.isEmpty && isAnchored) { return true }
            if stepper.work > limit { return false }
            if place < last {
                symbol = set.alphabet.classNumber(of: UTF8Text.nextCodePoint(in: text, at: &place))
            } else {
                symbol = place == last && last < text.count ? set.alphabet.lastLineBreak : set.alphabet.end
                place += 1
            }
        }
    }
}
