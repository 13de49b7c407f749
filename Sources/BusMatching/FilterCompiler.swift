import BusWire
import RubyRegex

/// Turns filters into checks while an index is built: interns names, literals and patterns, compiles regular
/// expressions.
struct FilterCompiler {
    typealias Check = IndexTables.Check

    /// What a filter asks for, and what it says about a missing attribute.
    struct CompiledFilter {
        let predicate: Predicate
        let onMissing: Judgement
    }

    struct PatternDraft {
        var record: IndexTables.Pattern
        /// Literals of which the text has to be one, when the pattern comes down to that.
        var literals: [Int] = []
        /// The filter itself, where a scan for the pattern does not find it.
        var ownLiteral: Int?
    }

    private struct PatternKey: Hashable {
        let attribute: UInt32
        let filter: ExactString
    }

    /// The attribute that every event has, with few values.
    static let eventType = "bus_event_type"

    /// What filters have been compiled to, by the filter as stored.
    typealias Library = [ExactString: CompiledFilter]

    private let known: [Library]
    private let judge = PatternJudge()
    private(set) var compiled: Library = [:]
    private(set) var regexes: [SubscriptionIndex.Regex] = []
    private var regexNumbers: [ExactString: UInt32] = [:]

    private(set) var attributes: [IndexTables.Attribute] = []
    private var attributeNumbers: [ExactString: UInt32] = [:]
    private(set) var literals = LiteralInterner()
    private(set) var patterns: [PatternDraft] = []
    private var patternNumbers: [PatternKey: UInt32] = [:]
    private(set) var fragments: [IndexTables.FragmentText] = []
    private(set) var text: [UInt8] = []

    /// - Parameter known: what earlier indices have compiled; regular expressions are taken over from there.
    init(known: [Library]) {
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
        if Predicate.isPlain(filter.pattern) {
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
                longestLiteral: 0, loneStart: 0, loneCount: 0, joinedStart: 0, joinedCount: 0, leadsByScan: false,
                presenceStart: 0, presenceCount: 0, leadsByLiteral: false, needsText: false, needsInspection: false,
                isEventType: name == Self.eventType))
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
        let result = compile(filter)
        var draft = PatternDraft(
            record: IndexTables.Pattern(
                kind: .ownText, isJoined: false, onMissing: result.onMissing, attribute: attribute,
                textStart: UInt32(text.count), textCount: UInt32(own.count), fragmentsStart: UInt32(fragments.count),
                fragmentsCount: 0, regex: 0, candidatesStart: 0, candidatesCount: 0))
        text += own
        switch result.predicate {
        case .regex(let pattern):
            switch pattern.plain {
            case .anything: draft.record.kind = .anything
            case .fragments(let alternatives): ask(for: alternatives, own, &draft)
            case nil: draft.record.kind = pattern.method == .budgeted ? .budgeted : .automaton
            }
            draft.record.regex = number(of: .init(filter: filter, reading: .pattern(pattern)))
        case .unjudgeable(let reason):
            draft.record.kind = .unjudgeable
            draft.record.regex = number(of: .init(filter: filter, reading: .unjudgeable(reason)))
        case .refused:
            draft.literals = [literalNumber(attribute: attribute, text: own)]
        case .never, .special, .text:
            preconditionFailure("handled before a pattern is drafted")
        }
        switch draft.record.kind {
        case .fragments where draft.literals.isEmpty, .automaton, .budgeted:
            draft.ownLiteral = literalNumber(attribute: attribute, text: own)
        case .fragments, .anything, .unjudgeable, .ownText: break
        }
        return draft
    }

    private mutating func ask(for alternatives: [Fragment], _ own: [UInt8], _ draft: inout PatternDraft) {
        draft.record.kind = .fragments
        draft.record.fragmentsCount = UInt32(alternatives.count)
        for fragment in alternatives { fragments.append(store(fragment)) }
        if alternatives.allSatisfy(\.isFoundByHash) {
            let texts = Set(alternatives.map(\.text) + [own])
            draft.literals = texts.map { literalNumber(attribute: draft.record.attribute, text: $0) }
        }
    }

    private mutating func store(_ fragment: Fragment) -> IndexTables.FragmentText {
        defer { text += fragment.text }
        return IndexTables.FragmentText(
            textStart: UInt32(text.count), textCount: UInt32(fragment.text.count), start: fragment.start,
            end: fragment.end)
    }

    private mutating func compile(_ filter: ExactString) -> CompiledFilter {
        if let result = compiled[filter] { return result }
        let result = known.lazy.compactMap { $0[filter] }.first ?? compileAfresh(filter)
        compiled[filter] = result
        return result
    }

    private func compileAfresh(_ filter: ExactString) -> CompiledFilter {
        let predicate = Predicate.classify(filter.text)
        switch predicate {
        case .regex(let pattern):
            return CompiledFilter(predicate: predicate, onMissing: Judgement(judge.judge(pattern, on: [])))
        case .unjudgeable: return CompiledFilter(predicate: predicate, onMissing: .undecided)
        case .never, .special, .text, .refused: return CompiledFilter(predicate: predicate, onMissing: .no)
        }
    }

    private mutating func number(of regex: SubscriptionIndex.Regex) -> UInt32 {
        if let number = regexNumbers[regex.filter] { return number }
        let number = UInt32(regexes.count)
        regexes.append(regex)
        regexNumbers[regex.filter] = number
        return number
    }
}

extension Judgement {
    init(_ outcome: PatternJudge.Outcome) {
        switch outcome {
        case .matched: self = .yes
        case .unmatched: self = .no
        case .outOfSteps: self = .undecided
        }
    }
}
