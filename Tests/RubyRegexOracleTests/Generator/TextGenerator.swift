import RedisTestSupport

/// Makes texts that match a pattern, or nearly do, by walking its tree.
struct TextGenerator {
    let pattern: GeneratedPattern
    var chance: Chance
    private var text: [UInt32] = []
    private var captured: [Int: ArraySlice<UInt32>] = [:]
    private var bodies: [Int: PatternTree] = [:]
    private static let longest = 300

    init(pattern: GeneratedPattern, chance: Chance) {
        self.pattern = pattern
        self.chance = chance
        collectGroups(of: pattern.tree)
    }

    /// A text of the pattern's language as far as the tree knows it, changed with some chance.
    mutating func next() -> [UInt8] {
        if chance.happens(3) { return [] }
        text = []
        captured = [:]
        walk(pattern.tree, ignoresCase: false, calls: 0)
        for _ in 0..<[0, 0, 0, 1, 1, 2][chance.number(0...5)] { change() }
        return Self.bytes(text)
    }

    static func bytes(_ scalars: [UInt32]) -> [UInt8] {
        var string = String.UnicodeScalarView()
        string.append(contentsOf: scalars.compactMap { Unicode.Scalar($0) })
        return Array(String(string).utf8)
    }

    // MARK: Members

    private mutating func collectGroups(of tree: PatternTree) {
        switch tree {
        case .atom, .backReference, .call: break
        case .sequence(let parts), .alternation(let parts): for part in parts { collectGroups(of: part) }
        case .enclosed(_, let body, _, _), .lookAround(_, let body), .absence(let body), .repetition(let body, _, _):
            collectGroups(of: body)
        case .capture(let number, _, let body):
            bodies[number] = body
            collectGroups(of: body)
        case .conditional(_, let yes, let no):
            collectGroups(of: yes)
            if let no { collectGroups(of: no) }
        }
    }

    private mutating func walk(_ tree: PatternTree, ignoresCase: Bool, calls: Int) {
        if text.count > Self.longest { return }
        switch tree {
        case .atom(_, let matches):
            let match = chance.pick(matches) ?? []
            text += ignoresCase ? match.flatMap { CaseVariants.any(of: $0, &chance) } : match
        case .sequence(let parts):
            for part in parts { walk(part, ignoresCase: ignoresCase, calls: calls) }
        case .alternation(let arms): walk(chance.pick(arms)!, ignoresCase: ignoresCase, calls: calls)
        case .enclosed(_, let body, _, let changed): walk(body, ignoresCase: changed ?? ignoresCase, calls: calls)
        case .capture(let number, _, let body):
            let start = text.count
            walk(body, ignoresCase: ignoresCase, calls: calls)
            captured[number] = text[start...]
        case .lookAround(let opening, let body):
            let isBehind = opening.hasPrefix("(?<")
            if chance.happens(isBehind ? 50 : 25) { walk(body, ignoresCase: ignoresCase, calls: calls) }
        case .absence(let body):
            if chance.happens(20) { return walk(body, ignoresCase: ignoresCase, calls: calls) }
            for _ in 0..<chance.number(0...3) { text += PatternGenerator.scalars(chance.pick(pattern.palette)!) }
        case .repetition(let body, _, let range):
            for _ in 0..<chance.number(range) { walk(body, ignoresCase: ignoresCase, calls: calls) }
        case .backReference(let reference):
            if let number = pattern.group(of: reference) { text += captured[number] ?? [] }
        case .call(let reference):
            guard calls < 3, let number = pattern.group(of: reference), let body = bodies[number] else { return }
            walk(body, ignoresCase: ignoresCase, calls: calls + 1)
        case .conditional(let reference, let yes, let no):
            let isMet = pattern.group(of: reference).map { captured[$0] != nil } ?? false
            if isMet { walk(yes, ignoresCase: ignoresCase, calls: calls) }
            if !isMet, let no { walk(no, ignoresCase: ignoresCase, calls: calls) }
        }
    }

    // MARK: Changes

    private mutating func change() {
        let place = chance.number(0...text.count)
        let some = PatternGenerator.scalars(
            chance.happens(70) ? chance.pick(pattern.palette)! : Alphabet.any(&chance))
        switch chance.number(0...9) {
        case 0, 1: text.insert(contentsOf: some, at: place)
        case 2: text.insert(contentsOf: some, at: 0)
        case 3: text += some
        case 4 where place < text.count: text.remove(at: place)
        case 5 where place < text.count: text.replaceSubrange(place...place, with: some)
        case 6 where place < text.count:
            text.replaceSubrange(place...place, with: CaseVariants.any(of: text[place], &chance))
        case 7: text.insert(10, at: place)
        case 8: text.removeSubrange(place...)
        case 9 where text.count < 100: text += text
        default: text.insert(contentsOf: some, at: place)
        }
    }
}

/// Other spellings of a character where case does not matter.
enum CaseVariants {
    private static let foldings = [
        ["ß", "ẞ", "ss", "SS", "sS", "ſs"], ["s", "S", "ſ"], ["k", "K", "\u{212A}"], ["å", "Å", "\u{212B}"],
        ["i\u{307}", "İ"], ["ﬁ", "fi", "FI"], ["ﬀ", "ff"], ["ﬃ", "ffi", "ﬀi", "fﬁ"], ["ﬅ", "ﬆ", "st", "ſt"],
        ["ŉ", "ʼn", "ʼN"], ["ǰ", "j\u{30C}"], ["ΐ", "\u{1FD3}", "ι\u{308}\u{301}"], ["σ", "ς", "Σ"],
        ["ω", "Ω", "\u{2126}"], ["ι", "Ι", "\u{345}", "\u{1FBE}"], ["ᾳ", "ᾼ", "αι"], ["ǆ", "ǅ", "Ǆ"], ["µ", "μ", "Μ"],
        ["և", "եւ", "ԵՒ"], ["ẖ", "h\u{331}"], ["в", "В", "\u{1C80}"], ["ꙋ", "Ꙋ", "\u{1C88}"], ["ᾀ", "ᾈ", "ἀι"],
        ["ﬓ", "մն"],
    ].map { $0.map(PatternGenerator.scalars) }

    static func any(of scalar: UInt32, _ chance: inout Chance) -> [UInt32] {
        guard let character = Unicode.Scalar(scalar), chance.happens(60) else { return [scalar] }
        if let folding = foldings.first(where: { $0.contains([scalar]) }), chance.happens(60) {
            return chance.pick(folding)!
        }
        let properties = character.properties
        return PatternGenerator.scalars(chance.happens(50) ? properties.uppercaseMapping : properties.lowercaseMapping)
    }
}
