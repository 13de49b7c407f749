/// A regular expression that means what it means in Ruby 3.1, for the one question whether it matches somewhere in a
/// text.
///
/// Immutable; several threads may judge by it, each with its own ``PatternJudge`` or ``PatternSetScanner``.
@usableFromInline package struct RubyPattern: Sendable {
    /// How a pattern is judged.
    @usableFromInline package enum Method: String, Hashable, Sendable {
        /// It looks for a few texts at stated places.
        case literal
        /// An automaton reads the text once, whatever the pattern; texts of ASCII alone may have one of their own.
        case automaton
        /// A machine tries one way after the other, within a budget of steps.
        case budgeted
    }

    /// What decides on some texts. Shared, for patterns are handed on often.
    final class Reading: Sendable {
        let automaton: AutomatonProgram
        let required: RequiredTexts
        /// What decides where the automaton does not.
        let machine: MachineProgram?
        /// A large automaton that decides, ready to scan with.
        let alone: PatternSet?

        init(_ tree: SyntaxTree) throws(PatternError) {
            automaton = AutomatonProgram(tree)
            required = RequiredTexts(tree)
            machine = automaton.isExact ? nil : try MachineProgram(tree)
            let isLarge = automaton.instructions.count > RubyPattern.mostJoinedInstructions
            alone = isLarge && machine == nil ? PatternSet(members: [PatternSet.Member(automaton)]) : nil
        }
    }

    /// A larger automaton would cost the patterns too much that it is joined with.
    fileprivate static let mostJoinedInstructions = 1000

    /// The text it was compiled from.
    package let source: [UInt8]
    /// What the pattern looks for, when that is nothing but a few texts.
    package let plain: PlainLanguage?
    /// For all texts, or for those that are not of ASCII alone; nil where Ruby refuses the pattern when it sees such a
    /// text.
    let general: Reading?
    /// For texts of ASCII alone, where they are read in another way.
    let ascii: Reading?

    /// Compiles a pattern with no options, as `Regexp.new(pattern)` does.
    ///
    /// Takes time linear in the pattern, at most 5 ms.
    /// - Parameter pattern: the whole pattern text, anchors included. Bytes that are not UTF-8 are refused as Ruby
    /// does.
    /// - Throws: ``PatternError``.
    package init(_ pattern: [UInt8]) throws(PatternError) {
        source = pattern
        let text = try PatternText(pattern)
        guard text.modes.contains(.ascii), text.mayFold else {
            let tree = try PatternParser.parse(text, as: .unicode)
            plain = PlainLanguage(tree)
            (general, ascii) = (try Reading(tree), nil)
            return
        }
        let asciiTree = try PatternParser.parse(text, as: .ascii)
        // What is too large to be compiled is not read twice.
        let asciiReading = try Reading(asciiTree)
        guard let tree = try Self.treeUnlessRefused(text) else {
            (plain, general, ascii) = (nil, nil, asciiReading)
            return
        }
        let isOne = tree.isOfOneShape(with: asciiTree)
        plain = isOne ? PlainLanguage(tree) : nil
        (general, ascii) = (try Reading(tree), isOne ? nil : asciiReading)
    }

    private static func treeUnlessRefused(_ text: PatternText) throws(PatternError) -> SyntaxTree? {
        do {
            return try PatternParser.parse(text, as: .unicode)
        } catch {
            if case .refused = error { return nil }
            throw error
        }
    }

    package var method: Method {
        if plain != nil { return .literal }
        return ascii?.machine == nil && general?.machine == nil ? .automaton : .budgeted
    }

    /// Whether it may be a member of a ``PatternSet``: its automata have at most 1000 instructions.
    package var isJoinable: Bool {
        var count = 0
        forEachReading { reading, _ in count += reading.automaton.instructions.count }
        return count <= Self.mostJoinedInstructions
    }

    /// Calls `body` with each reading, and the texts that it is for.
    func forEachReading(_ body: (Reading, TextKinds) -> Void) {
        if let ascii { body(ascii, .ascii) }
        if let general { body(general, ascii == nil ? .all : .others) }
    }
}

/// Two patterns are equal when they were written alike.
extension RubyPattern: Hashable {
    @usableFromInline package static func == (first: Self, second: Self) -> Bool { first.source == second.source }

    @usableFromInline package func hash(into hasher: inout Hasher) { hasher.combine(source) }
}

extension PatternText {
    /// There may be an option `i`, under which the modes differ.
    fileprivate var mayFold: Bool {
        var isInOptions = false
        var previous: Unicode.Scalar?
        for scalar in scalars {
            if previous == "(", scalar == "?" {
                isInOptions = true
            } else if isInOptions {
                if scalar == "i" { return true }
                isInOptions = "amdux-".unicodeScalars.contains(scalar)
            }
            previous = scalar
        }
        return false
    }
}

extension SyntaxTree {
    /// Whether the trees differ at most in sets, and there only beyond ASCII: they decide alike on texts of ASCII.
    fileprivate func isOfOneShape(with other: SyntaxTree) -> Bool {
        let ascii = CodePointSet(ranges: [0...0x7F])
        return nodes == other.nodes && children == other.children && scalars == other.scalars
            && sets.count == other.sets.count
            && zip(sets, other.sets).allSatisfy { $0.intersection(ascii) == $1.intersection(ascii) }
    }
}
