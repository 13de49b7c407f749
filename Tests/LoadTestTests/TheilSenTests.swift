import Testing

@testable import LoadTest

@Suite(.timeLimit(.minutes(1))) struct TheilSenTests {
    /// Pair slopes of (0,1) (1,3) (2,4) (3,8) (4,9), by hand: 2, 1.5, 7/3, 2, 1, 2.5, 2, 4, 2.5, 1. The variance of the
    /// rank statistic is 5·4·15/18 = 16.67, so the ends are the first and the tenth of them.
    @Test func byHand() throws {
        let line = try #require(TheilSen([(0, 1), (1, 3), (2, 4), (3, 8), (4, 9)]))
        #expect(line.slope == 2)
        #expect(line.interval == Interval(low: 1, high: 4))
    }

    /// Twelve points on a line: the ends are the 15th and 52nd of 66 slopes, all of them 3.
    @Test func aLineIsExact() throws {
        let line = try #require(TheilSen((0..<12).map { (x: Double($0), y: 3 * Double($0) - 5) }))
        #expect(line.slope == 3)
        #expect(line.interval == Interval(low: 3, high: 3))
    }

    @Test func equalValuesHaveNoSlope() throws {
        let line = try #require(TheilSen((0..<8).map { (x: Double($0), y: 4) }))
        #expect(line.slope == 0)
        #expect(line.interval == Interval(low: 0, high: 0))
    }

    @Test func outliersHardlyMoveIt() throws {
        var points = noisyLine(slope: 2, count: 40, seed: 7)
        let before = try #require(TheilSen(points))
        for index in stride(from: 3, to: 40, by: 6) { points[index].y += 10_000 }
        let after = try #require(TheilSen(points))
        #expect(abs(before.slope - 2) < 0.1)
        #expect(abs(after.slope - 2) < 0.2)
        #expect(after.interval.contains(2))
    }

    @Test func theIntervalHoldsTheTruthAsOftenAsItSays() throws {
        let held = try (0..<400).count { seed in
            try #require(TheilSen(noisyLine(slope: 0.5, count: 20, seed: UInt64(seed)))).interval.contains(0.5)
        }
        #expect(held >= 370 && held <= 396, "\(held) of 400")
    }

    @Test func manyPointsAreThinned() throws {
        let line = try #require(TheilSen((0..<20_000).map { (x: Double($0), y: Double($0) / 4) }))
        #expect(abs(line.slope - 0.25) < 1e-12)
    }

    @Test func tooFewPointsSayNothing() {
        #expect(TheilSen([(0, 0), (1, 1), (2, 2), (3, 3)]) == nil)
        #expect(TheilSen((0..<9).map { (x: 1, y: Double($0)) }) == nil)
    }

    private func noisyLine(slope: Double, count: Int, seed: UInt64) -> [(x: Double, y: Double)] {
        var noise = Noise(seed: seed)
        return (0..<count).map { (x: Double($0), y: slope * Double($0) + noise.normal()) }
    }
}
