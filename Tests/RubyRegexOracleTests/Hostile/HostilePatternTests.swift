import Foundation
import RedisTestSupport
import RubyRegex
import Testing

/// Whatever a stranger writes as a pattern: no crash, no answer later than the bounds, no memory that stays.
@Suite(.serialized) struct HostilePatternTests {
    @Test(.timeLimit(.minutes(1)), arguments: HostilePattern.all)
    func aHostilePatternCostsLittle(_ hostile: HostilePattern) {
        let memory = Bounds.residentMemory
        let bytes = Array(hostile.pattern.utf8)
        let begin = Bounds.processorTime
        guard let pattern = try? RubyPattern(bytes) else {
            return #expect(Bounds.processorTime - begin < Bounds.reading)
        }
        let read = Bounds.processorTime
        #expect(read - begin < Bounds.reading)
        var steps = Bounds.steps
        var text = hostile.text
        _ = text.withUTF8 { PatternJudge().judge(pattern, on: $0, steps: &steps) }
        let judged = Bounds.processorTime
        #expect(judged - read < Bounds.judging)
        if let set = PatternSet([pattern]) {
            _ = Self.scan(PatternSetScanner(set), hostile.text, steps: Bounds.steps)
        }
        #expect(Bounds.processorTime - judged < Bounds.judging)
        #expect(Bounds.residentMemory - memory < Bounds.memory)
    }

    /// What the hostile ones among many cost decides on none of the others.
    @Test(.timeLimit(.minutes(1))) func hostilePatternsHarmNoOthers() throws {
        let memory = Bounds.residentMemory
        let hostile = HostilePattern.all.compactMap { try? RubyPattern(Array($0.pattern.utf8)) }
        let innocent = try (0..<1_000).map { try RubyPattern(Array("^.+_\($0)_.+z$".utf8)) }
        let scanner = PatternSetScanner(try #require(PatternSet(hostile + innocent)))
        for text in Set(HostilePattern.all.map(\.text)) where text.utf8.count < 100_000 {
            let found = Self.scan(scanner, text + "\na_17_az", steps: Bounds.steps * 100)
            #expect(found.matches.filter { $0 >= hostile.count } == [Int32(hostile.count + 17)])
            #expect(found.undecided.allSatisfy { $0 < hostile.count })
        }
        #expect(Bounds.residentMemory - memory < Bounds.memory)
    }

    private static func scan(
        _ scanner: PatternSetScanner, _ text: String, steps: Int
    ) -> (matches: [Int32], undecided: [Int32]) {
        var matches: [Int32] = []
        var steps = steps
        var text = text
        _ = text.withUTF8 { scanner.scan($0, steps: &steps, limit: Bounds.steps, into: &matches) }
        return (matches, scanner.undecided)
    }

    private static let fuzzCount = ProcessInfo.processInfo.environment["BUSDRIVER_LONG"] == nil ? 10_000 : 200_000

    // 200 000 patterns take a while in a build without optimisation.
    @Test(.timeLimit(.minutes(5))) func randomBytesAsPatternsCostLittle() {
        let seed = UInt64.random(in: 0...999_999)
        print("hostile patterns: seed \(seed)")
        var chance = Chance(seed: seed)
        let judge = PatternJudge()
        let memory = Bounds.residentMemory
        for _ in 0..<Self.fuzzCount {
            let bytes = Self.bytes(&chance)
            let begin = Bounds.processorTime
            if let pattern = try? RubyPattern(bytes) {
                var steps = Bounds.steps
                _ = bytes.withUnsafeBufferPointer { bytes in
                    let isText = String(validating: bytes, as: UTF8.self) != nil
                    return isText ? judge.judge(pattern, on: bytes, steps: &steps) : .unmatched
                }
            }
            let spent = Bounds.processorTime - begin
            #expect(spent < Bounds.reading + Bounds.judging, "seed \(seed): \(bytes)")
        }
        #expect(Bounds.residentMemory - memory < Bounds.memory)
    }

    /// Any bytes, or characters that mean something.
    private static func bytes(_ chance: inout Chance) -> [UInt8] {
        let count = chance.happens(95) ? chance.number(0...24) : chance.number(25...400)
        if chance.happens(40) { return (0..<count).map { _ in UInt8(chance.number(0...255)) } }
        return (0..<count).map { _ in chance.pick(meaningful) ?? 0 }
    }

    private static let meaningful = Array("(((?))))[[]]{{1}9,}|*+.^$\\\\&&-::<<>>=!~#'abkgpiuxRX".utf8)
}
