import Testing

@testable import LoadTest

@Suite(.timeLimit(.minutes(1))) struct PermutationTestTests {
    /// Only all signs as they are, and all reversed, are as far from even.
    @Test func clearDifferencesAreAsRareAsCanBe() {
        let differences = (1...10).map { 0.1 + Double($0) / 100 }
        #expect(PermutationTest().p(ofDifferences: differences) == 2.0 / 1024)
    }

    /// Of the 8 arrangements of ±1 ±2 ±3 the sums are 6, 4, 2, 0 and their opposites.
    @Test func byHand() {
        #expect(PermutationTest().p(ofDifferences: [10, 20, 30]) == 2.0 / 8)
        #expect(PermutationTest().p(ofDifferences: [10, -20, 30]) == 6.0 / 8)
        #expect(PermutationTest().p(ofDifferences: [-10, -20, 30]) == 1)
    }

    /// Equal magnitudes share their ranks: ±1.5 ±1.5 ±3.
    @Test func equalOnesShareTheirRanks() {
        #expect(PermutationTest().p(ofDifferences: [5, -5, 9]) == 6.0 / 8)
    }

    @Test func oneOutlierDoesNotHideADifference() {
        let differences = (1...9).map { 0.1 + Double($0) / 100 } + [-40]
        #expect(PermutationTest().p(ofDifferences: differences) < 0.1)
    }

    /// Of the 6 ways to take two of the ranks 1 to 4 the sums are 3, 4, 5, 5, 6, 7; half of all is 5.
    @Test func twoSamplesByHand() {
        #expect(PermutationTest().p(of: [1, 2], and: [8, 9]) == 2.0 / 6)
        #expect(PermutationTest().p(of: [1, 8], and: [2, 9]) == 4.0 / 6)
    }

    @Test func fiveAndFiveAreTriedInAllWays() {
        #expect(PermutationTest().p(of: [1, 2, 3, 4, 5], and: [11, 12, 13, 14, 15]) == 2.0 / 252)
    }

    @Test func manyPairsAreDrawn() {
        // As many of either sign: any arrangement is at least as extreme.
        let differences = (0..<40).map { $0 % 2 == 0 ? 1.0 : -1.0 }
        #expect(PermutationTest(samples: 500).p(ofDifferences: differences) == 1)
        let clear = (0..<40).map { 1 + Double($0) / 100 }
        #expect(PermutationTest(samples: 500).p(ofDifferences: clear) == 1.0 / 501)
        #expect(PermutationTest(samples: 500).p(of: clear, and: clear.map { $0 + 10 }) == 1.0 / 501)
    }

    @Test func holm() {
        #expect(HolmCorrection.adjusted([0.01, 0.04, 0.03, 0.005]) == [0.03, 0.06, 0.06, 0.02])
        #expect(HolmCorrection.adjusted([0.6, 0.9]) == [1, 1])
        #expect(HolmCorrection.adjusted([]) == [])
    }
}
