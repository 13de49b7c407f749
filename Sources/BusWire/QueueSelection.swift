/// The queues that a rider works on, and in which order, as Resque's `QUEUES` says it (contract §6).
///
/// | text | meaning | |---|---| | `critical` | one queue | | `app_b_*` | all queues of the set `queues` that match,
/// sorted: `*`, `?`, `[a-z]`, `[^a]`, `{a,b}`, `\` before a character meant literally | | `!app_b_slow`, `!*_slow` |
/// none of these, wherever it stands | | `critical=3` | a weight, for names and patterns |
///
/// Without weights the order is strict: a queue is looked at when all before it are empty. With a weight anywhere the
/// order is drawn anew for each claim, and a queue without one weighs 1, as with Sidekiq's `-q critical,3`. A weight is
/// written with `=` because names of queues often have colons; a `=` that belongs to a name is written `\=`. A `[` that
/// no `]` closes is refused: such a pattern matches nothing, also in Resque.
public struct QueueSelection: Sendable {
    /// A text that selects nothing, or cannot be understood.
    public struct ParsingError: Error, CustomStringConvertible {
        /// A sentence that says what to write.
        public let message: String

        public var description: String { message }

        fileprivate static let noQueue = ParsingError(
            message: "No queue is named; write for example critical,app_b_* or * for all queues.")
    }

    /// The texts as given, without weights and exclusions; in a worker's id they stand joined by commas.
    public let names: [String]
    /// All that was given, with weights and exclusions, joined by commas.
    public let text: String
    /// Whether an order is drawn for each claim.
    public let isWeighted: Bool
    /// Whether the queues depend on which ones there are.
    public var isDynamic: Bool { entries.contains(where: \.isPattern) }

    private let entries: [Entry]
    private let exclusions: [Entry]

    /// - Parameter text: several texts, separated by commas outside of braces.
    /// - Throws: `ParsingError`.
    public init(parsing text: String) throws(ParsingError) {
        try self.init(parsing: Self.split(text))
    }

    /// - Parameter texts: one for each place in the order. Spaces around them and empty ones do not count.
    /// - Throws: `ParsingError`.
    public init(parsing texts: [String]) throws(ParsingError) {
        var names: [String] = []
        var entries: [Entry] = []
        var exclusions: [Entry] = []
        let texts = texts.map(Self.stripped).filter { !$0.isEmpty }
        for text in texts {
            let isExclusion = text.utf8.first == UInt8(ascii: "!")
            let (name, weight) = try Self.separateWeight(isExclusion ? String(text.unicodeScalars.dropFirst()) : text)
            guard !name.isEmpty else {
                throw ParsingError(
                    message: "'\(text)' names no queue; write a name or a pattern before or after the sign.")
            }
            let entry = try Entry(name, weight: weight)
            guard isExclusion else {
                names.append(name)
                entries.append(entry)
                continue
            }
            guard weight == nil else {
                throw ParsingError(
                    message: "'\(text)' leaves queues out, so it has no weight; leave out the = and what follows.")
            }
            exclusions.append(entry)
        }
        guard !entries.isEmpty else {
            throw .noQueue
        }
        self.names = names
        text = texts.joined(separator: ",")
        self.entries = entries
        self.exclusions = exclusions
        isWeighted = entries.contains { $0.weight != nil }
    }

    /// Queues by their very names, whatever characters these have, in strict order.
    ///
    /// - Throws: `ParsingError` if there is none.
    public init(naming names: [String]) throws(ParsingError) {
        guard !names.isEmpty else { throw .noQueue }
        self.names = names
        text = names.joined(separator: ",")
        entries = names.map { Entry(literal: $0) }
        exclusions = []
        isWeighted = false
    }

    /// The queues of a worker as its id lists them: without weights, since Ruby knows none. A pattern that cannot be
    /// understood selects nothing.
    package init(ofWorker queues: [String]) {
        // A comma inside of braces stood in one pattern.
        let texts = Self.split(queues.joined(separator: ",")).filter { !$0.isEmpty }
        names = texts
        text = texts.joined(separator: ",")
        entries = texts.filter { !$0.hasPrefix("!") }.compactMap { try? Entry($0, weight: nil) }
        exclusions = texts.filter { $0.hasPrefix("!") }.compactMap { try? Entry(String($0.dropFirst()), weight: nil) }
        isWeighted = false
    }

    /// The queues to claim from, each once, in strict order.
    ///
    /// - Parameter known: the members of the set `queues`; not looked at unless the selection is dynamic.
    package func queues(known: [String]) -> [String] {
        let known = isDynamic ? known.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) } : []
        var seen: Set<[UInt8]> = []
        return entries.flatMap { $0.isPattern ? known.filter($0.matches) : [$0.name] }.filter { queue in
            !exclusions.contains { $0.matches(queue) } && seen.insert(Array(queue.utf8)).inserted
        }
    }

    /// The order in which one claim looks at queues.
    ///
    /// - Parameters:
    ///   - queues: what ``queues(known:)`` gave.
    ///   - random: draws the order if there are weights: each queue comes first with a chance of its weight among all
    ///     that are left.
    package func order(of queues: [String], using random: inout some RandomNumberGenerator) -> [String] {
        guard isWeighted, queues.count > 1 else { return queues }
        var left = queues.map { (name: $0, weight: weight(of: $0)) }
        var total = left.reduce(0) { $0 + $1.weight }
        var order: [String] = []
        while !left.isEmpty {
            var ticket = Int.random(in: 0..<total, using: &random)
            let drawn = left.firstIndex { queue in
                ticket -= queue.weight
                return ticket < 0
            }
            let queue = left.remove(at: drawn ?? left.startIndex)
            total -= queue.weight
            order.append(queue.name)
        }
        return order
    }

    private func weight(of queue: String) -> Int {
        entries.first { $0.matches(queue) }?.weight ?? 1
    }
}

extension QueueSelection {
    /// One text: a name or a pattern.
    private struct Entry: Sendable {
        let name: String
        let weight: Int?
        private let patterns: [QueuePattern]

        var isPattern: Bool { !patterns.isEmpty }

        init(_ name: String, weight: Int?) throws(ParsingError) {
            self.name = name
            self.weight = weight
            guard QueuePattern.isPattern(name) else {
                patterns = []
                return
            }
            guard let texts = BraceExpansion.expand(Array(name.unicodeScalars)[...], limit: 1000) else {
                throw ParsingError(message: "'\(name)' stands for more than 1000 patterns; write fewer braces.")
            }
            guard !texts.contains(where: Self.hasOpenSet) else {
                throw ParsingError(
                    message: "'\(name)' has a [ without a ], so it matches no queue; write \\[ for a [ in a name.")
            }
            patterns = texts.map { QueuePattern(Array($0)) }
        }

        private static func hasOpenSet(_ pattern: BraceExpansion.Text) -> Bool {
            var isOpen = false
            var isEscaped = false
            for scalar in pattern {
                if isEscaped {
                    isEscaped = false
                } else {
                    isEscaped = scalar == "\\"
                    if scalar == "[" { isOpen = true } else if scalar == "]" { isOpen = false }
                }
            }
            return isOpen
        }

        init(literal name: String) {
            self.name = name
            weight = nil
            patterns = []
        }

        func matches(_ queue: String) -> Bool {
            isPattern ? patterns.contains { $0.matches(queue) } : queue.utf8.elementsEqual(name.utf8)
        }
    }

    private static let heaviest = 1000

    /// At the last `=`, unless a backslash stands before it. Backslashes before `=` are gone afterwards.
    private static func separateWeight(_ text: String) throws(ParsingError) -> (name: String, weight: Int?) {
        let scalars = Array(text.unicodeScalars)
        let sign = scalars.indices.last { scalars[$0] == "=" && ($0 == 0 || scalars[$0 - 1] != "\\") }
        let name = scalars[..<(sign ?? scalars.endIndex)]
        let unescaped = name.indices.filter { name[$0] != "\\" || $0 + 1 == name.endIndex || name[$0 + 1] != "=" }
        var result = String.UnicodeScalarView()
        result.append(contentsOf: unescaped.map { name[$0] })
        guard let sign else { return (String(result), nil) }
        let digits = scalars[(sign + 1)...]
        guard digits.allSatisfy({ ("0"..."9").contains($0) }),
            let weight = Int(String(String.UnicodeScalarView(digits))), (1...heaviest).contains(weight)
        else {
            throw ParsingError(
                message: """
                    '\(text)' has no weight from 1 to \(heaviest) behind the =; write \\= for a = in a name, and ! before queues \
                    to leave out.
                    """)
        }
        return (String(result), weight)
    }

    private static func stripped(_ text: String) -> String {
        let isBlank = { (scalar: Unicode.Scalar) in scalar == " " || ("\t"..."\r").contains(scalar) }
        let scalars = text.unicodeScalars.drop(while: isBlank)
        return String(scalars.prefix(scalars.reversed().drop(while: isBlank).count))
    }

    /// At commas, but not inside of braces that are closed.
    private static func split(_ text: String) -> [String] {
        var parts = [String.UnicodeScalarView()]
        var depth = 0
        for scalar in text.unicodeScalars {
            if scalar == "," && depth == 0 {
                parts.append(String.UnicodeScalarView())
                continue
            }
            if scalar == "{" { depth += 1 } else if scalar == "}" { depth = max(0, depth - 1) }
            parts[parts.endIndex - 1].append(scalar)
        }
        return depth == 0 ? parts.map { String($0) } : text.unicodeScalars.split(separator: ",").map { String($0) }
    }
}
