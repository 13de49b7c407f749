import RedisTestSupport
import Testing

@testable import RubyRegex

@Suite(.timeLimit(.minutes(1))) struct CodePointSetTests {
    /// A set beside a list of its members below 64.
    private struct Sample {
        var set: CodePointSet
        var members: Set<UInt32>

        init(_ random: inout Chance) {
            let ranges = (0..<random.next() % 8).map { _ in
                let lower = UInt32(random.next() % 64)
                return lower...min(63, lower + UInt32(random.next() % 12))
            }
            set = CodePointSet(unordered: ranges)
            members = Set(ranges.joined())
        }
    }

    private static let universe = CodePointSet(ranges: [0...63])

    private func expect(_ set: CodePointSet, holds members: Set<UInt32>) {
        #expect(Set(set.ranges.joined()) == members)
        #expect(set.count == members.count)
        #expect(set.isEmpty == members.isEmpty)
        for (left, right) in zip(set.ranges, set.ranges.dropFirst()) {
            #expect(left.upperBound + 1 < right.lowerBound)
        }
        for codePoint in 0...UInt32(64) { #expect(set.contains(codePoint) == members.contains(codePoint)) }
        #expect(set.onlyMember == (members.count == 1 ? members.first : nil))
    }

    @Test(arguments: 0..<UInt64(200)) func isASet(seed: UInt64) {
        var random = Chance(seed: seed)
        let (left, right) = (Sample(&random), Sample(&random))
        expect(left.set, holds: left.members)
        expect(left.set.union(right.set), holds: left.members.union(right.members))
        expect(left.set.intersection(right.set), holds: left.members.intersection(right.members))
        expect(left.set.subtracting(right.set), holds: left.members.subtracting(right.members))
        let all = Set(UInt32(0)...63)
        expect(left.set.inverted.intersection(Self.universe), holds: all.subtracting(left.members))
        #expect(left.set.inverted.inverted == left.set)
        #expect(left.set.inverted.count == 0x110000 - left.set.count)

        var inserted = left.set
        for range in right.set.ranges.shuffled(using: &random) { inserted.insert(range) }
        #expect(inserted == left.set.union(right.set))
    }

    @Test func reachesBothEnds() {
        #expect(CodePointSet().inverted == .all)
        #expect(CodePointSet.all.inverted.isEmpty)
        #expect(CodePointSet(ranges: [0...0, 0x10FFFF...0x10FFFF]).inverted.ranges == [1...0x10FFFE])
        var set = CodePointSet(ranges: [5...9])
        set.insert(0)
        set.insert(0x10FFFF)
        set.insert(4)
        #expect(set.ranges == [0...0, 4...9, 0x10FFFF...0x10FFFF])
    }
}
