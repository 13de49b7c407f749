import Testing

@testable import BusDriver

@Suite(.timeLimit(.minutes(1))) struct UnjudgedCopiesTests {
    private let unjudged = UnjudgedCopies()

    /// What becomes of so many copies of one draft.
    private func take(_ count: Int, of subscription: String = "app/key", at now: Int) -> [UnjudgedCopies.Verdict] {
        var charge = UnjudgedCopies.Charge()
        return (0..<count).map { _ in unjudged.take(subscription, at: now, charge: &charge) }
    }

    @Test func sixtyAMinuteBecomeEntriesAndTheNextEntrySaysHowManyWereCounted() {
        #expect(take(60, at: 600).allSatisfy { $0 == .enter(countedBefore: 0) })
        #expect(take(1000, at: 659).allSatisfy { $0 == .count })
        #expect(take(2, at: 660) == [.enter(countedBefore: 1000), .enter(countedBefore: 0)])
    }

    @Test func eachSubscriptionHasItsOwn() {
        _ = take(100, of: "app/one", at: 600)
        #expect(take(1, of: "app/two", at: 600) == [.enter(countedBefore: 0)])
    }

    @Test func whatIsNotCommittedIsGivenBack() {
        _ = take(50, at: 600)
        var charge = UnjudgedCopies.Charge()
        for _ in 0..<30 { _ = unjudged.take("app/key", at: 600, charge: &charge) }
        unjudged.giveBack(&charge)
        #expect(take(11, at: 601) == Array(repeating: .enter(countedBefore: 0), count: 10) + [.count])
        // What an entry has said is said again.
        _ = unjudged.take("app/key", at: 660, charge: &charge)
        unjudged.giveBack(&charge)
        #expect(take(1, at: 661) == [.enter(countedBefore: 1)])
    }

    @Test func whatIsOldIsForgottenBeforeMemoryGrows() {
        _ = take(70, of: "app/old", at: 600)
        for number in 0..<9_999 { _ = take(1, of: "app/\(number)", at: 660) }
        #expect(take(1, of: "app/old", at: 660) == [.enter(countedBefore: 0)])
    }
}
