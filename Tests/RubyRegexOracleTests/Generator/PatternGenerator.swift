import RedisTestSupport

/// Makes patterns from the whole grammar, most of them valid and small.
struct PatternGenerator {
    var chance: Chance
    private(set) var names: [String?] = []
    private(set) var palette: [String] = []
    /// Parts that may still be made.
    var budget = 0
    var isExtended = false
    private var usesNames = false
    /// How eagerly odd things are made, in percent.
    var oddity = 0

    init(chance: Chance) { self.chance = chance }

    mutating func pattern() -> GeneratedPattern {
        names = []
        isExtended = false
        usesNames = chance.happens(25)
        oddity = [0, 1, 1, 3, 8][chance.number(0...4)]
        budget = chance.happens(80) ? chance.number(1...6) : chance.number(6...30)
        choosePalette()
        let tree = alternation(depth: 0)
        return GeneratedPattern(tree: tree, names: names, palette: palette)
    }

    private mutating func choosePalette() {
        var sources = [chance.happens(55) ? chance.pick(Alphabet.plain)! : chance.pick(Alphabet.odd)!]
        if chance.happens(35) { sources.append(chance.pick(chance.happens(60) ? Alphabet.plain : Alphabet.odd)!) }
        palette = sources.flatMap { $0 }.shuffled(using: &chance)
        palette = Array(palette.prefix(chance.number(2...6)))
    }

    // MARK: Alternations, sequences, repetitions

    mutating func alternation(depth: Int) -> PatternTree {
        var arms = [sequence(depth: depth)]
        while arms.count < 5, chance.happens(arms.count == 1 ? 25 : 40) {
            arms.append(chance.happens(12) ? .sequence([]) : sequence(depth: depth))
        }
        if arms.count > 1, chance.happens(6) { arms.insert(.sequence([]), at: 0) }
        return arms.count == 1 ? arms[0] : .alternation(arms)
    }

    mutating func sequence(depth: Int) -> PatternTree {
        var parts: [PatternTree] = []
        repeat {
            let part = self.part(depth: depth)
            if chance.happens(8), isFixed(part) { parts += guarded(part) } else { parts.append(part) }
        } while budget > 0 && chance.happens(70)
        return parts.count == 1 ? parts[0] : .sequence(parts)
    }

    private mutating func part(depth: Int) -> PatternTree {
        budget -= 1
        let body = atom(depth: depth)
        return chance.happens(28) ? repeated(body) : body
    }

    private mutating func atom(depth: Int) -> PatternTree {
        if isExtended, chance.happens(15) {
            return .mark(chance.pick([" ", "\t", "\n", "# c\n", "#)\n", " # [(\n", "\u{C}", "\u{A0}"])!)
        }
        let roll = chance.number(0...99)
        return switch roll {
        case 0..<40: literal()
        case 40..<52: bracket(depth: 0)
        case 52..<58: characterType()
        case 58..<62: .atom(".", matches: palette.map { $0.unicodeScalars.map(\.value) })
        case 62..<71: anchor()
        case 71..<75 where !names.isEmpty || chance.happens(10): .backReference(reference())
        case 75..<77 where chance.happens(usesNames || !names.isEmpty ? 100 : 15): guardedCall()
        default: depth < 5 && budget > -3 ? group(depth: depth) : literal()
        }
    }

    private mutating func anchor() -> PatternTree {
        let anchors = ["^", "$", "\\A", "\\z", "\\Z", "\\b", "\\B", "\\G", "\\K"]
        var spelling = chance.pick(anchors)!
        while chance.happens(8) { spelling += chance.pick(anchors)! }
        return spelling == "^" || spelling == "$" ? .atom(spelling, matches: [[], [], [10]]) : .mark(spelling)
    }

    mutating func reference() -> GroupReference {
        GroupReference(wish: chance.number(0...9999), form: chance.pick(GroupReference.Form.allCases)!)
    }

    /// Mostly such that a group may call itself without never ending.
    private mutating func guardedCall() -> PatternTree {
        let call = PatternTree.call(reference())
        return switch chance.number(0...9) {
        case 0..<4: .repetition(call, "?", 0...1)
        case 4..<6: .enclosed("(?:", .alternation([literal(), call]), ")", ignoresCase: nil)
        case 6: .repetition(call, "*", 0...2)
        default: call
        }
    }

    /// A part with a look at what stands there.
    private mutating func guarded(_ part: PatternTree) -> [PatternTree] {
        switch chance.number(0...5) {
        case 0: [.lookAround("(?=", part), part]
        case 1: [part, .lookAround("(?<=", part)]
        case 2: [.lookAround("(?=", .sequence([part, .atom(".*", matches: [[]])])), part]
        case 3: [part, .lookAround("(?<!", literal())]
        case 4: [.lookAround("(?!", literal()), part]
        default: [part, .lookAround("(?!", literal())]
        }
    }

    /// May be spelled twice without changing the numbers of groups.
    private func isFixed(_ tree: PatternTree) -> Bool { if case .atom = tree { true } else { false } }

    // MARK: Groups

    /// A new group that captures, around what `body` makes.
    mutating func capture(depth: Int) -> PatternTree {
        let name = usesNames && chance.happens(85) ? chance.pick(["a", "b", "n", "a1", "_x", "é", "名", "A"])! : nil
        names.append(name)
        let number = names.count
        let opening = name.map { chance.happens(70) ? "(?<\($0)>" : "(?'\($0)'" } ?? "("
        return .capture(number: number, opening: opening, alternation(depth: depth + 1))
    }
}
