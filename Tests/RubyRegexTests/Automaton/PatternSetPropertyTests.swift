import RedisTestSupport
import Testing

@testable import RubyRegex

@Suite(.timeLimit(.minutes(1))) struct PatternSetPropertyTests {
    /// Memory that holds all states, few, or none: then everything is simulated.
    private static let memories = [PatternSetScanner.defaultMemory, 2_500, 600, 0]

    @Test(arguments: [1, 7, 40])
    func manyPatternsFindWhatTheDefinitionOfEachSays(patternCount: Int) throws {
        let seed = UInt64.random(in: 0...UInt64.max)
        var generator = Chance(seed: seed)
        for round in 0..<600 / patternCount {
            let trees = (0..<patternCount).map { _ in
                RandomTree(depth: Int.random(in: 0...4, using: &generator), using: &generator).tree
            }
            let set = try #require(PatternSet(trees: trees))
            let scanners = Self.memories.map { PatternSetScanner(set, memory: $0) }
            for _ in 0..<8 {
                let text = RandomTree.text(using: &generator)
                let expected = trees.indices.filter { NaiveMatcher(tree: trees[$0], text: text).matchesSomewhere }
                for (memory, scanner) in zip(Self.memories, scanners) {
                    let found = scanner.patterns(in: text)
                    #expect(found == expected, "seed \(seed), round \(round), memory \(memory), text \(text)")
                    if found != expected { return }
                }
            }
        }
    }

    @Test func aPatternAloneFindsWhatItFindsAmongOthersInLongTexts() throws {
        let seed = UInt64.random(in: 0...UInt64.max)
        var generator = Chance(seed: seed)
        for _ in 0..<20 {
            let trees = (0..<20).map { _ in RandomTree(depth: 4, using: &generator).tree }
            let together = PatternSetScanner(try #require(PatternSet(trees: trees)), memory: 20_000)
            let alone = try trees.map { PatternSetScanner(try #require(PatternSet(trees: [$0]))) }
            for _ in 0..<10 {
                let text = (0..<40).flatMap { _ in RandomTree.text(using: &generator) }
                let expected = alone.indices.filter { !alone[$0].patterns(in: text).isEmpty }
                #expect(together.patterns(in: text) == expected, "seed \(seed), text \(text)")
            }
        }
    }
}

extension PatternSet {
    init?(trees: [SyntaxTree]) {
        self.init(
            members: trees.enumerated().map { Member(AutomatonProgram($1), required: RequiredTexts($1), pattern: $0) })
    }
}

extension PatternSetScanner {
    /// The patterns found in a text, ascending.
    func patterns(in text: [UInt32]) -> [Int] {
        var string = ""
        string.unicodeScalars.append(contentsOf: text.map { Unicode.Scalar($0)! })
        return patterns(in: string)
    }

    func patterns(in text: String) -> [Int] {
        var steps = 10_000_000
        var matches: [Int32] = []
        let isDecided = Array(text.utf8).withUnsafeBufferPointer { scan($0, steps: &steps, into: &matches) }
        #expect(isDecided)
        return matches.map { Int($0) }.sorted()
    }
}
