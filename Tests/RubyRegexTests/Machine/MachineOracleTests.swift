import Foundation
import Testing

@testable import RubyRegex

/// The machine against Ruby, and with its memory against without.
@Suite(.timeLimit(.minutes(5))) struct MachineOracleTests {
    private static let seeds = Array(
        0..<UInt64(ProcessInfo.processInfo.environment["MACHINE_SEEDS"].flatMap(Int.init) ?? 200))

    private func answer(
        _ machine: Machine, _ program: MachineProgram, _ text: String, steps: Int = 200_000
    ) -> Machine.Outcome {
        var left = steps
        return Array(text.utf8).withUnsafeBufferPointer { machine.search(program, in: $0, steps: &left) }
    }

    @Test(.enabled(if: RubyProcess.isInstalled, RubyProcess.absence), arguments: GeneratedShape.Family.allCases)
    func agreesWithRuby(family: GeneratedShape.Family) throws {
        let cases = Self.seeds.map { seed in
            (shape: GeneratedShape.make(seed: seed, family: family), texts: GeneratedShape.texts(seed: seed, count: 12))
        }
        let lines = try cases.map { shape, texts in
            String(decoding: try JSONEncoder().encode([shape.pattern] + texts), as: UTF8.self)
        }
        let answers = try RubyProcess.run(
            """
            require 'json'
            require 'timeout'
            STDIN.each_line do |line|
              pattern, *texts = JSON.parse(line)
              regexp = Regexp.new(pattern) rescue nil
              answers = Timeout.timeout(0.1) { texts.map { |text| regexp.match?(text) ? 1 : 0 }.join } if regexp
              puts answers || '-'
            rescue Timeout::Error
              puts '-'
            end
            """, input: lines)
        let machine = Machine()
        var answered: [String: Int] = [:]
        for ((shape, texts), answer) in zip(cases, answers) where answer != "-" {
            let program = try MachineProgram(shape.tree())
            let mine = texts.map { text in
                switch self.answer(machine, program, text) {
                case .matched: "1"
                case .unmatched: "0"
                case .outOfSteps: "?"
                }
            }
            for (mine, ruby) in zip(mine, answer) { answered["\(mine)\(ruby)", default: 0] += 1 }
            for (text, (mine, ruby)) in zip(texts, zip(mine, answer)) where mine != "?" && mine != String(ruby) {
                Issue.record("/\(shape.pattern)/ on \(text.debugDescription): Ruby \(ruby), machine \(mine)")
            }
        }
        // Most patterns are valid, most answers come in time, and neither answer is rare.
        let (unmatched, matched) = (answered["00", default: 0], answered["11", default: 0])
        #expect(unmatched > Self.seeds.count && matched > Self.seeds.count)
    }

    /// Memory changes how long an answer takes, and never the answer.
    @Test(arguments: GeneratedShape.Family.allCases) func memoryChangesNoAnswer(family: GeneratedShape.Family) throws {
        let (plain, remembering) = (Machine(stepsBeforeMemory: nil), Machine(stepsBeforeMemory: 0))
        var compared = 0
        for seed in Self.seeds {
            let shape = GeneratedShape.make(seed: seed, family: family)
            let program = try MachineProgram(shape.tree())
            for text in GeneratedShape.texts(seed: seed, count: 12) {
                let (expected, answer) = (answer(plain, program, text), answer(remembering, program, text))
                guard expected != .outOfSteps, answer != .outOfSteps else { continue }
                compared += 1
                #expect(answer == expected, "/\(shape.pattern)/ on \(text.debugDescription)")
            }
        }
        #expect(compared > Self.seeds.count * 11)
    }

    /// Behind a back-reference to an empty group, Ruby finds no boundary of words.
    @Test func emptyBackReferenceHidesABoundary() throws {
        let reference = PatternShape.backReference(1, ignoresCase: false, level: nil)
        let (word, group) = (PatternShape.text("a"), PatternShape.capture(1, .sequence([])))
        let hidden = PatternShape.sequence([word, group, reference, .assertion(.wordBoundary)])
        let seen = PatternShape.sequence([word, group, .assertion(.wordBoundary), reference])
        #expect(answer(Machine(), try MachineProgram(hidden.tree()), "a-") == .unmatched)
        #expect(answer(Machine(), try MachineProgram(seen.tree()), "a-") == .matched)
    }
}
