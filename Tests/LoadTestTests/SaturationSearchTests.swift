import Testing

@testable import LoadTest

@Suite(.timeLimit(.minutes(1))) struct SaturationSearchTests {
    @Test(arguments: [1_000.0, 1_400, 23_456, 98_765, 499_000])
    func findsASharpKnee(knee: Double) throws {
        var search = SaturationSearch(start: 1_000)
        let found = try #require(rate(search.run { $0 <= knee }))
        #expect(found <= knee && found * 1.03 >= knee)
        #expect(search.probes.count < 40)
    }

    @Test func growsByHalvesAndThenHalvesTheGap() {
        var search = SaturationSearch(start: 1_000, tolerance: 0.2)
        _ = search.run { $0 <= 2_000 }
        #expect(search.probes.map(\.rate) == [1_000, 1_500, 2_250, 2_250, 1_875])
        #expect(search.probes.map { $0.failure == nil } == [true, true, false, false, true])
        #expect(search.next == .found(1_875))
    }

    @Test func aHiccupIsForgiven() throws {
        var search = SaturationSearch(start: 1_000)
        var probes = 0
        let found = search.run { rate in
            probes += 1
            return probes != 3 && rate <= 50_000
        }
        #expect(try #require(rate(found)) * 1.03 >= 50_000)
    }

    /// Around the knee chance decides, the more surely the farther away.
    @Test func findsANoisyKnee() throws {
        for seed in 0..<100 as Range<UInt64> {
            var noise = Noise(seed: seed)
            var search = SaturationSearch(start: 1_000)
            let found = try #require(rate(search.run { $0 * (1 + 0.03 * noise.normal()) <= 40_000 }))
            #expect(found > 35_000 && found < 45_000, "seed \(seed)")
            #expect(search.probes.count < 40, "seed \(seed)")
        }
    }

    @Test func stopsAtTheLimit() {
        var search = SaturationSearch(start: 1_000, highest: 100_000)
        #expect(search.run { _ in true } == .unlimited(100_000))
        #expect(search.probes.last?.rate == 100_000)
    }

    @Test func aFailingFirstProbeIsTriedAgainAndThenItGoesDown() throws {
        var search = SaturationSearch(start: 10_000)
        let found = try #require(rate(search.run { $0 <= 300 }))
        #expect(found <= 300 && found * 1.03 >= 300)
        #expect(search.probes.prefix(3).map(\.rate) == [10_000, 10_000, 2_500])
    }

    @Test func nothingHolds() {
        var search = SaturationSearch(start: 1_000, lowest: 50)
        #expect(search.run { _ in false } == .hopeless)
        #expect(search.probes.last?.rate == 50)
    }

    private func rate(_ step: SaturationSearch.Step) -> Double? {
        if case .found(let rate) = step { rate } else { nil }
    }
}

extension SaturationSearch {
    /// Probes a simulated driver until the search is over.
    fileprivate mutating func run(_ holds: (Double) -> Bool) -> Step {
        while case .probe(let rate) = next { probed(failure: holds(rate) ? nil : "too much") }
        return next
    }
}
