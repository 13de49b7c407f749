import BusWire
import RubyRegex

/// Files every subscription under its most selective filter and lays out the ``IndexTables``.
struct IndexBuilder {
    private typealias Check = IndexTables.Check

    private(set) var compiler: FilterCompiler
    /// Subscriptions without filters or with an empty one.
    private(set) var neverMatching = 0
    private(set) var residual: [IndexTables.Candidate] = []
    private var checks: [Check] = []
    private var checkStarts: [UInt32] = [0]
    private var byLiteral = CandidateLists()
    private var byPattern = CandidateLists()
    private var byPresence = CandidateLists()

    init(subscriptions: [Subscription], known: [FilterCompiler.Library]) {
        compiler = FilterCompiler(known: known)
        checkStarts.reserveCapacity(subscriptions.count + 1)
        for subscription in subscriptions { add(subscription.filters) }
        for subscription in subscriptions.indices { file(subscription) }
    }

    private mutating func add(_ filters: [SubscriptionFilter]) {
        if filters.isEmpty || filters.contains(where: \.pattern.isEmpty) {
            neverMatching += 1
        } else {
            for filter in filters { checks.append(compiler.check(for: filter)) }
        }
        checkStarts.append(UInt32(checks.count))
    }

    // MARK: Filing

    private mutating func file(_ subscription: Int) {
        let range = Int(checkStarts[subscription])..<Int(checkStarts[subscription + 1])
        if range.isEmpty { return }
        let candidate = IndexTables.Candidate(
            subscription: subscription, firstCheck: checkStarts[subscription], isDecided: range.count == 1)
        let access = chooseAccess(range)
        let check = checks[access]
        switch check.kind {
        case .literal:
            byLiteral.add(candidate, to: Int(check.operand))
        case .pattern where !compiler.patterns[Int(check.operand)].literals.isEmpty:
            for literal in compiler.patterns[Int(check.operand)].literals { byLiteral.add(candidate, to: literal) }
        case .pattern where compiler.patterns[Int(check.operand)].record.kind != .anything:
            byPattern.add(candidate, to: Int(check.operand))
            if let own = compiler.patterns[Int(check.operand)].ownLiteral { byLiteral.add(candidate, to: own) }
        case .special where AttributeState(rawValue: UInt8(check.operand)).isDisjoint(with: .absent):
            byPresence.add(candidate, to: Int(check.attribute))
        case .pattern, .special:
            residual.append(candidate)
        }
        checks.swapAt(range.lowerBound, access)
        // Most subscriptions have two filters, and then there is nothing to sort.
        if range.count > 2 {
            let rest = (range.lowerBound + 1)..<range.upperBound
            checks.replaceSubrange(rest, with: checks[rest].sorted { cost(of: $0) < cost(of: $1) })
        }
        checks[range.upperBound - 1].isLast = true
    }

    /// The check that narrows best: the literal with the fewest subscriptions, else a pattern, else presence.
    private func chooseAccess(_ range: Range<Int>) -> Int {
        if range.count == 1 { return range.lowerBound }
        return range.min { reach(of: checks[$0]) < reach(of: checks[$1]) } ?? range.lowerBound
    }

    /// How many subscriptions have to be looked at when a check leads to them; beyond all subscriptions for what is not
    /// found by a hash, by the time it takes then.
    private func reach(of check: Check) -> Int {
        // Many events share a type, so of two equal literals the other one narrows better.
        let typePenalty = compiler.attributes[Int(check.attribute)].isEventType ? 1 : 0
        switch check.kind {
        case .literal:
            return compiler.literals.entries[Int(check.operand)].useCount * 2 + typePenalty
        case .pattern:
            let pattern = compiler.patterns[Int(check.operand)]
            if !pattern.literals.isEmpty {
                return pattern.literals.reduce(0) { $0 + compiler.literals.entries[$1].useCount } * 2 + typePenalty
            }
            switch pattern.record.kind {
            // Event types tend to have patterns anyway, and one scan of a text serves all of them.
            case .fragments, .automaton: return Int.max / 2 - typePenalty
            case .budgeted: return Int.max / 2 + 2 - typePenalty
            case .unjudgeable, .anything, .ownText: return Int.max
            }
        case .special:
            return AttributeState(rawValue: UInt8(check.operand)).contains(.absent) ? Int.max : Int.max - 1
        }
    }

    private func cost(of check: Check) -> Int {
        switch check.kind {
        case .special: 0
        case .literal: 1
        case .pattern:
            switch compiler.patterns[Int(check.operand)].record.kind {
            case .budgeted: 4
            case .automaton: 3
            case .anything, .fragments, .unjudgeable, .ownText: 2
            }
        }
    }

    // MARK: Layout

    /// Lays out the tables; call it once. The caller frees them.
    ///
    /// - Returns: also what the tables call `SubscriptionIndex.joined`.
    mutating func tables() -> (IndexTables, [JoinedPatterns]) {
        var candidates: [IndexTables.Candidate] = []
        byLiteral.place(groupCount: compiler.literals.entries.count, into: &candidates)
        byPattern.place(groupCount: compiler.patterns.count, into: &candidates)
        byPresence.place(groupCount: compiler.attributes.count, into: &candidates)
        let (literals, places) = compiler.literals.table(
            lists: byLiteral, candidates: candidates, arena: compiler.text)
        for index in checks.indices where checks[index].kind == .literal {
            checks[index].operand = places[Int(checks[index].operand)]
        }
        var patterns = compiler.patterns.indices.map { number in
            var record = compiler.patterns[number].record
            let run = byPattern.run(of: number)
            record.candidatesStart = UInt32(run.lowerBound)
            record.candidatesCount = UInt32(run.count)
            return record
        }
        var attributes = compiler.attributes
        let joined = join(&patterns, of: &attributes)
        let leading = patterns.indices.filter { patterns[$0].candidatesCount > 0 }.map { UInt32($0) }
        let lone = divide(leading, of: patterns, &attributes)
        for number in attributes.indices {
            let run = byPresence.run(of: number)
            attributes[number].presenceStart = UInt32(run.lowerBound)
            attributes[number].presenceCount = UInt32(run.count)
        }
        for literal in literals where literal.candidatesCount > 0 {
            attributes[Int(literal.owner - 1)].leadsByLiteral = true
        }
        let leadingWhenMissing = leading.filter { patterns[Int($0)].onMissing != .no }
        let tables = IndexTables(
            attributes: FlatArray(attributes), attributeSlots: FlatArray(Self.attributeSlots(attributes)),
            literals: FlatArray(literals), literalSeed: compiler.literals.seed, patterns: FlatArray(patterns),
            lonePatterns: FlatArray(lone), fragments: FlatArray(compiler.fragments),
            candidates: FlatArray(candidates), checks: FlatArray(checks),
            residual: FlatArray(residual), leadingWhenMissing: FlatArray(leadingWhenMissing),
            text: FlatArray(compiler.text))
        return (tables, joined)
    }

    /// Joins the patterns of each attribute that are looked for in every text, or need an automaton.
    private func join(
        _ patterns: inout [IndexTables.Pattern], of attributes: inout [IndexTables.Attribute]
    ) -> [JoinedPatterns] {
        var members = Array(repeating: [UInt32](), count: attributes.count)
        for number in patterns.indices where isToBeJoined(patterns[number]) {
            members[Int(patterns[number].attribute)].append(UInt32(number))
        }
        var joined: [JoinedPatterns] = []
        for attribute in attributes.indices {
            let own = members[attribute]
            // A few texts are found quicker one by one.
            if own.count <= Self.fewFragments, own.allSatisfy({ patterns[Int($0)].kind == .fragments }) { continue }
            attributes[attribute].joinedStart = UInt32(joined.count)
            joined += JoinedPatterns.joining(own) { compiler.regexes[Int(patterns[Int($0)].regex)].pattern }
            attributes[attribute].joinedCount = UInt32(joined.count) - attributes[attribute].joinedStart
            for number in own { patterns[Int(number)].isJoined = true }
        }
        return joined
    }

    private static let fewFragments = 4

    private func isToBeJoined(_ pattern: IndexTables.Pattern) -> Bool {
        switch pattern.kind {
        case .fragments: pattern.candidatesCount > 0
        case .automaton, .budgeted: compiler.regexes[Int(pattern.regex)].pattern?.isJoinable ?? false
        case .anything, .unjudgeable, .ownText: false
        }
    }

    /// Tells attributes which of the patterns that lead to subscriptions are theirs.
    ///
    /// - Returns: those that no scan looks for, attribute by attribute.
    private func divide(
        _ leading: [UInt32], of patterns: [IndexTables.Pattern], _ attributes: inout [IndexTables.Attribute]
    ) -> [UInt32] {
        for number in leading where patterns[Int(number)].isJoined {
            attributes[Int(patterns[Int(number)].attribute)].leadsByScan = true
        }
        let lone = leading.filter { !patterns[Int($0)].isJoined }
            .sorted { (patterns[Int($0)].attribute, $0) < (patterns[Int($1)].attribute, $1) }
        for (place, number) in lone.enumerated() {
            let attribute = Int(patterns[Int(number)].attribute)
            if attributes[attribute].loneCount == 0 { attributes[attribute].loneStart = UInt32(place) }
            attributes[attribute].loneCount += 1
        }
        return lone
    }

    private static func attributeSlots(_ attributes: [IndexTables.Attribute]) -> [UInt32] {
        var capacity = 8
        while capacity < attributes.count * 2 { capacity *= 2 }
        var slots = Array(repeating: UInt32(0), count: capacity)
        for (number, attribute) in attributes.enumerated() {
            var slot = Int(attribute.nameHash) & (capacity - 1)
            while slots[slot] != 0 { slot = (slot + 1) & (capacity - 1) }
            slots[slot] = UInt32(number + 1)
        }
        return slots
    }
}
