import BusWire

/// Turns filters into checks while an index is built: interns names, literals and patterns, compiles regular expressions.
struct FilterCompiler {
    typealias Check = IndexTables.Check

    /// A compiled regular expression and what it says about a missing attribute; or none, when it is broken.
    struct CompiledRegex {
        let regex: RubyRegex?
        let onMissing: Judgement
    }

    struct PatternDraft {
        var record: IndexTables.Pattern
        /// Literals of which the text has to be one, when the pattern comes down to that.
        var literals: [Int] = []
    }

    private struct PatternKey: Hashable {
        let attribute: UInt32
        let filter: ExactString
    }

    /// The attribute of which few values occur.
    static let eventType = "bus_event_type"

    /// What filters have been compiled to, by the filter as stored.
    typealias RegexLibrary = [ExactString: CompiledRegex]

    private let known: RegexLibrary
    private let searcher = RegexSearcher()
    private(set) var compiled: RegexLibrary = [:]
    private(set) var regexes: [RubyRegex] = []
    private(set) var regexFilters: [ExactString] = []
    private var regexNumbers: [ExactString: UInt32] = [:]

    private(set) var attributes: [IndexTables.Attribute] = []
    private var attributeNumbers: [ExactString: UInt32] = [:]
    private(set) var literals = LiteralInterner()
    private(set) var patterns: [PatternDraft] = []
    private var patternNumbers: [PatternKey: UInt32] = [:]
    private(set) var fragments: [IndexTables.FragmentText] = []
    private(set) var text: [UInt8] = []

    /// - Parameter known: what an earlier index has compiled; regular expressions are taken over from there.
    init(known: RegexLibrary) {
        self.known = known
    }

    /// The check that decides a filter.
    /// - Precondition: the filter is not empty.
    mutating func check(for filter: SubscriptionFilter) -> Check {
        let attribute = attributeNumber(of: filter.name)
        if let special = SpecialValue(filter: filter.pattern) {
            if special != .key, special != .value, special != .nil { attributes[Int(attribute)].needsText = true }
            return Check(attribute: attribute, operand: UInt32(special.accepted.rawValue), kind: .special)
        }
        attributes[Int(attribute)].needsText = true
        if !filter.pattern.utf8.contains(where: { LiteralPattern.isMeta($0) || $0 == UInt8(ascii: "\n") }) {
            let literal = literalNumber(attribute: attribute, text: Array(filter.pattern.utf8))
            literals.countUse(of: literal)
            return Check(attribute: attribute, operand: UInt32(literal), kind: .literal)
        }
        attributes[Int(attribute)].needsInspection = true
        let pattern = patternNumber(attribute: attribute, filter: ExactString(filter.pattern))
        for literal in patterns[Int(pattern)].literals { literals.countUse(of: literal) }
        return Check(attribute: attribute, operand: pattern, kind: .pattern)
    }

    private mutating func attributeNumber(of name: String) -> UInt32 {
        if let number = attributeNumbers[ExactString(name)] { return number }
        let number = UInt32(attributes.count)
        attributes.append(
            IndexTables.Attribute(
                nameHash: KeyHash.hash(name), nameStart: UInt32(text.count), nameCount: UInt32(name.utf8.count),
                longestLiteral: 0, patternsStart: 0, patternsCount: 0, presenceStart: 0, presenceCount: 0,
                leadsByLiteral: false, needsText: false, needsInspection: false, isEventType: name == Self.eventType))
        text.append(contentsOf: name.utf8)
        attributeNumbers[ExactString(name)] = number
        return number
    }

    private mutating func literalNumber(attribute: UInt32, text literal: [UInt8]) -> Int {
        attributes[Int(attribute)].longestLiteral = max(
            attributes[Int(attribute)].longestLiteral, UInt32(literal.count))
        if literal.first == UInt8(ascii: "[") || literal.first == UInt8(ascii: "{") {
            attributes[Int(attribute)].needsInspection = true
        }
        return literals.intern(attribute: attribute, text: literal, arena: &text)
    }

    private mutating func patternNumber(attribute: UInt32, filter: ExactString) -> UInt32 {
        let key = PatternKey(attribute: attribute, filter: filter)
        if let number = patternNumbers[key] { return number }
        let number = UInt32(patterns.count)
        patterns.append(draftPattern(attribute: attribute, filter: filter))
        patternNumbers[key] = number
        return number
    }

    private mutating func draftPattern(attribute: UInt32, filter: ExactString) -> PatternDraft {
        let own = Array(filter.text.utf8)
        var draft = PatternDraft(
            record: IndexTables.Pattern(
                kind: .ownText, onMissing: .no, attribute: attribute, textStart: UInt32(text.count),
                textCount: UInt32(own.count), fragmentsStart: UInt32(fragments.count), fragmentsCount: 0, regex: 0,
                candidatesStart: 0, candidatesCount: 0))
        text += own
        switch Predicate.classify(filter.text) {
        case .anything:
            draft.record.kind = .anything
            draft.record.onMissing = .yes
        case .fragments(let alternatives):
            draft.record.kind = .fragments
            draft.record.fragmentsCount = UInt32(alternatives.count)
            for fragment in alternatives { fragments.append(store(fragment)) }
            if alternatives.allSatisfy(\.isFoundByHash) {
                let texts = alternatives.map(\.text)
                draft.literals = Set(texts + [own]).map { literalNumber(attribute: attribute, text: $0) }
            }
        case .regex(let pattern):
            let result = compile(pattern, filter: filter)
            if let regex = result.regex {
                draft.record.kind = .regex
                draft.record.onMissing = result.onMissing
                draft.record.regex = number(of: regex, filter: filter)
                if let head = LiteralPattern.head(of: pattern) {
                    draft.record.fragmentsCount = 1
                    fragments.append(store(head))
                }
            } else {
                draft.literals = [literalNumber(attribute: attribute, text: own)]
            }
        case .never, .special:
            preconditionFailure("handled before a pattern is drafted")
        }
        return draft
    }

    private mutating func store(_ fragment: Fragment) -> IndexTables.FragmentText {
        defer { text += fragment.text }
        return IndexTables.FragmentText(
            textStart: UInt32(text.count), textCount: UInt32(fragment.text.count), start: fragment.start,
            end: fragment.end)
    }

    private mutating func compile(_ pattern: [UInt8], filter: ExactString) -> CompiledRegex {
        if let result = compiled[filter] { return result }
        let result = known[filter] ?? Self.compile(pattern, searcher: searcher)
        compiled[filter] = result
        return result
    }

    private static func compile(_ pattern: [UInt8], searcher: RegexSearcher) -> CompiledRegex {
        guard let regex = try? RubyRegex(pattern) else { return CompiledRegex(regex: nil, onMissing: .no) }
        let outcome = searcher.search(regex, in: UnsafeBufferPointer(start: nil, count: 0), effort: .full)
        return CompiledRegex(regex: regex, onMissing: Judgement(outcome))
    }

    private mutating func number(of regex: RubyRegex, filter: ExactString) -> UInt32 {
        if let number = regexNumbers[filter] { return number }
        let number = UInt32(regexes.count)
        regexes.append(regex)
        regexFilters.append(filter)
        regexNumbers[filter] = number
        return number
    }
}
