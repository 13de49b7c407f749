import Testing

@testable import RubyRegex

/// Patterns and texts that would take for ever end within their steps.
@Suite(.timeLimit(.minutes(1))) struct MachineHostileTests {
    private let dot = PatternShape.set(".", CodePointSet(unordered: [0...0x09, 0x0B...CodePointSet.highest]))

    private func many(_ body: PatternShape) -> PatternShape { .repetition(body, 0, SyntaxTree.unbounded, .greedy) }

    private func search(
        _ shape: PatternShape, _ text: String, steps: Int = 200_000, stepsBeforeMemory: Int? = 2_000
    ) throws -> (outcome: Machine.Outcome, left: Int) {
        let program = try MachineProgram(shape.tree())
        var left = steps
        let outcome = Array(text.utf8).withUnsafeBufferPointer {
            Machine(stepsBeforeMemory: stepsBeforeMemory).search(program, in: $0, steps: &left)
        }
        return (outcome, left)
    }

    /// F4: a look-ahead at every place, each of which reads to the end.
    @Test func lookAheadsTakeLinearTime() throws {
        let shape = PatternShape.sequence([
            .assertion(.lineStart),
            many(.sequence([.lookAhead(.sequence([many(dot), .text("b")]), isNegative: false), dot])),
            .assertion(.wordBoundary), .assertion(.noWordBoundary),
        ])
        let text = String(repeating: "a", count: 5_000) + "b"
        #expect(try search(shape, text).outcome == .unmatched)
        #expect(try search(shape, text, stepsBeforeMemory: nil).outcome == .outOfSteps)
    }

    @Test func nestedRepetitionsTakeLinearTime() throws {
        let shape = PatternShape.sequence([many(many(.text("a"))), .atomic(.text("b"))])
        #expect(try search(shape, String(repeating: "a", count: 2_000)).outcome == .unmatched)
    }

    @Test func endlessWaysEnd() throws {
        let a = PatternShape.text("a")
        let shapes: [PatternShape] = [
            .sequence([
                many(.capture(1, many(a))), .backReference(1, ignoresCase: false, level: nil), .text("b"),
            ]),
            .sequence([
                many(.capture(1, many(a))), .backReference(1, ignoresCase: true, level: nil), .text("b"),
            ]),
            .capture(1, .sequence([a, .repetition(.call(1), 0, 1, .greedy), .text("b")])),
            .sequence([.absence(.sequence([many(dot), .text("b")])), .text("c")]),
            .sequence([.graphemeCluster, .assertion(.wordBoundary), .assertion(.noWordBoundary)]),
            .sequence([.repetition(.repetition(a, 0, 100_000, .lazy), 0, 100_000, .greedy), .text("b")]),
        ]
        let texts = [
            String(repeating: "a", count: 100_000), "a" + String(repeating: "\u{301}", count: 200_000),
        ]
        for (shape, text) in zip(shapes, [texts[0], texts[0], texts[0], texts[0], texts[1], texts[0]]) {
            let (outcome, left) = try search(shape, text)
            #expect(outcome == .outOfSteps && left == 0, "/\(shape.pattern)/")
        }
    }

    @Test func countsAreNoCopies() throws {
        var shape = PatternShape.text("ab")
        for _ in 0..<200 { shape = .repetition(shape, 2, 100_000, .greedy) }
        #expect(try MachineProgram(shape.tree()).instructions.count < 2_000)
    }
}
