/// A pattern as it was thought up: how its parts are spelled, and about what they match.
///
/// What a part matches need only be right often: the tree is there to find texts that match or nearly do.
indirect enum PatternTree {
    /// These characters, which match one of some texts.
    case atom(String, matches: [[UInt32]])
    case sequence([PatternTree])
    case alternation([PatternTree])
    /// A part between two spellings, for instance `(?:` and `)`.
    case enclosed(String, PatternTree, String, ignoresCase: Bool?)
    /// `opening` is `(`, `(?<name>` or `(?'name'`; numbers count from 1 in the order of the openings.
    case capture(number: Int, opening: String, PatternTree)
    case lookAround(String, PatternTree)
    case absence(PatternTree)
    case repetition(PatternTree, String, ClosedRange<Int>)
    case backReference(GroupReference)
    case call(GroupReference)
    case conditional(GroupReference, yes: PatternTree, no: PatternTree?)

    /// Matches the empty text, or is a condition that nobody knows here.
    static func mark(_ spelling: String) -> PatternTree { .atom(spelling, matches: [[]]) }

    /// A character as itself.
    static func plain(_ text: String) -> PatternTree { .atom(text, matches: [text.unicodeScalars.map(\.value)]) }
}

/// A group that is meant, by a number that is resolved when all groups are known.
struct GroupReference {
    enum Form: CaseIterable {
        case bare, angled, quoted, relative, levelled
    }

    let wish: Int
    let form: Form
}

/// A tree with what its references need to know.
struct GeneratedPattern {
    var tree: PatternTree
    /// The names of the groups by number less 1; nil for a group without a name.
    var names: [String?] = []
    /// Whether groups with names stand beside others: these do not count then.
    var hasNames: Bool { names.contains { $0 != nil } }
    /// The characters that the pattern likes.
    var palette: [String] = ["a"]

    /// The number of the group that a reference means; nil when there is none.
    func group(of reference: GroupReference) -> Int? {
        let candidates = hasNames ? names.indices.filter { names[$0] != nil } : Array(names.indices)
        return candidates.isEmpty ? nil : candidates[reference.wish % candidates.count] + 1
    }

    /// What `Regexp.new` reads.
    var spelling: String {
        var speller = PatternSpeller(pattern: self)
        speller.spell(tree)
        return speller.text
    }
}
