import Testing

@testable import RubyRegex

/// Automata beside the machine, on patterns made at random.
@Suite(.timeLimit(.minutes(1))) struct PatternSetTests {
    private static let shapes = (1...800).map { (UInt64($0), GeneratedShape.Family.allCases[$0 % 5]) }

    private static func scan(_ scanner: PatternSetScanner, _ text: String) -> Set<Int32>? {
        var text = text
        return text.withUTF8 { bytes in
            var steps = 10_000_000
            var matches: [Int32] = []
            guard scanner.scan(bytes, steps: &steps, into: &matches) else { return nil }
            #expect(Set(matches).count == matches.count, "each pattern once")
            return Set(matches)
        }
    }

    private static func machineFinds(_ program: MachineProgram, _ text: String) -> Bool? {
        var text = text
        return text.withUTF8 { bytes in
            var steps = 5_000
            switch Machine().search(program, in: bytes, steps: &steps) {
            case .matched: return true
            case .unmatched: return false
            case .outOfSteps: return nil
            }
        }
    }

    @Test func anAutomatonAnswersAsTheMachineDoes() throws {
        var exact = 0
        for (seed, family) in Self.shapes {
            let shape = GeneratedShape.make(seed: seed, family: family)
            let tree = shape.tree()
            let automaton = AutomatonProgram(tree)
            let machine = try MachineProgram(tree)
            let scanner = PatternSetScanner(try #require(PatternSet(trees: [tree])))
            exact += automaton.isExact ? 1 : 0
            for text in GeneratedShape.texts(seed: seed, count: 12) + ["", "\n", "a\n", "\n\n"] {
                guard let expected = Self.machineFinds(machine, text) else { continue }
                let found = try #require(Self.scan(scanner, text)) == [0]
                if automaton.isExact || expected {
                    #expect(found == expected, "seed \(seed): \(shape.pattern) on \(text.debugDescription)")
                }
            }
        }
        #expect(exact > 100)
    }

    @Test(arguments: [100, 2_000, PatternSetScanner.defaultMemory])
    func manyPatternsAreFoundAsEachAlone(memory: Int) throws {
        let shapes = Self.shapes.prefix(300).map { GeneratedShape.make(seed: $0, family: $1) }
        let trees = shapes.map { $0.tree() }
        let together = PatternSetScanner(try #require(PatternSet(trees: trees)), memory: memory)
        let alone = try trees.map { PatternSetScanner(try #require(PatternSet(trees: [$0]))) }
        for seed in 1...20 as ClosedRange<UInt64> {
            for text in GeneratedShape.texts(seed: seed, count: 5) {
                let expected = Set(alone.indices.filter { Self.scan(alone[$0], text) == [0] }.map(Int32.init))
                let found = Self.scan(together, text)
                #expect(found == expected, "\(text.debugDescription)")
            }
        }
    }
}
